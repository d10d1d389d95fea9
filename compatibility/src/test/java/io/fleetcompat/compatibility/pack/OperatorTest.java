package io.fleetcompat.compatibility.pack;

import static io.fleetcompat.compatibility.pack.ElementField.Comparison.AT_LEAST;
import static io.fleetcompat.compatibility.pack.ElementField.Comparison.EQUAL;
import static io.fleetcompat.compatibility.pack.ElementField.Comparison.EQUAL_MASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {

  private static final PairOperator.DominatedBy SLA =
      new PairOperator.DominatedBy(
          ";",
          ":",
          List.of(
              new ElementField("service", EQUAL),
              new ElementField("ring_pairs", EQUAL_MASK),
              new ElementField("cir", AT_LEAST),
              new ElementField("pir", AT_LEAST)));

  private static Operator operator(String name) throws UnfitException {
    return switch (name) {
      case "equal" -> new PairOperator.Equal();
      case "set-equal" -> new PairOperator.SetEqual(";");
      case "superset" -> new PairOperator.Superset(",");
      case "bitmask-superset" -> new PairOperator.BitmaskSuperset();
      case "version" -> new PairOperator.Version();
      case "ordered" -> new PairOperator.Ordered();
      case "in-destination-range" -> new PairOperator.InDestinationRange();
      case "dominated-by" -> SLA;
      case "not-paired" ->
          new PairOperator.NotPaired(List.of(List.of(new Glob("9.4"), new Glob("10*"))));
      case "minimum" -> new ValueOperator.Minimum(DottedVersion.parse("70.54"), "70.54", Side.BOTH);
      case "minimum-at-source" ->
          new ValueOperator.Minimum(DottedVersion.parse("2"), "2", Side.SOURCE);
      case "version-ranges" ->
          new ValueOperator.VersionRanges(
              List.of(VersionRange.parse("2.0.2-2.0.4"), VersionRange.parse("2.1-")), Side.BOTH);
      case "int-in-range" -> new ValueOperator.IntInRange(IntRange.parse("3-7"), Side.BOTH);
      case "allowed-values" ->
          new ValueOperator.AllowedValues(List.of("enable", "10-20", "v*"), Side.BOTH);
      case "present" -> new ValueOperator.Present(Side.DESTINATION);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Parsed<String> parsed(String text) {
    return switch (text) {
      case "EMPTY" -> new Parsed.Value<>("");
      case "(absent)" -> new Parsed.Absent<>();
      case "(malformed)" -> new Parsed.Malformed<>("nonsense");
      case "(unreadable)" -> new Parsed.Unreadable<>("EACCES");
      default -> new Parsed.Value<>(text);
    };
  }

  /** The operands of a pair, which either of them needs, and what comes of them. */
  private record Compared(Operator operator, RuleOperand source, RuleOperand destination) {

    static Compared of(String name, String source, String destination) throws UnfitException {
      Operator operator = OperatorTest.operator(name);
      return new Compared(
          operator,
          operator.operand(parsed(source), Side.SOURCE, Exempted.NO, true),
          operator.operand(parsed(destination), Side.DESTINATION, Exempted.NO, true));
    }

    RuleResult result() {
      return operator.compare(source, destination);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          equal            | 0x10de | 0x10de
          set-equal        | sym;dc | dc;sym;dc
          set-equal        | ''     | ''
          superset         | a,b    | b,c,a
          superset         | ''     | ''
          bitmask-superset | 0x6    | 0xe
          bitmask-superset | 0x0    | 0x0
          version          | 1.2.9  | 1.3
          version          | 1      | 1.0
          ordered          | 1.9    | 1.10
          ordered          | 1.2    | 1.2.0
          ordered          | 1.2    | 2.0
          in-destination-range | 5  | 3-7
          in-destination-range | 7  | 7
          dominated-by     | sym:0xf:100:200 | sym:0xf:150:200
          dominated-by     | ''     | dc:0x1:1:1
          dominated-by     | a:0x1:1:1;a:0x1:2:2 | a:0x01:2:2
          dominated-by     | sym:0x00fF:1:1 | sym:0xff:01:1
          not-paired       | 9.4    | 9.6
          not-paired       | 10.0   | 10.1
          minimum          | 70.54.0 | 71.0
          minimum-at-source | 2.1   | 1
          version-ranges   | 2.0.3  | 2.9.1
          version-ranges   | 2.0.2  | 2.0.4
          int-in-range     | 3      | 7
          allowed-values   | enable | 15
          allowed-values   | v6     | 10
          present          | (absent) | anything
          """)
  void satisfies(String name, String source, String destination) throws UnfitException {
    assertThat(Compared.of(name, source, destination).result()).isEqualTo(RuleResult.SATISFIED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          equal            | 0x10de | 0x10df | they differ
          set-equal        | sym    | dc;sym | the source lacks dc
          set-equal        | sym;a  | dc;sym | the destination lacks a, the source lacks dc
          superset         | a,b    | b      | the destination lacks a
          superset         | a      | EMPTY     | the destination lacks a
          bitmask-superset | 0xe    | 0x6    | the destination lacks the bits 0x8
          version          | 1.3    | 1.2    | destination minor 2 is below source minor 3
          version          | 1.3    | 2.3    | the majors 1 and 2 differ
          ordered          | 1.10   | 1.9    | the destination is older than the source
          in-destination-range | 8  | 3-7    | the source's number is outside the destination's range
          dominated-by     | sym:0xf:100:200 | sym:0xf:150:100 | the destination has none that is at least as much as sym:0xf:100:200
          dominated-by     | sym:0xf:100:200 | dc:0xf:200:200  | the destination has none that is at least as much as sym:0xf:100:200
          dominated-by     | sym:0xf:100:200 | EMPTY              | the destination has none that is at least as much as sym:0xf:100:200
          dominated-by     | sym:0xf:1:1 | sym:0xf0:1:1 | the destination has none that is at least as much as sym:0xf:1:1
          not-paired       | 9.4    | 10.0   | not between '9.4' and '10.0'
          not-paired       | 10.0   | 9.4    | not between '10.0' and '9.4'
          minimum          | 70.53.9 | 70.54 | "'70.53.9' at the source is not at least 70.54"
          minimum          | 1      | (absent) | "'1' at the source is not at least 70.54"
          version-ranges   | 2.0.5  | 3.0    | "'2.0.5' at the source is not in 2.0.2-2.0.4, 2.1-, '3.0' at the destination is not in 2.0.2-2.0.4, 2.1-"
          int-in-range     | 2      | 5      | "'2' at the source is not in 3-7"
          allowed-values   | enable | disable | "'disable' at the destination is not one of enable, 10-20, v*"
          allowed-values   | 21     | 10     | "'21' at the source is not one of enable, 10-20, v*"
          """)
  void fails(String name, String source, String destination, String detail) throws UnfitException {
    Compared compared = Compared.of(name, source, destination);

    assertThat(compared.result()).isEqualTo(RuleResult.FAILED);
    assertThat(compared.operator.mismatch(compared.source, compared.destination)).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          equal            | (absent)     | x            | ABSENT     | SOURCE      | absent at the source
          equal            | (absent)     | (absent)     | ABSENT     | BOTH        | absent at both sides
          equal            | (absent)     | (unreadable) | UNREADABLE | DESTINATION | unreadable at the destination: EACCES
          equal            | (malformed)  | (unreadable) | MALFORMED  | SOURCE      | malformed at the source: nonsense
          equal            | (unreadable) | (malformed)  | MALFORMED  | DESTINATION | malformed at the destination: nonsense
          bitmask-superset | 6            | (absent)     | MALFORMED  | SOURCE      | malformed at the source: expected a mask such as 0x1e, found '6'
          dominated-by     | (absent)     | sym:0xf:100  | MALFORMED  | DESTINATION | malformed at the destination: expected service:ring_pairs:cir:pir, found 'sym:0xf:100'
          minimum          | (unreadable) | nonsense     | MALFORMED  | DESTINATION | malformed at the destination: expected a version such as 1.27.0, found 'nonsense'
          superset         | a            | (malformed)  | MALFORMED  | DESTINATION | malformed at the destination: nonsense
          bitmask-superset | 6            | 0xe          | MALFORMED  | SOURCE      | malformed at the source: expected a mask such as 0x1e, found '6'
          bitmask-superset | 0x           | 0xe          | MALFORMED  | SOURCE      | malformed at the source: expected a mask such as 0x1e, found '0x'
          version          | 1.x          | 1.2          | MALFORMED  | SOURCE      | malformed at the source: expected a version such as 1.27.0, found '1.x'
          ordered          | 1.2          | ''           | MALFORMED  | DESTINATION | malformed at the destination: expected a version such as 1.27.0, found ''
          ordered          | 1.2          | 1.٣          | MALFORMED  | DESTINATION | malformed at the destination: expected a version such as 1.27.0, found '1.٣'
          in-destination-range | 3-4      | 3-7          | MALFORMED  | SOURCE      | malformed at the source: expected a number, found '3-4'
          in-destination-range | 3        | 7-3          | MALFORMED  | DESTINATION | malformed at the destination: expected a range whose end is not below its beginning, found '7-3'
          dominated-by     | sym:0xf:100  | ''           | MALFORMED  | SOURCE      | malformed at the source: expected service:ring_pairs:cir:pir, found 'sym:0xf:100'
          dominated-by     | sym:0xf:1:x  | ''           | MALFORMED  | SOURCE      | malformed at the source: expected a range of numbers such as 3-7, found 'x'
          minimum          | (absent)     | (absent)     | ABSENT     | BOTH        | absent at the source, absent at the destination
          minimum          | 71           | (absent)     | ABSENT     | DESTINATION | absent at the destination
          minimum          | (absent)     | nonsense     | MALFORMED  | DESTINATION | malformed at the destination: expected a version such as 1.27.0, found 'nonsense'
          int-in-range     | 5            | five         | MALFORMED  | DESTINATION | malformed at the destination: expected a range of numbers such as 3-7, found 'five'
          present          | x            | (absent)     | ABSENT     | DESTINATION | absent at the destination
          """)
  void cannotTell(
      String name, String source, String destination, Parsed.State state, Side side, String detail)
      throws UnfitException {
    Compared compared = Compared.of(name, source, destination);
    Side lacking = compared.operator.lacking(compared.source, compared.destination);

    assertThat(compared.result()).isEqualTo(RuleResult.UNJUDGED);
    assertThat(lacking).isEqualTo(side);
    assertThat((side == Side.DESTINATION ? compared.destination : compared.source).state())
        .isEqualTo(state);
    assertThat(compared.operator.lack(compared.source, compared.destination)).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, abc, true",
    "abc, abc, true",
    "abc, abcd, false",
    "a*c, abbc, true",
    "*-?-*, DC-1-2Q, true",
    "*-?-*, DC-3Q, false",
    "a?c, ac, false",
    "**a, ba, true",
    "'', '', true",
    "'', a, false"
  })
  void aStarStandsForAnyCharactersAndAQuestionMarkForOne(
      String pattern, String text, boolean matches) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void hugeNumbersAreCompared() throws UnfitException {
    String huge = "9".repeat(100);

    assertThat(Compared.of("ordered", huge, huge + ".1").result()).isEqualTo(RuleResult.SATISFIED);
    assertThat(Compared.of("ordered", "9".repeat(129), "1").result())
        .isEqualTo(RuleResult.UNJUDGED);
    assertThat(Compared.of("bitmask-superset", "0x" + "f".repeat(128), "0x1").result())
        .isEqualTo(RuleResult.FAILED);
  }

  @Test
  void aPatternOfManyStarsIsMatchedInTime() {
    String pattern = "*a".repeat(120) + "b";

    assertThat(new Glob(pattern).matches("a".repeat(4096))).isFalse();
  }
}
