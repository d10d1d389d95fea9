package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulePacksTest {

  private static final RulePacks BUILT_IN = RulePacks.builtIn();
  private static final SortedMap<String, String> NOTHING = new TreeMap<>();

  private static RulePacks with(String file, String text) throws BadYamlException {
    return BUILT_IN.with(new TreeMap<>(Map.of(file, text)), NOTHING);
  }

  private static Optional<String> selected(RulePacks packs, String driver, String vendor) {
    return packs
        .select(
            DeviceKind.PCI,
            driver,
            address ->
                address.equals("pci/vendor") ? new Parsed.Value<>(vendor) : new Parsed.Absent<>())
        .map(RulePack::name);
  }

  @Test
  void anOperatorsPackTakesThePlaceOfTheOneOfItsId() throws BadYamlException {
    RulePacks packs =
        with(
            "mine.yaml",
            """
            pack: vfio-pci
            version: 7
            title: ours
            match: {kind: [pci], driver: [vfio-pci]}
            no-rules: we do not know
            """);

    assertThat(selected(packs, "vfio-pci", "0x8086")).hasValue("vfio-pci@7");
    assertThat(packs.all()).hasSameSizeAs(BUILT_IN.all());
    assertThat(selected(BUILT_IN, "vfio-pci", "0x8086")).hasValue("vfio-pci@1");
  }

  @Test
  void theNarrowestPackSpeaksAndOfTwoAlikeTheOperators() throws BadYamlException {
    RulePacks packs =
        with("a.yaml", RulePackReaderTest.GOOD.replace("my_vfio_pci", "mlx5_vfio_pci"));
    assertThat(selected(packs, "mlx5_vfio_pci", "0x1234")).hasValue("mine@3");
    assertThat(selected(packs, "mlx5_vfio_pci", "0x15b3")).hasValue("mlx5@1");

    String alike =
        """
        pack: zz
        version: 1
        title: ours
        match: {kind: [pci], driver: [mlx5_vfio_pci]}
        no-rules: we do not know
        """;
    assertThat(selected(with("a.yaml", alike), "mlx5_vfio_pci", "0x15b3")).hasValue("zz@1");
  }

  @Test
  void anAdditionalDemandIsNotSelectedButAsked() throws BadYamlException {
    RulePacks packs =
        with(
            "a.yaml",
            """
            pack: rack
            version: 1
            title: within a rack
            applies: always
            match: {kind: [pci, mdev]}
            rules:
              - id: same
                sentence: Both hosts are in one rack
                attribute: fact/site.rack
                operator: equal
                source: [{document: Our network, section: Racks}]
            """);

    assertThat(selected(packs, "mlx5_core", "0x15b3")).isEmpty();
    assertThat(packs.demands(DeviceKind.PCI, "mlx5_core", address -> new Parsed.Absent<>()))
        .extracting(RulePack::id)
        .containsExactly("rack");
    assertThat(packs.demands(DeviceKind.VIRTIO, "virtio_net", address -> new Parsed.Absent<>()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          nvidia-mdev.ecc            | sometimes | setting rules.option.nvidia-mdev.ecc: expected one of [if-known, required], found 'sometimes'
          nvidia-mdev.speed          | high      | setting rules.option.nvidia-mdev.speed: expected an option of nvidia-mdev: [ecc, vgpu-manager-version], found 'nvidia-mdev.speed'
          """)
  void anUnknownOptionOrValueIsRefused(String name, String value, String problem) {
    assertThatThrownBy(() -> BUILT_IN.with(NOTHING, new TreeMap<>(Map.of(name, value))))
        .isInstanceOf(BadYamlException.class)
        .hasMessage(problem.replace("setting ", ""));
  }

  @Test
  void anOptionOfNoPackIsRefused() {
    assertThatThrownBy(() -> BUILT_IN.with(NOTHING, new TreeMap<>(Map.of("none.x", "y"))))
        .isInstanceOf(BadYamlException.class)
        .hasMessageStartingWith("rules.option.none.x: expected PACK.OPTION with one of the packs ");
  }

  @Test
  void twoFilesOfOneIdAreRefused() {
    SortedMap<String, String> files =
        new TreeMap<>(Map.of("a.yaml", RulePackReaderTest.GOOD, "b.yaml", RulePackReaderTest.GOOD));

    assertThatThrownBy(() -> BUILT_IN.with(files, NOTHING))
        .isInstanceOf(BadYamlException.class)
        .hasMessage("b.yaml:1: expected a pack of an id of its own, found 'mine' of a.yaml");
  }

  @Test
  void theDigestChangesWithContentsAndOptionsAlone() throws BadYamlException {
    RulePacks packs = with("a.yaml", RulePackReaderTest.GOOD);

    assertThat(packs.digest()).matches("[0-9a-f]{16}").isNotEqualTo(BUILT_IN.digest());
    assertThat(with("other.yaml", "# a comment\n\n" + RulePackReaderTest.GOOD).digest())
        .isEqualTo(packs.digest());
    assertThat(with("a.yaml", RulePackReaderTest.GOOD.replace("version: 3", "version: 4")).digest())
        .isNotEqualTo(packs.digest());
    assertThat(packs.with(NOTHING, new TreeMap<>(Map.of("mine.strictness", "low"))).digest())
        .isNotEqualTo(packs.digest());
    assertThat(packs.with(NOTHING, new TreeMap<>(Map.of("mine.strictness", "high"))).digest())
        .isEqualTo(packs.digest());
  }
}
