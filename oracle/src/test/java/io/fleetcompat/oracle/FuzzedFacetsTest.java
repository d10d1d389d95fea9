package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import io.fleetcompat.testing.fuzz.FuzzTarget;
import io.fleetcompat.testing.fuzz.FuzzedParsers;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The interfaces that the kernel's developers discussed, in every spelling, parsed and judged
 * twice: by the product, and by parsers that share no line with it. What the product makes of them
 * comes back equal from its canonical form, and takes room in proportion to the input.
 */
class FuzzedFacetsTest extends FuzzedParsers {

  /** Longest sentence about what is malformed: what is quoted of an input is cut. */
  private static final int MOST_OF_A_REASON = 1000;

  /** A canonical form escapes a character as six, and names attributes that no line names. */
  private static final int MOST_GROWTH = 8;

  private static final int LEAST_PROFILE = 20_000;

  private static final Judge JUDGE = new Judge(Set.of());
  private static final Judge MUTUAL = new Judge(EnumSet.of(Policy.MUTUAL, Policy.CROSS_TYPE));
  private static final NaiveJudge NAIVE = new NaiveJudge(Set.of());
  private static final NaiveJudge NAIVE_MUTUAL =
      new NaiveJudge(EnumSet.of(NaivePolicy.MUTUAL, NaivePolicy.CROSS_TYPE));

  @Override
  protected List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget("self-compatible", FuzzedFacetsTest::oneFile),
        new FuzzTarget("value-pattern", FuzzedFacetsTest::spellings),
        new FuzzTarget("endpoint", FuzzedFacetsTest::endpoints));
  }

  /** Each is judged many times, by all rules, and once more by trying. */
  @Override
  protected int inputs() {
    return super.inputs() / 3;
  }

  /** Two files {@code migration_compatible}, separated by a form feed; or one, twice. */
  private static boolean oneFile(byte[] input) {
    String[] files = new String(input, StandardCharsets.UTF_8).split("\f", 2);
    Endpoint source = function(Map.of("migration_compatible", new Attribute.Text(files[0])));
    Endpoint destination =
        function(Map.of("migration_compatible", new Attribute.Text(files[files.length - 1])));
    boolean accepted = agree(source, destination);
    accepted |= agree(destination, source);
    accepted |= agree(source, source);
    return accepted;
  }

  /**
   * A value in the first line and patterns in the others, as the values of one attribute after
   * another: the same in directories, in text and in JSON.
   */
  private static boolean spellings(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
    Map<String, String> self = new TreeMap<>();
    Map<String, String> pattern = new TreeMap<>();
    boolean plain = true;
    for (int i = 0; i + 1 < lines.length && i < 12; i += 2) {
      plain &= isPlain(lines[i]) && isPlain(lines[i + 1]);
      self.put("a" + (char) ('a' + i), lines[i]);
      pattern.put("a" + (char) ('a' + i), lines[i + 1]);
    }
    Endpoint folder = folder(self, pattern);
    boolean accepted = agree(folder, folder);
    if (plain && !self.isEmpty()) {
      Endpoint json = json(self, pattern);
      Endpoint text = text(self, pattern);
      assertThat(agree(json, json)).isEqualTo(accepted);
      // In text a variable is declared where it is used first; elsewhere there is no first.
      assertThat(accepted || !agree(text, text)).isTrue();
      agree(json, folder);
    }
    return accepted;
  }

  /** Any endpoints, each with each. */
  private static boolean endpoints(byte[] input) {
    List<Endpoint> endpoints =
        EndpointLines.parse(new String(input, StandardCharsets.UTF_8)).stream().limit(3).toList();
    boolean accepted = false;
    for (Endpoint source : endpoints) {
      for (Endpoint destination : endpoints) {
        accepted |= agree(source, destination);
      }
    }
    return accepted;
  }

  /** True where both say yes; fails where they differ, or where a profile does not come back. */
  private static boolean agree(Endpoint source, Endpoint destination) {
    Profile from = profile(source);
    Profile at = profile(destination);
    agree(JUDGE.judge(from, at), NAIVE.judge(source, destination));
    Verdict verdict = MUTUAL.judge(from, at);
    agree(verdict, NAIVE_MUTUAL.judge(source, destination));
    assertThat(MUTUAL.outcome(from, at)).isEqualTo(verdict.outcome());
    return JUDGE.outcome(from, at).name().equals(Outcome.COMPATIBLE.name());
  }

  private static void agree(Verdict verdict, NaiveVerdict naive) {
    for (Reason reason : verdict.reasons()) {
      if (reason instanceof Reason.Unjudged unjudged
          && unjudged.state() == Parsed.State.MALFORMED) {
        assertThat(reason.detail())
            .contains("malformed")
            .doesNotContain("\n")
            .hasSizeLessThan(MOST_OF_A_REASON);
      }
    }
    if (naive.whole()) {
      assertThat(verdict.outcome().name())
          .as("%s, where the other says %s", verdict, naive.words())
          .isEqualTo(naive.outcome().name());
    } else {
      assertThat(verdict.outcome().name()).isNotEqualTo(Outcome.COMPATIBLE.name());
    }
  }

  private static Profile profile(Endpoint endpoint) {
    Profile profile = Profile.of(endpoint);
    Profile again = Profile.parse(profile.canonical());
    assertThat(again).isEqualTo(profile);
    assertThat(again.fingerprint()).isEqualTo(profile.fingerprint());
    assertThat(profile.canonical().length())
        .isLessThan(LEAST_PROFILE + MOST_GROWTH * endpoint.contents().toString().length());
    return profile;
  }

  private static boolean isPlain(String value) {
    return value.equals(value.strip())
        && value.chars().allMatch(c -> c >= ' ' && c != 0x7f && c < 0x80);
  }

  private static Endpoint folder(Map<String, String> self, Map<String, String> pattern) {
    Map<String, Attribute> own = new TreeMap<>();
    own.put("migration/self", Attribute.DIRECTORY);
    own.put("migration/compatible", Attribute.DIRECTORY);
    self.forEach((key, value) -> own.put("migration/self/" + key, new Attribute.Text(value)));
    pattern.forEach(
        (key, value) -> own.put("migration/compatible/" + key, new Attribute.Text(value)));
    return function(own);
  }

  private static Endpoint text(Map<String, String> self, Map<String, String> pattern) {
    return function(
        Map.of(
            "migration/self", new Attribute.Text(lines(self)),
            "migration/compatible", new Attribute.Text(lines(pattern))));
  }

  private static String lines(Map<String, String> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  private static Endpoint json(Map<String, String> self, Map<String, String> pattern) {
    return function(
        Map.of(
            "migration_compatible",
            new Attribute.Text(
                "{\"self\": [%s], \"compatible\": [%s]}"
                    .formatted(object(self), object(pattern)))));
  }

  private static String object(Map<String, String> entries) {
    StringBuilder json = new StringBuilder();
    entries.forEach(
        (key, value) ->
            json.append(json.isEmpty() ? "" : ",")
                .append(
                    "\"%s\":\"%s\""
                        .formatted(key, value.replace("\\", "\\\\").replace("\"", "\\\""))));
    return "{" + json + "}";
  }

  private static Endpoint function(Map<String, Attribute> own) {
    return new Endpoint(
        EndpointName.device("0000:00:02.1"),
        EndpointKind.PCI_FUNCTION,
        Optional.empty(),
        Attributes.of(own),
        Attributes.NONE,
        Attributes.NONE);
  }
}
