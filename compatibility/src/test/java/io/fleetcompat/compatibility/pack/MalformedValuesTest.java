package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A malformed value is never less than unknown, whatever a rule says of missing ones. */
class MalformedValuesTest {

  private static final Map<String, Parsed<String>> VALUES =
      Map.of(
          "good", new Parsed.Value<>("0x1"),
          "unfit", new Parsed.Value<>("one"),
          "absent", new Parsed.Absent<>(),
          "unreadable", new Parsed.Unreadable<>("EACCES"),
          "malformed", new Parsed.Malformed<>("stated twice"));

  private static PackRule rule(String missing) {
    try {
      return RulePackReader.read(
              "acme.yaml",
              """
              pack: acme
              version: 1
              title: ACME functions
              match: {kind: [pci], driver: [acme_vfio_pci]}
              rules:
                - id: level
                  sentence: the levels fit
                  attribute: fact/site.level
                  otherwise: [fact/site.other]
                  operator: bitmask-superset
                  missing: %s
                  source: [{document: ACME manual}]
              """
                  .formatted(missing))
          .rules()
          .getFirst();
    } catch (BadYamlException e) {
      throw new AssertionError(e);
    }
  }

  private static RuleOperand operand(PackRule rule, Side at, String first, String other) {
    return rule.operand(
        address -> VALUES.get(address.equals("fact/site.level") ? first : other), false, at);
  }

  @ParameterizedTest
  @CsvSource({
    "unreadable, absent,     malformed,  absent",
    "malformed,  absent,     unreadable, absent",
    "malformed,  absent,     absent,     absent",
    "absent,     malformed,  good,       absent",
    "unreadable, malformed,  absent,     absent",
    "unreadable, malformed,  unreadable, absent",
    "malformed,  good,       good,       absent",
    "unfit,      absent,     absent,     absent",
    "unfit,      good,       unreadable, absent",
    "absent,     absent,     absent,     unfit",
  })
  void isUnknownWhateverMissingOnesMean(
      String first, String other, String firstAtDestination, String otherAtDestination) {
    for (String missing : new String[] {"warning", "not-applicable", "unknown"}) {
      PackRule rule = rule(missing);
      RuleOperand source = operand(rule, Side.SOURCE, first, other);
      RuleOperand destination =
          operand(rule, Side.DESTINATION, firstAtDestination, otherAtDestination);
      RuleResult result = rule.judge(source, destination);
      assertThat(result).as(missing).isEqualTo(RuleResult.UNJUDGED);
      assertThat(new JudgedRule(rule, result, source, destination).shortfall())
          .isInstanceOfSatisfying(
              Shortfall.Missing.class,
              unjudged -> assertThat(unjudged.state()).isEqualTo(Parsed.State.MALFORMED));
    }
  }

  @Test
  void anUnreadableOneIsMissing() {
    PackRule rule = rule("not-applicable");
    RuleOperand unreadable = operand(rule, Side.SOURCE, "unreadable", "absent");
    RuleOperand absent = operand(rule, Side.DESTINATION, "absent", "absent");
    assertThat(rule.judge(unreadable, absent)).isEqualTo(RuleResult.NOT_APPLICABLE);
    assertThat(rule.judge(operand(rule, Side.SOURCE, "unreadable", "good"), absent))
        .isEqualTo(RuleResult.NOT_APPLICABLE);
    assertThat(
            rule.judge(
                operand(rule, Side.SOURCE, "unreadable", "good"),
                operand(rule, Side.DESTINATION, "good", "malformed")))
        .isEqualTo(RuleResult.SATISFIED);
  }
}
