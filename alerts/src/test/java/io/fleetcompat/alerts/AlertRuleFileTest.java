package io.fleetcompat.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of alert rules. */
class AlertRuleFileTest {

  private static final String RULE =
      """
      rules:
        - alert: Few
          measure: live-hosts
          below: 2
          severity: warning
      """;

  private static AlertRules parse(String text) throws BadYamlException {
    return AlertRuleFile.parse("alerts.yaml", text);
  }

  @Test
  void theBuiltInRulesAreAboutAllThatTheFieldAsksFor() {
    assertThat(AlertRules.defaults().rules())
        .extracting(AlertRule::measure)
        .contains(
            Measure.MOVABLE_PERCENT,
            Measure.STRANDED,
            Measure.SPLIT_FAMILIES,
            Measure.STALE_HOSTS,
            Measure.TWIN_HOSTS,
            Measure.CONFLICTING_DOCUMENTS,
            Measure.PROBE_CONFLICTS,
            Measure.DECLARED_NOT_OBSERVED);
    assertThat(AlertRules.defaults().silences()).isEmpty();
  }

  @Test
  void whatIsLeftOutIsNothing() throws BadYamlException {
    AlertRule rule = parse(RULE).rules().getFirst();
    assertThat(rule.holdFor()).isZero();
    assertThat(rule.keepFiringFor()).isZero();
    assertThat(rule.bound().clearsAt()).isEqualTo(2);
    assertThat(rule.pools()).isEqualTo(NamePatterns.ALL);
  }

  @Test
  void aMaintenanceWindowBeginsByTheClocksOfItsZone() throws BadYamlException {
    AlertRules rules =
        parse(
            RULE
                + """
                silences:
                  - comment: weekly patching
                    pools: ["gpu-*"]
                    weekly: {days: [saturday, sunday], at: 22:00, for: 4h, zone: Europe/Berlin}
                """);
    assertThat(rules.silencesAt(Instant.parse("2026-11-28T20:59:59Z"))).isEmpty();
    assertThat(rules.silencesAt(Instant.parse("2026-11-28T21:00:00Z"))).hasSize(1);
    assertThat(rules.silencesAt(Instant.parse("2026-11-29T00:59:59Z"))).hasSize(1);
    assertThat(rules.silencesAt(Instant.parse("2026-11-29T01:00:00Z"))).isEmpty();
    assertThat(rules.silencesAt(Instant.parse("2026-11-30T00:30:00Z"))).hasSize(1);
    assertThat(rules.silencesAt(Instant.parse("2026-12-01T00:30:00Z"))).isEmpty();
    assertThat(rules.silencesAt(Instant.parse("2026-07-04T20:00:00Z"))).as("summer").hasSize(1);
    Silence silence = rules.silences().getFirst();
    assertThat(silence.isAbout("Few", "gpu-a")).isTrue();
    assertThat(silence.isAbout("Few", "cpu-a")).isFalse();
  }

  @Test
  void aSilenceEndsWhenItSays() throws BadYamlException {
    AlertRules rules =
        parse(
            RULE
                + """
                silences:
                  - comment: move
                    from: 2026-12-01T20:00:00Z
                    until: 2026-12-01T21:00:00Z
                    alerts: [Few]
                """);
    assertThat(rules.silencesAt(Instant.parse("2026-12-01T20:00:00Z"))).hasSize(1);
    assertThat(rules.silencesAt(Instant.parse("2026-12-01T21:00:00Z"))).isEmpty();
    assertThat(rules.silences().getFirst().isAbout("Other", "a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          measure: strandet  | alerts.yaml:3:
          measure: stranded  | alerts.yaml:2: expected of: devices or types, which are counted apart, found none
          above: 3           | alerts.yaml:2:
          below: -1          | alerts.yaml:4:
          below: 2.5         | alerts.yaml:4:
          clears-at: 1       | alerts.yaml:6: expected at least 2, the bound, found 1
          for: soon          | alerts.yaml:6: expected a time such as 500ms, 60s, 10m, 2h or PT10M, found 'soon'
          treshold: 4        | alerts.yaml:6:
          of: devices        | alerts.yaml:6: expected none, since live-hosts is of the whole pool, found 'devices'
          pools: []          | alerts.yaml:6:
          severity: so so    | alerts.yaml:5:
          alert: 9lives      | alerts.yaml:2:
          """)
  void aBadLineIsRefusedWithItsPlace(String line, String message) {
    String key = line.substring(0, line.indexOf(':') + 1);
    String text =
        RULE.contains(" " + key)
            ? RULE.replaceFirst(" " + key + " .*", " " + line)
            : RULE + "    " + line + "\n";
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(BadYamlException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("expected ")
        .hasMessageContaining("found ");
  }

  @Test
  void twoRulesOfOneNameAreRefused() {
    assertThatThrownBy(() -> parse(RULE + RULE.replace("rules:\n", "")))
        .hasMessage("alerts.yaml:6: expected another name than line 2 has, found 'Few'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          weekly: {days: [saturday], at: 25:00, for: 1h, zone: UTC}   | a time of day such as 22:00
          weekly: {days: [saturday], at: 22:00, for: 8d, zone: UTC}   | a time above 0, at most 7d
          weekly: {days: [saturday], at: 22:00, for: 1h, zone: Mars}  | a time zone such as Europe/Berlin or UTC
          weekly: {days: [caturday], at: 22:00, for: 1h, zone: UTC}   | monday
          from: 2026-12-01T20:00:00Z                                  | until
          """)
  void aBadSilenceIsRefused(String line, String expected) {
    assertThatThrownBy(() -> parse(RULE + "silences:\n  - comment: c\n    " + line + "\n"))
        .isInstanceOf(BadYamlException.class)
        .hasMessageContaining(expected);
  }
}
