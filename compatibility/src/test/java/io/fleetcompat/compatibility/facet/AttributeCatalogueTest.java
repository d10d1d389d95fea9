package io.fleetcompat.compatibility.facet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeCatalogueTest {

  private static final AttributeCatalogue CATALOGUE = AttributeCatalogue.builtIn();

  private static Parsed<String> normal(String address, String text) {
    return CATALOGUE.find(address).orElseThrow().normal(new Attribute.Text(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type/name                      | GRID A100-4C          | A100-4C
          type/name                      | NVIDIA A100-4C        | A100-4C
          type/name                      | A100-4C               | A100-4C
          type/device_api                | vfio_pci              | vfio-pci
          pci/vendor                     | 0x10DE                | 0x10de
          physfn/qat/cfg_services        | dc;sym;;dc            | dc;sym
          fact/nvidia.ecc_mode           | Enabled               | enabled
          fact/nvidia.ecc_mode           | n/a                   | N/A
          fact/qat.accel_capabilities_mask | 0x00Ff              | 0xff
          fact/hisi_acc.queue_pairs      | 007                   | 7
          fact/xe.guc_release            | 70.54.0               | 70.54.0
          fact/site.rack                 | b7                    | b7
          """)
  void aValueHasOneSpelling(String address, String text, String normal) {
    assertThat(normal(address, text)).isEqualTo(new Parsed.Value<>(normal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pci/vendor                       | nvidia   | expected an id such as 0x8086, found 'nvidia'
          fact/nvidia.ecc_mode             | on       | expected one of enabled, disabled, N/A, found 'on'
          fact/qat.accel_capabilities_mask | 255      | expected a mask such as 0x1e, found '255'
          fact/hisi_acc.queue_pairs        | -1       | expected a decimal number, found '-1'
          fact/hisi_acc.queue_pairs        | ٣        | expected a decimal number, found '٣'
          fact/xe.guc_release              | 70.x     | expected numbers with dots such as 580.65.05, found '70.x'
          type/name                        | ''       | expected a name, found ''
          fact/site.rack                   | ''       | expected a text, found ''
          physfn/qat/cfg_services          | ' ; '    | expected at least one element, found ''
          """)
  void whatDoesNotFitItsTypeIsMalformed(String address, String text, String problem) {
    assertThat(normal(address, text)).isEqualTo(new Parsed.Malformed<>(problem));
  }

  @Test
  void aListMayBeEmpty() {
    assertThat(normal("fact/qat.sla", "")).isEqualTo(new Parsed.Value<>(""));
  }

  @Test
  void whatIsNoTextStaysWhatItIs() {
    CataloguedAttribute vendor = CATALOGUE.find("pci/vendor").orElseThrow();

    assertThat(vendor.normal(Attribute.ABSENT)).isEqualTo(new Parsed.Absent<>());
    assertThat(vendor.normal(new Attribute.Unreadable("EACCES")))
        .isEqualTo(new Parsed.Unreadable<>("EACCES"));
    assertThat(vendor.normal(new Attribute.Malformed("too long")))
        .isEqualTo(new Parsed.Malformed<>("too long"));
    assertThat(vendor.normal(Attribute.DIRECTORY)).isInstanceOf(Parsed.Malformed.class);
  }

  @Test
  void theCatalogueIsClosedButForFactsOfASite() {
    assertThat(CATALOGUE.find("pci/numa_node")).isEmpty();
    assertThat(CATALOGUE.find("fact/nvidia.unknown")).isEmpty();
    assertThat(CATALOGUE.find("fact/site.")).isEmpty();
    assertThat(CATALOGUE.find("fact/site.rack unit")).isEmpty();
    assertThat(CATALOGUE.find("fact/site.rack-unit")).isPresent();
  }

  @Test
  void anAttributeIsKeptForItsDriversAlone() {
    CataloguedAttribute ecc = CATALOGUE.find("fact/nvidia.ecc_mode").orElseThrow();

    assertThat(ecc.isKeptFor("nvidia")).isTrue();
    assertThat(ecc.isKeptFor("mlx5_vfio_pci")).isFalse();
    assertThat(CATALOGUE.find("pci/vendor").orElseThrow().isKeptFor("anything")).isTrue();
  }

  @Test
  void everyFactSaysHowToSupplyItself() {
    assertThat(CATALOGUE.all())
        .filteredOn(attribute -> attribute.scope().equals(AttributeCatalogue.FACT))
        .isNotEmpty()
        .allSatisfy(
            attribute -> {
              assertThat(attribute.supply())
                  .contains(attribute.path().substring(0, attribute.path().indexOf('.')));
              assertThat(attribute.suppliedBy()).isNotEqualTo("collector");
            });
  }
}
