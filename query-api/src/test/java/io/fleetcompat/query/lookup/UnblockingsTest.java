package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Evacuation.Obstacle;
import io.fleetcompat.query.lookup.Evacuation.Onward;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
import io.fleetcompat.query.lookup.Evacuation.TypeToGrow;
import io.fleetcompat.query.lookup.Evacuation.Unblocking;
import io.fleetcompat.schemas.BadRecordException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is told to unblock a device does so: it is done, and asked again. */
class UnblockingsTest {

  private static final int FLEETS = 300;

  private int named;
  private int otherTypes;
  private int onward;
  private int twoLacking;

  /** A host in short: the profiles of its endpoints, and the rooms of its types. */
  private record Contents(SortedMap<String, Integer> profiles, SortedMap<String, Integer> rooms) {

    static Contents of(Map<String, Contents> hosts, String host) {
      return Objects.requireNonNull(hosts.get(host));
    }

    int profile(String endpoint) {
      return Objects.requireNonNull(profiles.get(endpoint));
    }

    Contents withOneMore(String type) {
      TreeMap<String, Integer> more = new TreeMap<>(rooms);
      more.merge(type, 1, Integer::sum);
      return new Contents(profiles, more);
    }
  }

  private static SortedMap<String, Contents> hosts(Random random) {
    int[] profiles = random.ints(5, 0, 20).toArray();
    SortedMap<String, Contents> hosts = new TreeMap<>();
    Contents drained = new Contents(new TreeMap<>(), new TreeMap<>());
    for (int device = 0; device < 1 + random.nextInt(4); device++) {
      drained.profiles.put("d" + device, profiles[random.nextInt(2)]);
    }
    hosts.put(DrainedFleet.DRAINED, drained);
    for (int host = 0; host < 2 + random.nextInt(3); host++) {
      Contents contents = new Contents(new TreeMap<>(), new TreeMap<>());
      for (int card = 0; card < 1 + random.nextInt(2); card++) {
        for (int type = 0; type < 1 + random.nextInt(2); type++) {
          String name = "card%d/t%d".formatted(card, type);
          contents.profiles.put(name, profiles[random.nextInt(profiles.length)]);
          int room = random.nextInt(5) - 2;
          if (room >= -1) {
            contents.rooms.put(name, Math.max(0, room));
          }
        }
      }
      if (random.nextInt(5) == 0) {
        contents.profiles.put("made", profiles[random.nextInt(profiles.length)]);
      }
      hosts.put("h" + host, contents);
    }
    return hosts;
  }

  private static Evacuation<WrittenVerdict> evacuate(Map<String, Contents> hosts, int keep)
      throws BadRecordException {
    DrainedFleet fleet = new DrainedFleet();
    for (Map.Entry<String, Contents> host : hosts.entrySet()) {
      fleet.host(host.getKey(), host.getValue().profiles, host.getValue().rooms);
    }
    return fleet.evacuate(keep);
  }

  /** The same hosts with these devices alone on the one that is emptied. */
  private static SortedMap<String, Contents> with(
      Map<String, Contents> hosts, Set<String> devices) {
    SortedMap<String, Contents> fewer = new TreeMap<>(hosts);
    TreeMap<String, Integer> kept =
        new TreeMap<>(Contents.of(hosts, DrainedFleet.DRAINED).profiles);
    kept.keySet().retainAll(devices);
    fewer.put(DrainedFleet.DRAINED, new Contents(kept, new TreeMap<>()));
    return fewer;
  }

  private static SortedMap<String, Contents> withOneMore(
      Map<String, Contents> hosts, String host, String type) {
    SortedMap<String, Contents> more = new TreeMap<>(hosts);
    more.put(host, Contents.of(hosts, host).withOneMore(type));
    return more;
  }

  @Test
  void whatIsToldIsDoneAndAskedAgain() throws BadRecordException {
    for (int seed = 0; seed < FLEETS; seed++) {
      Random random = new Random(seed);
      SortedMap<String, Contents> hosts = hosts(random);
      int keep = random.nextInt(3);
      Evacuation<WrittenVerdict> found = evacuate(hosts, keep);
      assertThat(found.doubts()).as("seed %d", seed).doesNotContain(Doubt.SEARCH_ENDED);
      Set<String> moved = new HashSet<>();
      found.moves().forEach(move -> moved.add(move.device().name()));
      for (Stuck<WrittenVerdict> stuck : found.stuck()) {
        boolean goes = stuck.obstacle() != Obstacle.NO_DESTINATION;
        assertThat(stuck.unblocking().isPresent()).as("seed %d", seed).isEqualTo(goes);
        if (goes) {
          requireTrue(seed, hosts, keep, moved, stuck);
        }
      }
      requireLacking(seed, hosts, keep, moved, found);
    }
    assertThat(named).as("types that are named").isGreaterThan(FLEETS / 2);
    assertThat(otherTypes).as("types on cards of another type").isGreaterThan(FLEETS / 20);
    assertThat(onward).as("places with too few hosts onward").isGreaterThan(FLEETS / 10);
    assertThat(twoLacking).as("fleets that lack two places").isGreaterThan(FLEETS / 20);
  }

  private void requireTrue(
      int seed,
      SortedMap<String, Contents> hosts,
      int keep,
      Set<String> moved,
      Stuck<WrittenVerdict> stuck)
      throws BadRecordException {
    Unblocking<WrittenVerdict> told = stuck.unblocking().orElseThrow();
    assertThat(told.onePlaceMore()).hasSize(Math.min(Unblockings.MAX_NAMED, told.wouldDo()));
    Set<String> devices = new HashSet<>(moved);
    devices.add(stuck.device().name());
    for (TypeToGrow type : told.onePlaceMore()) {
      SortedMap<String, Contents> more =
          withOneMore(with(hosts, devices), type.type().hostName(), type.type().name());
      assertThat(evacuate(more, keep).stuck())
          .as("seed %d: %s, one more at %s", seed, hosts, type)
          .isEmpty();
      named++;
    }
    int device = Contents.of(hosts, DrainedFleet.DRAINED).profile(stuck.device().name());
    int compatible = 0;
    int tooFew = 0;
    int furthest = -1;
    for (String host : hosts.keySet()) {
      for (Map.Entry<String, Integer> each : Contents.of(hosts, host).profiles.entrySet()) {
        if (!host.equals(DrainedFleet.DRAINED)
            && DrainedFleet.isCompatible(device, each.getValue())) {
          boolean type = each.getKey().contains("/");
          int onwards = onwards(hosts, host, each.getValue()).size();
          compatible += type ? 1 : 0;
          tooFew += type && onwards < keep ? 1 : 0;
          furthest = onwards < keep ? Math.max(furthest, onwards) : furthest;
        }
      }
    }
    assertThat(told.tooFewOnward()).as("seed %d", seed).isEqualTo(tooFew);
    assertThat(told.wouldDo() + told.onUsedCards() + tooFew)
        .as("seed %d: %s", seed, hosts)
        .isEqualTo(compatible);
    otherTypes += told.onUsedCards();
    assertThat(told.furthest().isPresent())
        .as("seed %d: %s", seed, stuck)
        .isEqualTo(stuck.obstacle() == Obstacle.TOO_FEW_KEPT);
    if (told.furthest().isPresent()) {
      onward++;
      assertThat(told.furthest().get().hosts()).as("seed %d", seed).isEqualTo(furthest);
      requireNearest(seed, hosts, told.furthest().get());
    }
  }

  /** The hosts to which one can go on, as the judge alone tells. */
  private static Set<String> onwards(Map<String, Contents> hosts, String place, int profile) {
    Set<String> onwards = new HashSet<>(hosts.keySet());
    onwards.removeAll(Set.of(place, DrainedFleet.DRAINED));
    onwards.removeIf(
        host ->
            Contents.of(hosts, host).profiles.values().stream()
                .noneMatch(other -> DrainedFleet.isCompatible(profile, other)));
    return onwards;
  }

  private static void requireNearest(
      int seed, Map<String, Contents> hosts, Onward<WrittenVerdict> onward) {
    String place = onward.from().hostName();
    int profile = Contents.of(hosts, place).profile(onward.from().name());
    Set<String> reached = onwards(hosts, place, profile);
    Set<String> left = new HashSet<>(hosts.keySet());
    left.removeAll(Set.of(place, DrainedFleet.DRAINED));
    left.removeAll(reached);
    assertThat(onward.nearest().isPresent()).as("seed %d", seed).isEqualTo(!left.isEmpty());
    int fewest =
        left.stream()
            .flatMap(host -> Contents.of(hosts, host).profiles.values().stream())
            .mapToInt(other -> DrainedFleet.reasons(profile, other))
            .min()
            .orElse(0);
    onward
        .nearest()
        .ifPresent(
            nearest -> {
              assertThat(nearest.endpoint().hostName()).as("seed %d", seed).isIn(left);
              assertThat(nearest.pair().reasons()).as("seed %d", seed).isEqualTo(fewest);
            });
  }

  /** With one place fewer than are told to be lacking, something still has none. */
  private void requireLacking(
      int seed,
      SortedMap<String, Contents> hosts,
      int keep,
      Set<String> moved,
      Evacuation<WrittenVerdict> found)
      throws BadRecordException {
    Set<String> devices = new HashSet<>(moved);
    found.stuck().stream()
        .filter(stuck -> Set.of(Obstacle.NO_ROOM, Obstacle.COMPETES).contains(stuck.obstacle()))
        .forEach(stuck -> devices.add(stuck.device().name()));
    assertThat(found.lacking()).as("seed %d", seed).hasValue(devices.size() - found.atMost());
    assertThat(found.atMost() > moved.size())
        .as("seed %d", seed)
        .isEqualTo(found.doubts().contains(Doubt.SHARED_CAPACITY));
    if (devices.size() - moved.size() != 2) {
      return;
    }
    twoLacking++;
    for (String host : List.copyOf(hosts.keySet())) {
      for (String type : Contents.of(hosts, host).profiles.keySet()) {
        if (type.contains("/")) {
          SortedMap<String, Contents> more = withOneMore(with(hosts, devices), host, type);
          assertThat(evacuate(more, keep).stuck())
              .as("seed %d: %s, one more at %s/%s", seed, hosts, host, type)
              .isNotEmpty();
        }
      }
    }
  }
}
