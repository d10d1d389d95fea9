package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.PoolHealthSample;
import io.fleetcompat.query.lookup.Pools.ListedPool;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.StrandedMember;
import io.fleetcompat.testing.IndexedFleet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pools with their health. */
final class PoolsTest {

  private static final int PROFILES = 20;

  private final IndexedFleet fleet = new IndexedFleet(3, 4, PROFILES, 2);

  private static IndexView with(FilledView view, PoolHealthRecord... healths)
      throws BadRecordException {
    for (PoolHealthRecord health : healths) {
      view.with(IndexChange.health(health.getPool(), health));
    }
    return view.view();
  }

  private Fingerprint profile() {
    return Fingerprint.of(fleet.placement(0, 1).getProfiles().getFirst().bytes());
  }

  @Test
  void whatNobodyKnowsComesFirstAndThenTheWorst() throws BadRecordException {
    IndexView view =
        with(FilledView.of(fleet).withHosts(2), PoolHealthSample.of("pool-1", profile(), 3, 1));
    assertThat(Pools.list(view)).extracting(ListedPool::name).containsExactly("pool-0", "pool-1");
    view =
        with(
            FilledView.of(fleet).withHosts(2),
            PoolHealthSample.of("pool-0", profile(), 2, 1),
            PoolHealthSample.of("pool-1", profile(), 3, 1));
    assertThat(Pools.list(view)).extracting(ListedPool::name).containsExactly("pool-1", "pool-0");
    view =
        with(
            FilledView.of(fleet).withHosts(2),
            PoolHealthSample.of("pool-0", profile(), 2, 2),
            PoolHealthSample.of("pool-1", profile(), 3, 1));
    assertThat(Pools.list(view)).extracting(ListedPool::name).containsExactly("pool-0", "pool-1");
  }

  @Test
  void strandedEndpointsAreNamed() throws BadRecordException {
    IndexView view =
        with(FilledView.of(fleet).withHosts(4), PoolHealthSample.of("pool-0", profile(), 3, 1));
    Pools.Stranded stranded = Pools.find(view, "pool-0", 10).orElseThrow().stranded().getFirst();
    assertThat(stranded.member()).extracting(StrandedMember::getTypes).isEqualTo(3);
    assertThat(stranded.endpoints())
        .isNotEmpty()
        .allMatch(
            name -> name.startsWith(IndexedFleet.host(0)) || name.startsWith(IndexedFleet.host(2)));
  }

  @Test
  void aHealthOfAnotherPoolThanItsKeySaysIsRefused() {
    PoolHealthRecord ofAnother = PoolHealthSample.of("a", profile(), 1, 1);
    assertThatThrownBy(() -> IndexChange.health("b", ofAnother))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void theHealthOfAPoolEnds() throws BadRecordException {
    FilledView filled = FilledView.of(fleet).withHosts(2);
    with(filled, PoolHealthSample.of("pool-0", profile(), 1, 1));
    IndexView view = filled.with(new IndexChange.PoolForgotten("pool-0")).view();
    assertThat(Pools.list(view)).extracting(ListedPool::health).allMatch(Optional::isEmpty);
    assertThat(view.health().find("pool-0")).isEmpty();
  }
}
