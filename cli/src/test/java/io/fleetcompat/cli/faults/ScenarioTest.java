package io.fleetcompat.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scenarios can be read, and what is none is refused. */
class ScenarioTest {

  private static final List<String> LINES =
      List.of(
          "fault: nothing much",
          "promised: 30s",
          "why: so",
          "stage: brokers=3 network",
          "",
          "2 times: kill broker-1; for 500ms; start broker-1",
          "settle");

  @Test
  void everyFolderCanBeRead() {
    assertThat(Scenario.all()).hasSizeGreaterThan(5).allMatch(one -> !one.steps().isEmpty());
  }

  @Test
  void everythingThatCanBeDoneIsDone() {
    Set<Verb> done = EnumSet.noneOf(Verb.class);
    Scenario.all().forEach(one -> one.steps().forEach(step -> done.add(step.verb())));
    new RandomFaults(new Random(7), true)
        .round(Duration.ofMinutes(5))
        .forEach(step -> done.add(step.verb()));
    assertThat(done).containsExactlyInAnyOrder(Verb.values());
  }

  @Test
  void headersAndStepsAreRead() {
    Scenario read = Scenario.parse("one", LINES);
    assertThat(read.promised()).isEqualTo(Duration.ofSeconds(30));
    assertThat(read.parts().brokers()).isEqualTo(3);
    assertThat(read.parts().network()).isTrue();
    assertThat(read.steps()).hasSize(7);
    assertThat(read.steps().get(3)).isEqualTo(new Step(Verb.KILL, List.of("broker-1")));
  }

  @Test
  void whatIsUnknownIsRefused() {
    assertThatThrownBy(() -> Step.parse("explode broker-1")).hasMessageContaining("explode");
    assertThatThrownBy(() -> Scenario.Parts.parse("brokers=3 towers=2"))
        .hasMessageContaining("towers=2");
    assertThatThrownBy(() -> Scenario.parse("one", LINES.subList(1, LINES.size())))
        .hasMessageContaining("expected a header fault");
  }

  @Test
  void whatIsDrawnByChanceIsTheSameForOneSeedAndEnds() {
    List<Step> one = new RandomFaults(new Random(7), true).round(Duration.ofMinutes(5));
    List<Step> again = new RandomFaults(new Random(7), true).round(Duration.ofMinutes(5));
    assertThat(one).isEqualTo(again).hasSizeGreaterThan(20);
    assertThat(count(one, Verb.FREEZE)).isEqualTo(count(one, Verb.THAW));
    assertThat(count(one, Verb.KILL) + count(one, Verb.STOP)).isEqualTo(count(one, Verb.START));
  }

  private static long count(List<Step> steps, Verb verb) {
    return steps.stream().filter(step -> step.verb() == verb).count();
  }
}
