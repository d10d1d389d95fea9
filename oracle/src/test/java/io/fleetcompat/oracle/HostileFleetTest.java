package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The naive judge on what nobody means well with: it ends, and says no more than it knows. */
class HostileFleetTest {

  private static final NaiveJudge NAIVE = new NaiveJudge(Set.of());

  @Test
  void aPatternWithMoreChoicesThanAnybodyTriesIsJudgedInPart() {
    String patterns =
        IntStream.range(0, 16)
            .mapToObj(i -> "a%d=x{v%d:int:1,2,3,4,5,6,7,8,9}".formatted(i, i))
            .collect(Collectors.joining("\n"));
    String self =
        IntStream.range(0, 16).mapToObj(i -> "a" + i + "=y").collect(Collectors.joining("\n"));
    long start = System.nanoTime();
    NaiveVerdict verdict = NAIVE.judge(function(self, "a=1"), function("a=1", patterns));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
    assertThat(verdict.whole()).isFalse();
    for (Outcome outcome : Outcome.values()) {
      assertThat(verdict.allows(answer(outcome, "self-compatible"))).isTrue();
    }
    assertThat(verdict.allows(answer(Outcome.INCOMPATIBLE, "mdev-type"))).isFalse();
  }

  @Test
  void bothJudgesHaveTheSameBounds() {
    String attributes =
        IntStream.range(0, 16_385).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("\n"));
    String alternatives =
        IntStream.range(0, 16_385).mapToObj(i -> "a=" + i).collect(Collectors.joining("\n\n"));
    String uses = "a={v:int:1}" + "{v}".repeat(256);
    agree(function(attributes, "a=1"), function("a=1", attributes));
    agree(function("a=1", "a=1"), function("a=1", alternatives));
    agree(function(alternatives, "a=1"), function("a=1", "a=1"));
    agree(function("a=1", "a=1"), function("a=1", "a=1\n\n" + uses));
    agree(function("a=b\u2003,\u2028c", "a=1"), function("a=1", "a=b,c"));
  }

  @Test
  void bothJudgesTakeNumbersOfAnySizeAndListsOfAnyLength() {
    String alternatives =
        IntStream.range(0, 5_000).mapToObj(i -> "a=" + i).collect(Collectors.joining("\n\n"));
    String values =
        IntStream.range(0, 5_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String texts = "\"" + values.replace(",", "\",\"") + "\"";
    String variables =
        IntStream.range(0, 40)
            .mapToObj(i -> "b%d={v%d:int:1}".formatted(i, i))
            .collect(Collectors.joining("\n"));
    String four = "4" + "0".repeat(30);
    accept("a=4999", alternatives);
    accept("a=4999", "a={v:int:" + values + "}");
    accept("a=4999", "a={v:string:" + texts + "}");
    accept(variables.replaceAll("\\{[^}]*}", "1"), variables);
    accept("a=%s\nb=1".formatted(four), "a={v:int:%s}\nb={v}/%s".formatted(four, four));
    accept("a=%s\nb=%s".formatted(four, four), "a={v:int:00%s}\nb={v}".formatted(four));
    String attributes =
        IntStream.range(0, 5_000).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("\n"));
    accept(attributes, attributes);
    accept("a=1", "a={" + "v".repeat(100) + ":int:1}");
  }

  private static void accept(String self, String compatible) {
    Endpoint source = function(self, "x=1");
    Endpoint destination = function("x=1", compatible);
    agree(source, destination);
    assertThat(NAIVE.judge(source, destination).outcome()).isEqualTo(Outcome.COMPATIBLE);
  }

  @Test
  void aDeviceWithoutItsTypeIsUnknownToBoth() {
    Endpoint dangling =
        new Endpoint(
            EndpointName.device("d"),
            EndpointKind.MDEV_DEVICE,
            Optional.of("t"),
            function("a=1", "a=1").own(),
            Attributes.of(Map.of("mdev_type", new Attribute.Unreadable("ENOENT"))),
            Attributes.NONE);
    agree(dangling, dangling);
    assertThat(NAIVE.judge(dangling, dangling).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  private static void agree(Endpoint source, Endpoint destination) {
    Verdict verdict = new Judge(Set.of()).judge(Profile.of(source), Profile.of(destination));
    NaiveVerdict naive = NAIVE.judge(source, destination);
    assertThat(naive.outcome().name()).as(verdict.toString()).isEqualTo(verdict.outcome().name());
    assertThat(naive.whole()).isTrue();
  }

  private static NaiveVerdict answer(Outcome outcome, String rule) {
    return new NaiveVerdict(outcome, new TreeSet<>(Set.of(rule)), new TreeMap<>(), new TreeSet<>());
  }

  private static Endpoint function(String self, String compatible) {
    return new Endpoint(
        EndpointName.device("d"),
        EndpointKind.PCI_FUNCTION,
        Optional.empty(),
        Attributes.of(
            Map.of(
                "migration/self", new Attribute.Text(self),
                "migration/compatible", new Attribute.Text(compatible))),
        Attributes.NONE,
        Attributes.NONE);
  }
}
