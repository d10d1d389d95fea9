package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The hosts that can be emptied at no time, whatever goes before, since the other hosts never have
 * the room. Moves make no room: what leaves a place needs another one. So while a host is out, its
 * devices have taken room that the other hosts had at first, and what is left of that must do for
 * the hosts that each device can still go to.
 *
 * <p>It is counted by families: profiles of devices and of places that are linked by what can go
 * where. No device ever leaves its family. A family with places that are devices themselves is left
 * out: when these are unused, they need no place. Room is counted as if each card took devices of
 * several types at once, so the real room is never more. One use, one thread.
 */
final class RoomElsewhere {

  private final IndexedProblem problem;
  private final KeptHosts kept;

  /** By profile: another one of its family; the family's number where it is the profile itself. */
  private final int[] towards;

  /** By family: a place of it is a device. */
  private final BitSet withDevicePlaces = new BitSet();

  /** By family: all room at first, and most hosts that one of its devices must be able to go to. */
  private final long[] room;

  private final int[] required;

  /** By family: the devices of others that make room for it when they leave. */
  private final int[] madeByOthers;

  RoomElsewhere(IndexedProblem problem, KeptHosts kept) {
    this.problem = problem;
    this.kept = kept;
    int profiles = problem.profiles();
    towards = new int[profiles];
    Arrays.setAll(towards, profile -> profile);
    room = new long[profiles];
    required = new int[profiles];
    madeByOthers = new int[profiles];
    link();
    count();
  }

  private void link() {
    for (int place = 0; place < problem.places(); place++) {
      join(problem.profileOfPlace(place, false), problem.profileOfPlace(place, true));
      for (boolean changed : new boolean[] {false, true}) {
        join(problem.profileOfPlace(place, changed), problem.instance(place, changed));
      }
    }
    for (int profile = 0; profile < problem.profiles(); profile++) {
      int from = profile;
      problem.destinations(profile).stream().forEach(to -> join(from, to));
    }
  }

  private void count() {
    for (int place = 0; place < problem.places(); place++) {
      room[familyOfPlace(place)] += problem.room(place);
    }
    for (int device = 0; device < problem.devices(); device++) {
      int family = familyOfDevice(device);
      required[family] = Math.max(required[family], kept.required(device));
      int itself = problem.placeOfDevice(device);
      if (itself != RolloutProblem.NONE) {
        withDevicePlaces.set(family);
        withDevicePlaces.set(familyOfPlace(itself));
      }
      int freed = problem.freedBy(device);
      if (freed != RolloutProblem.NONE && familyOfPlace(freed) != family) {
        madeByOthers[familyOfPlace(freed)]++;
      }
    }
  }

  private void join(int one, int other) {
    towards[family(one)] = family(other);
  }

  private int family(int profile) {
    int at = profile;
    while (towards[at] != at) {
      towards[at] = towards[towards[at]];
      at = towards[at];
    }
    return at;
  }

  private int familyOfPlace(int place) {
    return family(problem.profileOfPlace(place, false));
  }

  private int familyOfDevice(int device) {
    return family(problem.profileOfDevice(device));
  }

  /** The obstacles of hosts that can be emptied at no time; each is a proof of its own. */
  List<Block> blocks() {
    List<List<Integer>> devicesOf = new ArrayList<>();
    for (int host = 0; host < problem.hosts(); host++) {
      devicesOf.add(new ArrayList<>());
    }
    for (int device = 0; device < problem.devices(); device++) {
      devicesOf.get(problem.hostOfDevice(device)).add(device);
    }
    List<Block> blocks = new ArrayList<>();
    for (int host = 0; host < problem.hosts(); host++) {
      if (problem.changing().get(host)) {
        block(host, devicesOf.get(host)).ifPresent(blocks::add);
      }
    }
    return blocks;
  }

  private Optional<Block> block(int host, List<Integer> devices) {
    int[] families = devices.stream().mapToInt(this::familyOfDevice).sorted().distinct().toArray();
    for (int family : families) {
      List<Integer> leaving =
          devices.stream().filter(device -> familyOfDevice(device) == family).toList();
      if (!withDevicePlaces.get(family)
          && leaving.size() + required[family] > roomElsewhere(family, host)) {
        return Optional.of(
            new Block(
                host,
                Obstacle.ROOM_ELSEWHERE,
                leaving.stream().limit(WaveTrial.MOST_NAMED).toList(),
                problem.profile(problem.profileOfDevice(leaving.getFirst()))));
      }
    }
    return Optional.empty();
  }

  private long roomElsewhere(int family, int host) {
    long own = 0;
    for (int place = problem.firstPlace(host); place < problem.endOfPlaces(host); place++) {
      own += familyOfPlace(place) == family ? problem.room(place) : 0;
    }
    return room[family] - own + madeByOthers[family];
  }
}
