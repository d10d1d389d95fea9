package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.inventory.Attribute;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md 3.1, sentence by sentence. */
class TypeRulesTest {

  private static final Attribute UNREADABLE = new Attribute.Unreadable("EIO");
  private static final Attribute MALFORMED = new Attribute.Malformed("not UTF-8");

  /** A type with a version and an API; "-" is absent, "EIO" unreadable, "BAD" malformed. */
  private static EndpointBuilder type(String version, String api) {
    return EndpointBuilder.type("t")
        .own("compatible_x", "1")
        .own("software_version", attribute(version))
        .own("device_api", attribute(api));
  }

  private static EndpointBuilder values(String name, String list) {
    return type("1.2.0", "vfio-pci").own(name, attribute(list));
  }

  private static Attribute attribute(String spelled) {
    return switch (spelled) {
      case "-" -> Attribute.ABSENT;
      case "EIO" -> UNREADABLE;
      case "BAD" -> MALFORMED;
      default -> new Attribute.Text(spelled);
    };
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "1.2.0,1.2.0,COMPATIBLE",
        "1.2,1.2.0,COMPATIBLE",
        "1.2.0,1.2,COMPATIBLE",
        "1.2.9,1.2.0,COMPATIBLE",
        "1.2.0,1.3.0,COMPATIBLE",
        "1.9,1.10,COMPATIBLE",
        "1.10,1.9,INCOMPATIBLE software-version",
        "1.3.0,1.2.9,INCOMPATIBLE software-version",
        "1.2.0,2.2.0,INCOMPATIBLE software-version",
        "2.0.0,1.9.0,INCOMPATIBLE software-version",
        "0.1.0,0.2.0,COMPATIBLE",
        "01.2,1.2.0,COMPATIBLE",
        "1.99999999999999999999999,1.100000000000000000000000,COMPATIBLE",
        "1.100000000000000000000000,1.99999999999999999999999,INCOMPATIBLE software-version",
        "-,-,COMPATIBLE",
        "1.2.0,-,UNKNOWN software-version/absent",
        "-,1.2.0,UNKNOWN software-version/absent",
        "v1.2,1.2.0,UNKNOWN software-version/malformed",
        "1.2.0,1.2.3-rc1,UNKNOWN software-version/malformed",
        "1.2.0,1,UNKNOWN software-version/malformed",
        "1.2.0,,UNKNOWN software-version/malformed",
        "1.2.3.4,1.2.0,UNKNOWN software-version/malformed",
        " 1.2.0,1.2.0,UNKNOWN software-version/malformed",
        "1.2.0,1.2.0 ,UNKNOWN software-version/malformed",
        "1.2.,1.2.0,UNKNOWN software-version/malformed",
        "1..2,1.2.0,UNKNOWN software-version/malformed",
        "-1.2,1.2.0,UNKNOWN software-version/malformed",
        "١.٢,1.2.0,UNKNOWN software-version/malformed",
        "EIO,1.2.0,UNKNOWN software-version/unreadable",
        "BAD,EIO,UNKNOWN software-version/unreadable",
        "BAD,-,UNKNOWN software-version/malformed",
        "1.2,EIO,UNKNOWN software-version/unreadable"
      })
  void versionsAreComparedAsNumbers(String source, String destination, String verdict) {
    String from = source == null ? "" : source;
    String to = destination == null ? "" : destination;
    assertThat(Found.of(type(from, "vfio-pci"), type(to, "vfio-pci"))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "vfio-pci, vfio-pci, COMPATIBLE",
    "vfio-pci, vfio_pci, COMPATIBLE",
    "vfio-platform, vfio-platform, COMPATIBLE",
    "vfio-amba, vfio-amba, COMPATIBLE",
    "vfio-ccw, vfio-ccw, COMPATIBLE",
    "vfio-ap, vfio-ap, COMPATIBLE",
    "vfio-ap, vfio-ccw, INCOMPATIBLE device-api",
    "vfio_ap, vfio-ap, UNKNOWN device-api/malformed",
    "vfio-usb, vfio-usb, UNKNOWN device-api/malformed",
    "vfio-pci, VFIO-PCI, UNKNOWN device-api/malformed",
    "-, vfio-pci, UNKNOWN device-api/absent",
    "vfio-pci, -, UNKNOWN device-api/absent",
    "-, -, UNKNOWN device-api/absent",
    "EIO, BAD, UNKNOWN device-api/unreadable",
    "BAD, -, UNKNOWN device-api/malformed"
  })
  void theDeviceApiIsEqualAndKnown(String source, String destination, String verdict) {
    assertThat(Found.of(type("1.2.0", source), type("1.2.0", destination))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1;1,2;COMPATIBLE",
        "1,2;2,1;COMPATIBLE",
        "1,2;1;INCOMPATIBLE compatible-values",
        "1,,1 , 2,;2,1;COMPATIBLE",
        "-;1;COMPATIBLE",
        "1;-;INCOMPATIBLE compatible-values",
        "-;-;COMPATIBLE",
        ",;-;COMPATIBLE",
        "80865963;0x80865963;COMPATIBLE",
        "8086:5963;80865963;COMPATIBLE",
        "0x8086AB63;8086:ab63;COMPATIBLE",
        "8086:AB63;8086ab63;COMPATIBLE",
        "0xABC;0xabc;COMPATIBLE",
        "12AB;12ab;COMPATIBLE",
        "12AB5;12ab5;INCOMPATIBLE compatible-values",
        "8086;0x8086;INCOMPATIBLE compatible-values",
        "EIO;1;UNKNOWN compatible-values/unreadable",
        "1;EIO;UNKNOWN compatible-values/unreadable",
        "-;BAD;UNKNOWN compatible-values/malformed",
        "BAD;-;UNKNOWN compatible-values/malformed",
        "EIO;BAD;UNKNOWN compatible-values/unreadable"
      })
  void theValuesOfTheSourceAreAmongThoseOfTheDestination(
      String source, String destination, String verdict) {
    assertThat(
            Found.of(
                values("compatible_pci_ids", source), values("compatible_pci_ids", destination)))
        .isEqualTo(verdict);
  }

  @Test
  void theReasonNamesWhatTheDestinationLacks() {
    Verdict verdict = Found.verdict(values("compatible_a", "3,1,2"), values("compatible_a", "2"));
    assertThat(verdict.reasons().getFirst().source()).hasValue("1,2,3");
    assertThat(verdict.reasons().getFirst().detail()).isEqualTo("the destination lacks 1, 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-;INCOMPATIBLE mdev-type;INCOMPATIBLE mdev-type",
        "s;INCOMPATIBLE mdev-type;COMPATIBLE",
        "x, s ,y;INCOMPATIBLE mdev-type;COMPATIBLE",
        "S;INCOMPATIBLE mdev-type;INCOMPATIBLE mdev-type",
        "BAD;INCOMPATIBLE mdev-type;UNKNOWN mdev-type/malformed",
        "EIO;INCOMPATIBLE mdev-type;UNKNOWN mdev-type/unreadable"
      })
  void anotherTypeIsAcceptedOnlyAcrossTypes(String accepted, String plain, String crossType) {
    EndpointBuilder source =
        EndpointBuilder.type("s").own("software_version", "1.0").own("device_api", "vfio-pci");
    EndpointBuilder destination =
        EndpointBuilder.type("d")
            .own("software_version", "1.0")
            .own("device_api", "vfio-pci")
            .own("compatible_type", attribute(accepted));
    assertThat(Found.of(source, destination)).isEqualTo(plain);
    assertThat(Found.of(source, destination, Policy.CROSS_TYPE)).isEqualTo(crossType);
  }

  @Test
  void aMalformedCompatibleTypeMattersOnlyWhereTypesDiffer() {
    EndpointBuilder one = type("1.0", "vfio-pci").own("compatible_type", MALFORMED);
    assertThat(Found.of(one, one, Policy.CROSS_TYPE)).isEqualTo("COMPATIBLE");
  }

  @Test
  void allFailingRulesAreListed() {
    EndpointBuilder source = type("2.0", "vfio-pci").own("compatible_x", "1,2");
    EndpointBuilder destination =
        EndpointBuilder.type("other").own("software_version", "1.0").own("device_api", "vfio-ap");
    assertThat(Found.of(source, destination))
        .isEqualTo("INCOMPATIBLE mdev-type, device-api, software-version, compatible-values");
  }

  @Test
  void aDeviceHasTheAttributesOfItsTypeAndNotOfItsOwnNode() {
    EndpointBuilder device =
        EndpointBuilder.device("t")
            .own("software_version", "9.9")
            .type("software_version", "1.0")
            .type("device_api", "vfio-pci");
    EndpointBuilder type =
        EndpointBuilder.type("t").own("software_version", "1.1").own("device_api", "vfio-pci");
    assertThat(Found.of(device, type)).isEqualTo("COMPATIBLE");
    assertThat(Found.of(type, device)).isEqualTo("INCOMPATIBLE software-version");
  }

  @Test
  void theFacetIsThereWithAVersionOrAnyCompatibleAttribute() {
    EndpointBuilder none = EndpointBuilder.type("t").own("device_api", "vfio-pci");
    assertThat(none.profile().isDeclared()).isFalse();
    assertThat(Found.of(none, none)).isEqualTo("UNKNOWN no-migration-interface/absent");
    assertThat(none.own("dynamic_resources", "fps").profile().isDeclared()).isFalse();
    assertThat(none.own("compatible_type", "t").profile().facetIds())
        .containsExactly(FacetId.TYPE_ATTRIBUTES, FacetId.VENDOR_RULES);
    assertThat(EndpointBuilder.type("t").own("software_version", UNREADABLE).profile().facetIds())
        .containsExactly(FacetId.TYPE_ATTRIBUTES, FacetId.VENDOR_RULES);
  }

  @Test
  void aDestinationWithoutTheFacetIsIncompatibleThoughItIsAType() {
    EndpointBuilder device = EndpointBuilder.device("t").type("software_version", "1.0");
    assertThat(Found.of(device, EndpointBuilder.type("t"))).isEqualTo("INCOMPATIBLE facet-missing");
  }

  @Test
  void obligationsAndWarningsAreGivenWhateverTheVerdict() {
    EndpointBuilder source = type("1.0", "vfio-pci").own("dynamic_resources", "fps, aggregator,");
    EndpointBuilder lists = type("1.0", "vfio-pci").own("dynamic_resources", "aggregator,fps");
    EndpointBuilder older = type("0.9", "vfio-pci").own("dynamic_resources", "fps");
    Verdict yes = Found.verdict(source, lists);
    assertThat(yes.obligations())
        .containsExactly(
            new Obligation("aggregator", Optional.empty()),
            new Obligation("fps", Optional.empty()));
    assertThat(yes.warnings()).isEmpty();
    Verdict no = Found.verdict(source, older);
    assertThat(Found.of(no)).isEqualTo("INCOMPATIBLE software-version");
    assertThat(no.obligations()).isEqualTo(yes.obligations());
    assertThat(no.warnings())
        .extracting(w -> w.attribute().orElseThrow())
        .containsExactly("aggregator");
    assertThat(Found.verdict(source, EndpointBuilder.type("t")).warnings())
        .extracting(w -> w.rule() + " " + w.attribute().orElseThrow())
        .containsExactly("claim-would-fail aggregator", "claim-would-fail fps");
    assertThat(Found.verdict(source, type("BAD", "vfio-pci")).warnings()).hasSize(2);
  }

  @Test
  void malformedDynamicResourcesAreReadAsNoneAndReported() {
    EndpointBuilder source = type("1.0", "vfio-pci").own("dynamic_resources", "fps,../../etc");
    Verdict verdict = Found.verdict(source, type("1.0", "vfio-pci"));
    assertThat(Found.of(verdict)).isEqualTo("COMPATIBLE");
    assertThat(verdict.obligations()).isEmpty();
    assertThat(source.profile().problems())
        .extracting(p -> p.path() + " " + p.code())
        .containsExactly("dynamic_resources malformed");
  }
}
