package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.lookup.CardName;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.rollout.RolloutProblem;
import io.fleetcompat.query.rollout.RolloutProblem.Device;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import io.fleetcompat.query.whatif.PlanQuestion.InUse;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The hosts of a pool as a search for an order takes them: what each has now and would have after
 * the change. One use, one thread.
 *
 * <p>Types, and devices that exist, are places; an mdev device is none, since it is what somebody
 * has made. What has gone to a type is from then on a device of that type: it has the profile of
 * one that is on a host beside that type, else the one that the type tells.
 */
final class PoolRollout {

  private final IndexView now;
  private final IndexView then;
  private final Set<String> changing;
  private final InUse inUse;
  private final ToIntFunction<Profile> slots;
  private final List<Host> hosts;
  private final List<IndexedEndpoint> devices = new ArrayList<>();
  private final Map<Integer, Integer> instances = new HashMap<>();
  private final Map<Integer, Likeness> likeness = new HashMap<>();
  private final Map<String, Integer> cards = new HashMap<>();

  /** The endpoints of each host that are places, by index. */
  private final List<List<Integer>> places = new ArrayList<>();

  /**
   * @param then the view after the change of all hosts
   * @param hosts the live hosts of the pool, by name
   * @param changing the names of those that are to be changed
   * @param inUse the devices that need a place
   * @param slots gives slots to profiles that nobody has
   */
  PoolRollout(
      IndexView now,
      IndexView then,
      List<Host> hosts,
      Set<String> changing,
      InUse inUse,
      ToIntFunction<Profile> slots) {
    this.now = now;
    this.then = then;
    this.hosts = hosts;
    this.changing = changing;
    this.inUse = inUse;
    this.slots = slots;
    for (Host host : hosts) {
      witness(host.placed().endpoints());
      witness(after(host));
    }
  }

  /** The hosts, by their number in the problem. */
  List<Host> hosts() {
    return hosts;
  }

  /** The devices, by their number in the problem. */
  List<IndexedEndpoint> devices() {
    return devices;
  }

  /** An endpoint that a place is. */
  IndexedEndpoint endpoint(int host, int place) {
    return IndexedEndpoint.of(hosts.get(host), places.get(host).get(place));
  }

  /**
   * The problem.
   *
   * @param ways asked only once the problem is made: it may have profiles that nobody has
   */
  RolloutProblem problem(int keep, RolloutProblem.Ways ways) {
    List<Stop> stops = new ArrayList<>();
    List<Device> found = new ArrayList<>();
    for (int n = 0; n < hosts.size(); n++) {
      Host host = hosts.get(n);
      EndpointTable before = host.placed().endpoints();
      EndpointTable after = after(host);
      List<Integer> at = new ArrayList<>();
      List<Place> of = new ArrayList<>();
      for (int i = 0; i < before.size(); i++) {
        if (before.kind(i) != EndpointEntryKind.MDEV_DEVICE) {
          at.add(i);
          of.add(place(host, i, before, after));
        }
      }
      for (int i = 0; i < before.size(); i++) {
        if (isInUse(before, i)) {
          devices.add(IndexedEndpoint.of(host, i));
          found.add(
              new Device(
                  n, before.slot(i), at.indexOf(i), at.indexOf(madeOf(before, i).orElse(-1))));
        }
      }
      places.add(at);
      stops.add(new Stop(changes(host), of));
    }
    return new RolloutProblem(stops, found, ways, keep);
  }

  private boolean isInUse(EndpointTable table, int index) {
    return switch (inUse) {
      case ALL -> !table.isType(index);
      case MDEV -> table.kind(index) == EndpointEntryKind.MDEV_DEVICE;
    };
  }

  private Place place(Host host, int index, EndpointTable before, EndpointTable after) {
    boolean type = before.isType(index);
    int capacity = host.capacities().of(before.name(index));
    String card = CardName.of(IndexedEndpoint.of(host, index)).name();
    return new Place(
        before.slot(index),
        after.slot(index),
        type ? instance(before.slot(index)) : before.slot(index),
        type ? instance(after.slot(index)) : after.slot(index),
        type ? capacity : 1,
        cards.computeIfAbsent(card, _ -> cards.size()),
        !type);
  }

  private EndpointTable after(Host host) {
    return changed(host).placed().endpoints();
  }

  private Host changed(Host host) {
    return changing.contains(host.name())
        ? Objects.requireNonNull(then.fleet().find(host.id()))
        : host;
  }

  /** True where a host would be another: one that has all of the change already is not emptied. */
  private boolean changes(Host host) {
    EndpointTable before = host.placed().endpoints();
    EndpointTable after = after(host);
    boolean differs = !host.placed().kernel().equals(changed(host).placed().kernel());
    for (int i = 0; i < before.size() && !differs; i++) {
      differs = before.slot(i) != after.slot(i);
    }
    return differs;
  }

  /** The type on its host that a device is made of; empty where that is not known. */
  private Optional<Integer> madeOf(EndpointTable table, int device) {
    if (table.kind(device) != EndpointEntryKind.MDEV_DEVICE) {
      return Optional.empty();
    }
    Likeness like = likeness(table.slot(device));
    for (int i = 0; i < table.size(); i++) {
      if (table.kind(i) == EndpointEntryKind.MDEV_TYPE && like.isLike(likeness(table.slot(i)))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private Likeness likeness(int slot) {
    return likeness.computeIfAbsent(
        slot, each -> profile(each).map(Likeness::of).orElse(Likeness.NONE));
  }

  private Optional<Profile> profile(int slot) {
    return Optional.ofNullable(then.matrix().profile(slot))
        .or(() -> Optional.ofNullable(now.matrix().profile(slot)))
        .map(entry -> entry.profile());
  }

  private void witness(EndpointTable table) {
    Set<Integer> done = new HashSet<>();
    for (int i = 0; i < table.size(); i++) {
      if (done.add(table.slot(i))) {
        int device = table.slot(i);
        madeOf(table, i).ifPresent(type -> instances.putIfAbsent(table.slot(type), device));
      }
    }
  }

  private int instance(int type) {
    return instances.computeIfAbsent(
        type, slot -> profile(slot).map(Profile::ofDevice).map(slots::applyAsInt).orElse(slot));
  }
}
