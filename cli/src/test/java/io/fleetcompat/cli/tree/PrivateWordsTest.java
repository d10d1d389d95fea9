package io.fleetcompat.cli.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateWordsTest {

  @TempDir Path directory;

  @Test
  void aWordIsFoundInAnyCaseAndNotWithinAnother() {
    PrivateWords words = PrivateWords.of(Set.of("node-17", "SN/42-A"));
    assertThat(areIn(words, "at NODE-17.example.org")).isTrue();
    assertThat(areIn(words, "node-17-ilo")).isTrue();
    assertThat(areIn(words, "serial sn/42-a\n")).isTrue();
    assertThat(areIn(words, "node-170, xnode-17")).isFalse();
    assertThat(areIn(PrivateWords.NONE, "node-17")).isFalse();
  }

  @Test
  void aNameOfFewLettersIsFoundAsAWord() {
    PrivateWords words = PrivateWords.of(Set.of("vm"));
    assertThat(words.areIn("at VM:7")).isTrue();
    assertThat(words.areIn("kvm, vmx, vm2, vm-pool, my_vm")).isFalse();
  }

  private static boolean areIn(PrivateWords words, String text) {
    return words.areInAttribute("devices/x/description", text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"52:54:00:12:34:56\n", "at 10.0.4.7", "fe80::5054:ff:fe12:3456", "ü 2001:db8::1"})
  void anAddressInAnAttributeIsPrivate(String text) {
    assertThat(areIn(PrivateWords.of(Set.of()), text)).isTrue();
    assertThat(areIn(PrivateWords.NONE, text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000:3b:00.4\n",
        "550.54.14",
        "1.2.3.4.5",
        "05.0004\n05.00ab",
        "sym;asym",
        "0x10de"
      })
  void whatOnlyLooksLikeAnAddressIsNot(String text) {
    assertThat(areIn(PrivateWords.of(Set.of()), text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"module/ice/version", "x/infiniband/mlx5_0/fw_ver", "x/migration_version"})
  void fourNumbersOfAVersionAreNoAddressAndAMacAddressThereIsOne(String path) {
    PrivateWords words = PrivateWords.of(Set.of());
    assertThat(words.areInAttribute(path, "1.9.11.5".getBytes(UTF_8))).isFalse();
    assertThat(words.areInAttribute(path, "52:54:00:12:34:56".getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " site.gpu_serial = 0325",
        "site.note=on node-17",
        "site.uplink=52:54:00:12:34:56",
        "site.uplink=52-54-00-12-34-56",
        "site.port=00:02:c9:03:00:12:34:56",
        "site.bmc=10.0.4.7",
        "site.bmc=fe80::5054:ff:fe12:3456,2",
        "site.bmc=2001:db8:0:0:0:0:0:1"
      })
  void aSerialNumberANameAndAnAddressArePrivate(String line) {
    assertThat(PrivateWords.of(Set.of("node-17")).areInFact(line)).isTrue();
    assertThat(PrivateWords.NONE.areInFact(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nvidia.ecc_mode=on",
        "mlx5.firmware.0000:3b:00.0=22.36.1010",
        "nvidia.vgpu_manager_version=1.2.3.4",
        "host.os_version=9.4.0.1",
        "qat.sla.0000:6b:00.1=sym:0xf:100:200;asym:0xf0:100:200",
        "vfio_ap.card_types.2c1a3a5e-1111-2222-3333-444455556666=06:C:8,07:C:8",
        "site.place=std::vector",
        "site.gpu=0000:3b:00.0",
        "site.package=535.129.03.1.2"
      })
  void aVersionAndAnAddressOfADeviceAreNot(String line) {
    assertThat(PrivateWords.of(Set.of("node-17")).areInFact(line)).isFalse();
  }

  @Test
  void serialNumbersAreThoseOfTheDmiTables() throws IOException {
    SysfsTrees.write(
        directory,
        new TreeMap<>(
            Map.of(
                "class/dmi/id/product_serial", "CZ3456\n",
                "class/dmi/id/board_serial", "To be filled by O.E.M.\n",
                "class/dmi/id/chassis_serial", "0\n")),
        Map.of());
    PrivateWords words =
        PrivateWords.of(
            directory, new HostNames(directory.resolve("hostname"), Map.of(), () -> List.of()));
    assertThat(areIn(words, "version cz3456")).isTrue();
    assertThat(areIn(words, "To be filled by O.E.M. 0")).isFalse();
  }
}
