package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.inventory.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md 3.2: matching, directions, what is missing. */
class SelfRulesTest {

  private static final String NO = "INCOMPATIBLE self-compatible";

  /** Lines are separated by {@code ;} and a blank line is an empty one. */
  private static EndpointBuilder node(String self, String compatible) {
    return EndpointBuilder.function()
        .own("migration/self", self.replace(';', '\n'))
        .own("migration/compatible", compatible.replace(';', '\n'));
  }

  private static EndpointBuilder self(String self) {
    return EndpointBuilder.function().own("migration/self", self.replace(';', '\n'));
  }

  private static EndpointBuilder compatible(String patterns) {
    return EndpointBuilder.function().own("migration/compatible", patterns.replace(';', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a=1 ~ a=1 ~ yes",
        "a=1 ~ a=2 ~ no",
        "a=1;b=2 ~ b=2;a=1 ~ yes",
        "a = 1 ~ a= 1 ~ yes",
        // Alternatives are OR, attributes AND.
        "a=1 ~ a=2;;a=1 ~ yes",
        "a=1 ~ a=2;COMPATIBLE:;a=1 ~ yes",
        "a=1;b=2 ~ a=1;;b=2 ~ no",
        // Attributes that one side lacks.
        "a=1 ~ a=1;b=2 ~ no",
        "a=1;b=2 ~ a=1 ~ no",
        // The empty pattern.
        "a=1 ~ a=1;b= ~ yes",
        "a=1 ~ a=1;b=\"\" ~ yes",
        "a=1;b= ~ a=1;b=\"\" ~ yes",
        "a=1;b=\"\" ~ a=1;b= ~ yes",
        "a=1;b=2 ~ a=1;b= ~ no",
        "a=1;b= ~ a=1;b=2 ~ no",
        "a=1;b= ~ a=1 ~ no",
        // Quotes and normal forms.
        "a=x ~ a=\"x\" ~ yes",
        "a=\"x\" ~ a=x ~ yes",
        "a=\"\"x\"\" ~ a=\"x\" ~ no",
        "a=80865963 ~ a=0x80865963 ~ yes",
        "a=8086:5963 ~ a=80865963 ~ yes",
        "a=vfio_pci ~ a=vfio-pci ~ yes",
        "a=0xAB ~ a=0xab ~ yes",
        "a=Ab ~ a=ab ~ no",
        // Comma lists are strings.
        "a=x , y,z ~ a=x,y ,z ~ yes",
        "a=y,x ~ a=x,y ~ no",
        // Variables.
        "a=4 ~ a={v:int:1,2,4,8} ~ yes",
        "a=3 ~ a={v:int:1,2,4,8} ~ no",
        "a=i915-GVTg_V5_4 ~ a=i915-GVTg_V5_{v:int:1,2,4,8} ~ yes",
        "a=4;b=4 ~ a={v:int:1,2,4,8};b={v} ~ yes",
        "a=4;b=2 ~ a={v:int:1,2,4,8};b={v} ~ no",
        "a=x;b=x-x ~ a={v:string:\"x\",\"y\"};b={v}-{v} ~ yes",
        "a=x;b=x-y ~ a={v:string:\"x\",\"y\"};b={v}-{v} ~ no",
        "a=xy ~ a={v:string:\"x\",\"xy\"}{w:string:\"y\",\"\"} ~ yes",
        "a=xyy ~ a={v:string:\"x\",\"xy\"}{w:string:\"y\",\"\"} ~ yes",
        "a=80865963 ~ a=8086{v:string:\"5963\",\"193b\"} ~ yes",
        "a=80865963 ~ a=0x8086{v:string:\"193b\",\"5963\"} ~ yes",
        "a=8086:193b ~ a=8086{v:string:\"5963\",\"193B\"} ~ yes",
        "a=8086:5963 ~ a={v:string:\"0x80865963\",\"x\"} ~ yes",
        // A brace in a self is a character like any other, and so is one in quotes.
        "a=x}y ~ a={v:string:\"x}y\",\"b\"} ~ yes",
        // Division must be exact.
        "a=4;b=2 ~ a={v:int:1,2,4,8};b={v}/2 ~ yes",
        "a=1;b=0 ~ a={v:int:1,2,4,8};b={v}/2 ~ no",
        "a=3;b=1 ~ a={v:int:3};b={v}/2 ~ no",
        "b=2;c=4 ~ b={v:int:1,2,4}/2;c={v} ~ yes",
        "b=2;c=2 ~ b={v:int:1,2,4}/2;c={v} ~ no",
        "a=4;b=x2y ~ a={v:int:4};b=x{v}/2y ~ yes",
        "a=4;b=4/x ~ a={v:int:4};b={v}/x ~ yes",
        "a=4;b=4 ~ a={v:int:4};b={v}/1 ~ yes",
        // Nothing is accepted.
        "a=1 ~ `` ~ no"
      })
  void aPatternOfTheDestinationMatchesTheSourcesSelf(
      String self, String patterns, String expected) {
    String wanted = expected.equals("yes") ? "COMPATIBLE" : NO;
    assertThat(Found.of(self(self), compatible(patterns))).isEqualTo(wanted);
  }

  @Test
  void theDestinationDecidesUnlessThePolicyIsMutual() {
    EndpointBuilder v1 = node("v=1", "v=1");
    EndpointBuilder v2 = node("v=2", "v=1;;v=2");
    assertThat(Found.of(v1, v2)).isEqualTo("COMPATIBLE");
    assertThat(Found.of(v2, v1)).isEqualTo(NO);
    assertThat(Found.of(v1, v2, Policy.MUTUAL)).isEqualTo(NO);
    assertThat(Found.of(v2, v2, Policy.MUTUAL)).isEqualTo("COMPATIBLE");
    Verdict reversed = Found.verdict(v1, v2, Policy.MUTUAL);
    assertThat(reversed.reasons().getFirst().source()).hasValue("1");
    assertThat(reversed.reasons().getFirst().destination()).hasValue("2");
    assertThat(reversed.reasons().getFirst().detail()).startsWith("source compatible list:");
  }

  @Test
  void whatTheDirectionInForceDoesNotNeedDoesNotMatter() {
    assertThat(Found.of(self("a=1"), compatible("a=1"))).isEqualTo("COMPATIBLE");
    assertThat(Found.of(self("a=1"), compatible("a=1"), Policy.MUTUAL))
        .isEqualTo("UNKNOWN self-compatible/absent");
  }

  @ParameterizedTest
  @CsvSource({
    "EIO, absent, unreadable",
    "EIO, empty, unreadable",
    "empty, a=1, absent",
    "absent, a=1, absent",
    "nonsense, a=1, malformed",
    "nonsense, absent, malformed",
    "EIO, nonsense, unreadable",
    "a=1, nonsense, malformed",
    "a=1, EIO, unreadable",
    "nonsense, EIO, unreadable",
    "a=1, absent, absent"
  })
  void whatCannotBeUsedIsUnknown(String self, String patterns, String state) {
    EndpointBuilder source = part("self", self).own("migration/compatible", "a=1");
    EndpointBuilder destination = part("compatible", patterns).own("migration/self", "a=1");
    assertThat(Found.of(source, destination)).isEqualTo("UNKNOWN self-compatible/" + state);
  }

  private static EndpointBuilder part(String part, String spelled) {
    Attribute attribute =
        switch (spelled) {
          case "EIO" -> new Attribute.Unreadable("EIO");
          case "absent" -> Attribute.ABSENT;
          case "empty" -> new Attribute.Text("");
          default -> new Attribute.Text(spelled);
        };
    return EndpointBuilder.function().own("migration/" + part, attribute);
  }

  @Test
  void theFacetIsMalformedAsAWhole() {
    EndpointBuilder half = node("a=1", "a={undeclared}");
    assertThat(Found.of(half, compatible("a=1"))).isEqualTo("UNKNOWN self-compatible/malformed");
    assertThat(Found.of(self("a=1"), half)).isEqualTo("UNKNOWN self-compatible/malformed");
  }

  @Test
  void whatIsUnreadableStaysSoBesideWhatIsMalformed() {
    EndpointBuilder half =
        EndpointBuilder.function()
            .own("migration/self", new Attribute.Unreadable("EIO"))
            .own("migration/compatible", "nonsense");
    assertThat(Found.of(half, compatible("a=1"))).isEqualTo("UNKNOWN self-compatible/unreadable");
    assertThat(Found.of(self("a=1"), half)).isEqualTo("UNKNOWN self-compatible/malformed");
  }

  @Test
  void eachOfSeveralSelvesMustBeAccepted() {
    assertThat(Found.of(self("a=1;;a=2"), compatible("a=1;;a=2"))).isEqualTo("COMPATIBLE");
    assertThat(Found.of(self("a=1;;a=3"), compatible("a=1;;a=2"))).isEqualTo(NO);
    EndpointBuilder json =
        EndpointBuilder.function()
            .own("migration_compatible", "{\"self\": [{\"a\": \"1\"}, {}], \"compatible\": []}");
    assertThat(Found.of(json, compatible("a=1"))).isEqualTo("UNKNOWN self-compatible/absent");
  }

  @Test
  void theReasonsNameTheClosestPatternAndItsFailingAttributes() {
    Verdict verdict =
        Found.verdict(self("a=1;b=2;c=3"), compatible("a=9;b=9;c=3;;a=1;b=8;d={v:int:5,6}"));
    assertThat(Found.attributes(verdict)).containsExactly("a", "b");
    assertThat(verdict.reasons().getFirst().detail()).contains("pattern 1 of 2").contains("'9'");
    assertThat(verdict.reasons().getFirst().source()).hasValue("1");
    assertThat(verdict.reasons().getFirst().destination()).hasValue("9");
  }

  @Test
  void theFewestFailingAttributesAreThoseUnderOneBinding() {
    Verdict verdict = Found.verdict(self("a=1;b=2;c=2"), compatible("a={v:int:1,2};b={v};c={v}"));
    assertThat(Found.attributes(verdict)).containsExactly("a");
  }

  @Test
  void theFacetMissingAtADestinationDependsOnWhereItWouldBe() {
    EndpointBuilder device = EndpointBuilder.device("t").own("migration/self", "a=1");
    EndpointBuilder type = EndpointBuilder.type("t").own("migration/self", "a=1");
    assertThat(Found.of(device, EndpointBuilder.type("t")))
        .isEqualTo("UNKNOWN facet-missing/absent");
    assertThat(Found.of(type, EndpointBuilder.type("t"))).isEqualTo("INCOMPATIBLE facet-missing");
    assertThat(Found.of(device, EndpointBuilder.device("t")))
        .isEqualTo("INCOMPATIBLE facet-missing");
  }

  @Test
  void theInterfaceOfATypeIsNotThatOfItsDevices() {
    EndpointBuilder device = EndpointBuilder.device("t").type("migration/self", "a=1");
    assertThat(device.profile().isDeclared()).isFalse();
  }
}
