package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PastSightings;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.RolloutResult.When;
import io.fleetcompat.query.whatif.HypotheticalChange.EndpointFilter;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.PlanQuestion.InUse;
import io.fleetcompat.query.whatif.PlanResult.PoolPlan;
import io.fleetcompat.query.whatif.RawFleet.RawEndpoint;
import io.fleetcompat.query.whatif.RawFleet.RawHost;
import io.fleetcompat.schemas.BadRecordException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Plans of fleets as they are read: an upgrade of mdev types, host by host. */
class PlansTest {

  private static final Judge JUDGE = new Judge(Set.of());

  private final Plans plans = new Plans(() -> new PairVerdicts<>(WrittenVerdict.FORM));

  /** Hosts of one pool with a type, a device of it, and room for so many more. */
  private static IndexView fleet(int hosts, int room, String compatible) throws BadRecordException {
    TreeMap<String, RawHost> byName = new TreeMap<>();
    for (int n = 0; n < hosts; n++) {
      Map<String, String> type = new TreeMap<>();
      type.put("device_api", "vfio-pci");
      type.put("software_version", "1.0.0");
      if (!compatible.isEmpty()) {
        type.put("compatible_type", compatible);
      }
      Map<String, String> pci = Map.of("vendor", "0x8086", "device", "0x193b", "driver", "i915");
      TreeMap<String, RawEndpoint> endpoints = new TreeMap<>();
      endpoints.put("0000:00:02.0/t-1", new RawEndpoint(EndpointKind.MDEV_TYPE, type, pci));
      endpoints.put(
          "0000000%d-0000-0000-0000-000000000001".formatted(n),
          new RawEndpoint(EndpointKind.MDEV_DEVICE, type, pci));
      byName.put(
          "host-" + n,
          new RawHost(
              Optional.of("a"), "6.1.0", true, endpoints, Map.of("0000:00:02.0/t-1", room)));
    }
    return new RawFleet(byName).view(JUDGE);
  }

  private static HypotheticalChange change(Service service, String name, String value) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put(name, new Attribute.Text(value));
    return new HypotheticalChange(
        new HostSelection(
            List.of(),
            Optional.of("a"),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new EndpointFilter(Optional.empty(), Optional.empty()),
        attributes,
        Optional.empty(),
        Optional.empty(),
        service,
        List.of(),
        Optional.empty(),
        List.of(),
        Set.of());
  }

  private PoolPlan plan(IndexView view, String name, String value, int keep) {
    PlanResult result =
        plans.find(
            view,
            new PlanQuestion(change(Service.STAY, name, value), keep, InUse.ALL),
            new PastSightings(0),
            Deadline.NONE);
    assertThat(result.pools()).hasSize(1);
    return result.pools().getFirst();
  }

  @Test
  void aMinorUpgradeGoesInWavesThatLeaveRoom() throws BadRecordException {
    PoolPlan plan = plan(fleet(6, 1, ""), "pci/class", "0x030100", 1);
    assertThat(plan.blocked()).isEmpty();
    assertThat(plan.toChange()).isEqualTo(6);
    assertThat(plan.belowKeep().total()).isZero();
    assertThat(plan.atOnce()).isBetween(2, 5);
    Set<String> changed = new HashSet<>();
    plan.waves()
        .forEach(
            wave -> {
              assertThat(wave.moves())
                  .allSatisfy(
                      move -> {
                        assertThat(wave.hosts()).contains(move.from());
                        assertThat(move.mayBeInUse()).isFalse();
                        assertThat(wave.hosts())
                            .noneMatch(host -> move.to().startsWith(host + "/"));
                      });
              changed.addAll(wave.hosts());
            });
    assertThat(changed).hasSize(6);
  }

  @Test
  void whatCannotGoToTheUpgradedSideIsTheProof() throws BadRecordException {
    PoolPlan plan = plan(fleet(4, 8, ""), "software_version", "2.0.0", 1);
    PlanResult.Blocked blocked = plan.blocked().orElseThrow();
    assertThat(blocked.certain()).isTrue();
    assertThat(blocked.when()).isEqualTo(When.LAST);
    assertThat(blocked.blocks())
        .singleElement()
        .satisfies(
            block -> {
              assertThat(block.hosts().total()).isEqualTo(4);
              assertThat(block.obstacle()).isEqualTo(Obstacle.TOO_FEW_KEPT);
              assertThat(block.reasons())
                  .anySatisfy(reason -> assertThat(reason.rule()).hasToString("software-version"));
            });
  }

  @Test
  void pairsThatNobodyKnowsAreNoProof() throws BadRecordException {
    PlanResult.Blocked blocked =
        plan(fleet(4, 8, ""), "migration_version", "never-seen", 1).blocked().orElseThrow();
    assertThat(blocked.certain()).isFalse();
    assertThat(blocked.unknown()).isTrue();
  }

  @Test
  void hostsThatHaveAllOfTheChangeAreNotEmptied() throws BadRecordException {
    PoolPlan plan = plan(fleet(4, 0, ""), "software_version", "1.0.0", 1);
    assertThat(plan.toChange()).isZero();
    assertThat(plan.waves()).isEmpty();
    assertThat(plan.blocked()).isEmpty();
  }

  @Test
  void aHostThatWasNotHeardOfForTooLongIsInNoPlan() throws BadRecordException {
    Sightings late =
        new HeardSightings(
            new LastSeen(),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            Clock.fixed(Instant.EPOCH.plus(Duration.ofHours(1)), ZoneOffset.UTC));
    HypotheticalChange upgrade = change(Service.STAY, "pci/class", "0x030100");
    PlanResult result =
        plans.find(fleet(4, 1, ""), new PlanQuestion(upgrade, 1, InUse.ALL), late, Deadline.NONE);
    assertThat(result.selected().silent()).isEqualTo(4);
    assertThat(result.selected().judged()).isZero();
    assertThat(result.pools()).allSatisfy(pool -> assertThat(pool.toChange()).isZero());
  }

  @Test
  void aPoolThatIsFullCannotBegin() throws BadRecordException {
    PoolPlan plan = plan(fleet(4, 0, ""), "pci/class", "0x030100", 0);
    PlanResult.Blocked blocked = plan.blocked().orElseThrow();
    assertThat(blocked.certain()).isTrue();
    assertThat(plan.waves()).isEmpty();
    assertThat(blocked.blocks().getFirst().obstacle()).isEqualTo(Obstacle.NO_ROOM);
    assertThat(plan(fleet(4, 0, ""), "pci/class", "0x030100", 1).belowKeep().total()).isEqualTo(4);
  }

  @Test
  void aPoolThatIsTooLargeIsRefusedBeforeItIsLookedAt() throws BadRecordException {
    IndexView view = fleet(Plans.MAX_HOSTS + 1, 1, "");
    PlanQuestion upgrade = new PlanQuestion(change(Service.STAY, "pci/class", "0x1"), 1, InUse.ALL);
    assertThatThrownBy(() -> plans.find(view, upgrade, new PastSightings(0), Deadline.NONE))
        .isInstanceOf(ImpossibleChangeException.class)
        .hasMessageContaining("expected pools of at most 10000 live hosts and 160000 devices")
        .hasMessageContaining("found 'a' with 10001 and 10001");
  }

  @Test
  void onlySoftwareIsPlanned() throws BadRecordException {
    IndexView view = fleet(2, 1, "");
    assertThatThrownBy(
            () ->
                plans.find(
                    view,
                    new PlanQuestion(change(Service.DRAINED, "pci/class", "0x1"), 1, InUse.ALL),
                    new PastSightings(0),
                    Deadline.NONE))
        .isInstanceOf(ImpossibleChangeException.class)
        .hasMessageContaining("expected a change of hosts' software alone");
  }
}
