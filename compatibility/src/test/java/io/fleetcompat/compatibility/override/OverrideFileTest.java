package io.fleetcompat.compatibility.override;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.compatibility.override.OverrideFile.Defaults;
import io.fleetcompat.compatibility.override.OverrideScope.Kind;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files of overrides: what is taken, and what is refused where. */
class OverrideFileTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Defaults DEFAULTS = new Defaults("me", NOW, OverrideFileTest::time);

  @Test
  void eachScopeIsRead() throws BadYamlException {
    List<RuleOverride> read =
        read(
            """
            overrides:
              - id: ecc-lab
                rule: nvidia-vfio/ecc-mode
                driver: {source: nvidia, destination: nvidia}
                reason: these guests do not mind
                expires: 2026-12-31T00:00Z
              - id: two
                rule: software-version
                profile: {source: 0123456789abcdef0123456789abcdef, destination: 0123456789abcdef0123456789abcdee}
                author: somebody.else
                reason: tried on 3 cards
                replaces: one
              - id: three
                rule: feature-bits
                pool: {source: rack 1, destination: rack 2}
                reason: tried
            """);
    assertThat(read).extracting(RuleOverride::id).containsExactly("ecc-lab", "two", "three");
    assertThat(read.get(0))
        .isEqualTo(
            new RuleOverride(
                "ecc-lab",
                "nvidia-vfio/ecc-mode",
                new OverrideScope(Kind.DRIVER, "nvidia", "nvidia"),
                "me",
                "these guests do not mind",
                NOW,
                Optional.of(Instant.parse("2026-12-31T00:00:00Z")),
                Optional.empty()));
    assertThat(read.get(1).author()).isEqualTo("somebody.else");
    assertThat(read.get(1).replaces()).contains("one");
    assertThat(read.get(2).scope()).isEqualTo(new OverrideScope(Kind.POOL, "rack 1", "rack 2"));
  }

  @Test
  void anIdTwiceIsRefusedInItsLine() {
    refused(
        one("a", "") + entry("b", "") + entry("a", ""),
        "f.yaml:10: expected each id once (the first is in line 2), found 'a'");
  }

  @Test
  void overridesThatReplaceEachOtherInACircleAreRefusedInTheirLine() {
    refused(
        one("a", "replaces: b") + entry("b", "replaces: a"),
        "f.yaml:6: expected overrides that do not replace each other in a circle, found a replaces"
            + " b");
    refused(one("a", "replaces: a"), "f.yaml:6: expected overrides that do not");
  }

  @Test
  void aCircleWithWhatIsThereAlreadyIsRefused() throws BadYamlException {
    OverrideFile file = OverrideFile.read("f.yaml", one("a", "replaces: b"), DEFAULTS);
    RuleOverride other = read(one("b", "replaces: a")).getFirst();
    assertThatExceptionOfType(BadYamlException.class)
        .isThrownBy(() -> file.refuseCircles(List.of(other)))
        .withMessageContaining("f.yaml:6");
  }

  @Test
  void whatIsMissingOrUnknownIsRefused() {
    refused("overrides: []", "f.yaml:1: expected at /overrides at least 1 of them");
    refused(one("a", "until: never"), "no other key, found 'until'");
    refused(one("A", ""), "f.yaml:2: expected at /overrides/0/id a text of the form");
    refused("overrides:\n  - {id: a, rule: x, driver: {source: a, destination: b}}", "'reason'");
    refused(one("a", "pool: {source: x, destination: y}"), "f.yaml:2");
    refused(one("a", "expires: soon"), "f.yaml:6: expected a time with its zone, found 'soon'");
    refused(one("a", "expires: 2025-01-01T00:00Z"), "f.yaml:6: expected a time after now");
  }

  @Test
  void controlCharactersAreRefused() {
    refused(one("a", "author: \"x\\e[2J\""), "f.yaml:6");
  }

  private static String one(String id, String more) {
    return "overrides:\n" + entry(id, more);
  }

  private static String entry(String id, String more) {
    return "  - id: %s\n    rule: x\n    driver: {source: a, destination: b}\n    reason: r\n%s"
        .formatted(id, more.isEmpty() ? "" : "    " + more + "\n");
  }

  private static List<RuleOverride> read(String text) throws BadYamlException {
    return OverrideFile.read("f.yaml", text, DEFAULTS).overrides();
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a time with its zone", e);
    }
  }

  private static void refused(String text, String message) {
    assertThatExceptionOfType(BadYamlException.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining(message);
  }
}
