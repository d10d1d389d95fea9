package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutProblem.Device;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem in arrays: places of all hosts are numbered through, host after host, and so are the
 * profiles that occur. A search asks for them millions of times. One thread.
 */
final class IndexedProblem {

  private final RolloutProblem problem;
  private final int[] firstPlace;
  private final int[] hostOfPlace;
  private final Place[] places;
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final List<Integer> profiles = new ArrayList<>();

  /** The profiles of a place before and after the change, and those of what goes there. */
  private final int[] before;

  private final int[] after;
  private final int[] instanceBefore;
  private final int[] instanceAfter;
  private final int[] deviceProfile;

  /** The profiles that some place has or will have. */
  private final BitSet ofPlaces = new BitSet();

  private final BitSet changing = new BitSet();
  private final int cards;
  private final boolean hasDevicesAsPlaces;
  private final @Nullable BitSet[] destinations;

  IndexedProblem(RolloutProblem problem) {
    this.problem = problem;
    List<Place> all = new ArrayList<>();
    firstPlace = new int[problem.hosts().size() + 1];
    int most = 0;
    for (int host = 0; host < problem.hosts().size(); host++) {
      Stop stop = problem.hosts().get(host);
      changing.set(host, stop.changes());
      all.addAll(stop.places());
      firstPlace[host + 1] = all.size();
      for (Place place : stop.places()) {
        most = Math.max(most, place.card() + 1);
      }
    }
    places = all.toArray(Place[]::new);
    cards = most;
    hasDevicesAsPlaces =
        problem.devices().stream().anyMatch(device -> device.at() != RolloutProblem.NONE);
    hostOfPlace = new int[places.length];
    before = new int[places.length];
    after = new int[places.length];
    instanceBefore = new int[places.length];
    instanceAfter = new int[places.length];
    for (int host = 0; host + 1 < firstPlace.length; host++) {
      for (int place = firstPlace[host]; place < firstPlace[host + 1]; place++) {
        hostOfPlace[place] = host;
        before[place] = number(places[place].before());
        after[place] = number(places[place].after());
        instanceBefore[place] = number(places[place].instanceBefore());
        instanceAfter[place] = number(places[place].instanceAfter());
        ofPlaces.set(before[place]);
        ofPlaces.set(after[place]);
      }
    }
    deviceProfile =
        problem.devices().stream().mapToInt(device -> number(device.profile())).toArray();
    destinations = new BitSet[profiles.size()];
  }

  private int number(int profile) {
    return numbers.computeIfAbsent(
        profile,
        each -> {
          profiles.add(each);
          return profiles.size() - 1;
        });
  }

  int hosts() {
    return firstPlace.length - 1;
  }

  int places() {
    return places.length;
  }

  int devices() {
    return deviceProfile.length;
  }

  int profiles() {
    return profiles.size();
  }

  /** True where some place is a device that exists. */
  boolean hasDevicesAsPlaces() {
    return hasDevicesAsPlaces;
  }

  /** More than the greatest number of a card. */
  int cards() {
    return cards;
  }

  int keep() {
    return problem.keep();
  }

  /** The profile that a number stands for. */
  int profile(int number) {
    return profiles.get(number);
  }

  /** The hosts that are to be changed; not to be written to. */
  BitSet changing() {
    return changing;
  }

  int firstPlace(int host) {
    return firstPlace[host];
  }

  int endOfPlaces(int host) {
    return firstPlace[host + 1];
  }

  int hostOfPlace(int place) {
    return hostOfPlace[place];
  }

  int card(int place) {
    return places[place].card();
  }

  /** The room of a place at first. */
  int room(int place) {
    return Math.max(0, places[place].room());
  }

  int profileOfPlace(int place, boolean changed) {
    return changed ? after[place] : before[place];
  }

  /** The profile of what has gone to a place. */
  int instance(int place, boolean changed) {
    return changed ? instanceAfter[place] : instanceBefore[place];
  }

  int hostOfDevice(int device) {
    return device(device).host();
  }

  int profileOfDevice(int device) {
    return deviceProfile[device];
  }

  /** The place that a device itself is, or {@link RolloutProblem#NONE}. */
  int placeOfDevice(int device) {
    return place(device, device(device).at());
  }

  /** The place that has room for one more when a device leaves, or {@link RolloutProblem#NONE}. */
  int freedBy(int device) {
    return place(device, device(device).frees());
  }

  private int place(int device, int index) {
    return index == RolloutProblem.NONE ? index : firstPlace[hostOfDevice(device)] + index;
  }

  private Device device(int device) {
    return problem.devices().get(device);
  }

  /** The profiles of places to which a device of a profile can go; not to be written to. */
  BitSet destinations(int profile) {
    BitSet known = destinations[profile];
    if (known == null) {
      known = new BitSet();
      for (int to = ofPlaces.nextSetBit(0); to >= 0; to = ofPlaces.nextSetBit(to + 1)) {
        known.set(to, problem.ways().isCompatible(profiles.get(profile), profiles.get(to)));
      }
      destinations[profile] = known;
    }
    return known;
  }
}
