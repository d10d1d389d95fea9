package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Migratability.Shown;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Related;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigratabilityTest {

  private static final Attribute THERE = Attribute.DIRECTORY;
  private static final Map<String, Attribute> WITH_OPERATIONS =
      Map.of("vfio_debugfs", THERE, "vfio_debugfs/migration", THERE);
  private static final Map<String, Attribute> WITHOUT_OPERATIONS = Map.of("vfio_debugfs", THERE);

  private static Migratability of(
      String driver, Map<String, Attribute> own, Map<String, Attribute> facts) {
    Map<String, Attribute> pci = new TreeMap<>();
    pci.put("vendor", new Attribute.Text("0x15b3"));
    if (!driver.isEmpty()) {
      pci.put("driver", new Attribute.Text(driver));
    }
    Endpoint endpoint =
        new Endpoint(
                EndpointName.device("0000:3b:00.4"),
                EndpointKind.PCI_FUNCTION,
                Optional.empty(),
                Attributes.of(own),
                Attributes.NONE,
                Attributes.of(pci))
            .with(new Related(Attributes.NONE, Attributes.NONE, Attributes.of(facts)));
    Profile profile = Profile.of(endpoint);
    return new Judge(Set.of()).migratability(Profile.parse(profile.canonical()));
  }

  @ParameterizedTest
  @CsvSource({
    "mlx5_vfio_pci, present, MIGRATABLE",
    "mlx5_vfio_pci, absent,  NOT_MIGRATABLE",
    "xe-vfio-pci,   present, MIGRATABLE",
    "vfio-pci,      present, NOT_MIGRATABLE",
    "vfio-pci,      absent,  NOT_MIGRATABLE",
    "acme-vfio-pci, absent,  NOT_MIGRATABLE",
    "acme-vfio-pci, present, UNKNOWN",
    "mlx5_core,     present, UNKNOWN",
  })
  void theDriverShowsItAndTheFactIsAsGood(String driver, String operations, Shown shown) {
    Map<String, Attribute> fact = Map.of("vfio.migration", new Attribute.Text(operations));
    Map<String, Attribute> seen =
        operations.equals("present") ? WITH_OPERATIONS : WITHOUT_OPERATIONS;

    assertThat(of(driver, Map.of(), fact).shown()).isEqualTo(shown);
    assertThat(of(driver, seen, Map.of()).shown()).isEqualTo(shown);
  }

  @Test
  void whatWasSeenCountsBeforeWhatIsSaid() {
    Map<String, Attribute> present = Map.of("vfio.migration", new Attribute.Text("present"));

    assertThat(of("mlx5_vfio_pci", WITHOUT_OPERATIONS, present).shown())
        .isEqualTo(Shown.NOT_MIGRATABLE);
  }

  @Test
  void noFactMendsWhatNobodyCouldTellOfDebugfs() {
    Map<String, Attribute> doubtful = Map.of("vfio_debugfs", new Attribute.Malformed("a file"));

    for (String operations : List.of("present", "absent")) {
      Migratability shown =
          of("mlx5_vfio_pci", doubtful, Map.of("vfio.migration", new Attribute.Text(operations)));
      assertThat(shown.shown()).as(operations).isEqualTo(Shown.UNKNOWN);
      assertThat(shown.detail()).startsWith("vfio/migration is malformed");
    }
  }

  @Test
  void whatIsMissingOrMalformedIsUnknownAndNamed() {
    assertThat(of("mlx5_vfio_pci", Map.of(), Map.of()))
        .satisfies(
            missing -> {
              assertThat(missing.shown()).isEqualTo(Shown.UNKNOWN);
              assertThat(missing.detail()).contains("vfio/migration is missing", "vfio-debugfs.py");
            });
    assertThat(
            of(
                "mlx5_vfio_pci",
                Map.of("vfio_debugfs", new Attribute.Unreadable("EACCES")),
                Map.of()))
        .isEqualTo(new Migratability(Shown.UNKNOWN, "vfio/migration is unreadable: EACCES"));
    assertThat(
            of("mlx5_vfio_pci", Map.of(), Map.of("vfio.migration", new Attribute.Text("perhaps")))
                .detail())
        .startsWith("vfio/migration is malformed: expected one of present, absent");
    assertThat(of("", Map.of(), Map.of()).shown()).isEqualTo(Shown.UNKNOWN);
  }

  @Test
  void aMigrationInterfaceOfTheDriverShowsIt() {
    Migratability shown =
        of("acme", Map.of("migration_version", new Attribute.Text("1.2")), Map.of());

    assertThat(shown.shown()).isEqualTo(Shown.MIGRATABLE);
    assertThat(shown.detail()).contains("opaque-version");
  }
}
