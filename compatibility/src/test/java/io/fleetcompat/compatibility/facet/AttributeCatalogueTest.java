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
          fact/host.os_version           | 9.4.0                 | 9.4
          fact/host.os_version           | 9.04                  | 9.4
          fact/host.os_version           | 010.0                 | 10
          fact/host.os_version           | 9.10                  | 9.10
          fact/host.os_version           | 09.004                | 9.4
          fact/host.os_version           | 24.04                 | 24.04
          fact/host.os_version           | 10.00                 | 10
          fact/host.os_version           | 0.0                   | 0
          fact/nvidia.vgpu_manager_version | 580.65.05           | 580.65.05
          pci/subsystem_device           | 0x0000                | 0x0000
          endpoint/control_domains       | 0004                  | 0004
          endpoint/matrix                | .0004                 | .0004
          endpoint/matrix                | 05.                   | 05.
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
          type/name                        | ''       | expected the name of a type, found ''
          fact/site.rack                   | ''       | expected a text, found ''
          physfn/qat/cfg_services          | ' ; '    | expected at least one element, found ''
          physfn/qat/cfg_services          | sym;what | expected a value such as sym, asym, dc, dcc or decomp, found 'what'
          fact/qat.sla                     | ;        | expected at least one element, found ''
          fact/vfio_ap.card_types          | ''       | expected at least one element, found ''
          fact/vfio_ap.card_types          | ,        | expected at least one element, found ''
          endpoint/matrix                  | garbage  | expected a value such as 05.0004, found 'garbage'
          endpoint/control_domains         | 4        | expected a value such as 0004, found '4'
          fact/host.os_id                  | RHEL     | expected a value such as rhel: small letters, digits and ._-, without quotes, found 'RHEL'
          fact/host.os_id                  | "rhel"   | expected a value such as rhel: small letters, digits and ._-, without quotes, found '"rhel"'
          module/version                   | N/A      | expected a text, found 'N/A'
          module/version                   | Unknown Error | expected a text, found 'Unknown Error'
          module/version                   | error    | expected a value such as 580.65.05, found 'error'
          type/name                        | NVIDIA   | expected the name of a type, found 'NVIDIA'
          type/name                        | GRID     | expected the name of a type, found 'GRID'
          type/name                        | NVIDIA ? | expected the name of a type, found '?'
          type/name                        | Unknown  | expected the name of a type, found 'Unknown'
          fact/hisi_acc.isolation          | unknown  | expected a decimal number, found 'unknown'
          fact/hisi_acc.isolation          | -        | expected a decimal number, found '-'
          pci/vendor                       | 0xffff   | expected a value such as 0x8086, found '0xffff'
          pci/vendor                       | 0x0000   | expected a value such as 0x8086, found '0x0000'
          pci/device                       | 0x1      | expected a value such as 0x20b5, found '0x1'
          pci/class                        | 0x0302   | expected a value such as 0x030200, found '0x0302'
          pci/revision                     | 0x1234   | expected a value such as 0xa1, found '0x1234'
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
