package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.whatif.HypotheticalChange.EndpointFilter;
import io.fleetcompat.query.whatif.HypotheticalChange.OtherRules;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.RawFleet.RawHost;
import io.fleetcompat.schemas.BadRecordException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Strings that only drivers understand, in fleets that nobody has: unknown, and said to be. */
class UnknownStringsTest {

  private final WhatIf whatIf = new WhatIf(() -> new PairVerdicts<>(WrittenVerdict.FORM));

  @Test
  void aStringThatNobodyHasSeenIsUnknownAndSaidToBe() throws BadRecordException {
    RawFleet fleet = ChangedFleets.fleet(new Random(5));
    fleet.hosts().replaceAll((_, host) -> opaque(host));
    HypotheticalChange change =
        ChangedFleets.change(
            ChangedFleets.select(List.of("host-1")),
            Map.of("migration_version", "new"),
            Optional.empty());
    WhatIfResult found = whatIf.find(fleet.view(ChangedFleets.JUDGE), change, 0, Deadline.NONE);
    assertThat(found.unknown().pairs()).isPositive();
    assertThat(found.unknown().missing())
        .anySatisfy(missing -> assertThat(missing.reason().rule()).hasToString("opaque-unprobed"));
    assertThat(found.profiles()).isNotEmpty().allMatch(WhatIfResult.ChangedProfile::isNew);
  }

  @Test
  void aStringThatOtherHostsHaveIsUnknownAllTheSame() throws BadRecordException {
    RawFleet fleet = ChangedFleets.fleet(new Random(5));
    fleet.hosts().replaceAll((_, host) -> opaque(host));
    HypotheticalChange change =
        ChangedFleets.change(
            ChangedFleets.select(List.of("host-1")),
            Map.of("migration_version", "seen"),
            Optional.empty());
    assertUnknown(fleet, "b", change); // the profile is there, in another pool
    assertUnknown(fleet, "a", change); // and in this one, where its pairs are unknown already
    HypotheticalChange none =
        new HypotheticalChange(
            ChangedFleets.select(List.of()),
            new EndpointFilter(Optional.empty(), Optional.empty()),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty(),
            Service.STAY,
            List.of(),
            Optional.of(new OtherRules(new TreeMap<>(), new TreeMap<>(), Optional.of(Set.of()))),
            List.of(),
            Set.of());
    IndexView view = fleet.view(ChangedFleets.JUDGE);
    assertThat(whatIf.find(view, none, 0, Deadline.NONE).unknown().pairs())
        .as("what was unknown before does not count where only rules change")
        .isZero();
  }

  @Test
  void aDeviceOfWhichNobodyKnowsADestinationIsNotSaidToHaveNone() throws BadRecordException {
    RawFleet fleet = ChangedFleets.fleet(new Random(5));
    fleet.hosts().replaceAll((_, host) -> opaque(host));
    fleet
        .hosts()
        .compute("host-1", (_, host) -> ChangedFleets.with(host, "migration_version", "lone"));
    HypotheticalChange drain =
        new HypotheticalChange(
            ChangedFleets.select(List.of("host-1")),
            new EndpointFilter(Optional.empty(), Optional.empty()),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty(),
            Service.DRAINED,
            List.of(),
            Optional.empty(),
            List.of(),
            Set.of());
    WhatIfResult found = whatIf.find(fleet.view(ChangedFleets.JUDGE), drain, 0, Deadline.NONE);
    WhatIfResult.Displaced displaced = found.drained().orElseThrow();
    assertThat(displaced.devices()).isPositive();
    assertThat(displaced.unknown().total()).isEqualTo(displaced.devices());
    assertThat(displaced.withoutDestination().total()).isZero();
    assertThat(found.selected().judged()).isEqualTo(1);
  }

  private void assertUnknown(RawFleet fleet, String pool, HypotheticalChange change)
      throws BadRecordException {
    fleet
        .hosts()
        .computeIfPresent(
            "host-2",
            (_, host) -> {
              RawHost seen = ChangedFleets.with(host, "migration_version", "seen");
              return new RawHost(
                  Optional.of(pool), seen.kernel(), true, seen.endpoints(), seen.capacity());
            });
    WhatIfResult found = whatIf.find(fleet.view(ChangedFleets.JUDGE), change, 0, Deadline.NONE);
    assertThat(found.profiles()).isNotEmpty().noneMatch(WhatIfResult.ChangedProfile::isNew);
    assertThat(found.unknown().pairs()).isPositive();
    assertThat(found.unknown().missing())
        .anySatisfy(missing -> assertThat(missing.reason().rule()).hasToString("opaque-unprobed"));
  }

  private static RawHost opaque(RawHost host) {
    RawHost only =
        ChangedFleets.without(
            ChangedFleets.with(host, "migration_version", "known"), "software_version");
    return new RawHost(Optional.of("a"), only.kernel(), true, only.endpoints(), only.capacity());
  }
}
