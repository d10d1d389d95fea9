package io.fleetcompat.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.avro.HostInventory;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SyntheticFleetTest {

  private final SyntheticFleet fleet = new SyntheticFleet(1000);

  @Test
  void aThousandHostsHaveSixteenEndpointsEachAndAThousandProfilesInAll() {
    Set<Fingerprint> profiles = new TreeSet<>();
    for (int host = 0; host < fleet.hosts(); host++) {
      HostInventory document = fleet.document(host, SyntheticFleet.release(host), 1, Instant.EPOCH);
      assertThat(InventoryDocument.entries(document)).hasSize(SyntheticFleet.ENDPOINTS_PER_HOST);
      InventoryDocument.endpoints(document).forEach(e -> profiles.add(Profile.of(e).fingerprint()));
    }
    assertThat(profiles).hasSize(1000);
  }

  @Test
  void anUpgradeBringsFortyProfilesThatNobodyHad() {
    assertThat(fleet.profiles(SyntheticFleet.RELEASES)).hasSize(40);
    assertThat(fleet.profiles(SyntheticFleet.RELEASES))
        .doesNotContainAnyElementsOf(fleet.profiles(SyntheticFleet.RELEASES - 1));
  }

  @Test
  void theProfilesOfAReleaseAreThoseThatItsDocumentsHave() {
    Set<Fingerprint> profiles = new TreeSet<>();
    for (int host = 0; host < SyntheticFleet.MODELS; host++) {
      HostInventory document = fleet.document(host, SyntheticFleet.RELEASES, 1, Instant.EPOCH);
      InventoryDocument.endpoints(document).forEach(e -> profiles.add(Profile.of(e).fingerprint()));
    }
    assertThat(fleet.profiles(SyntheticFleet.RELEASES)).isEqualTo(profiles);
  }
}
