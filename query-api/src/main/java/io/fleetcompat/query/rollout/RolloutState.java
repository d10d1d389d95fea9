package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutProblem.Device;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutStep.Move;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The pool at one moment of a roll-out: which hosts have changed, where each device is, and what
 * room is left. One thread.
 */
final class RolloutState {

  private final RolloutProblem problem;
  private final BitSet changed;
  private final int[] hostOf;
  private final int[] profileOf;
  private final int[] atOf;
  private final BitSet moved;
  private final BitSet gone;
  private final int[][] room;

  /** The device that a place itself is, as long as it has not left; by host and place. */
  private final int[][] owner;

  /** The number of devices that have come to a card in the roll-out and are there; by card. */
  private final int[] received;

  /** The place of a card to which they have come; of no meaning where there are none. */
  private final int[] receiver;

  RolloutState(RolloutProblem problem) {
    this.problem = problem;
    this.changed = new BitSet();
    this.moved = new BitSet();
    this.gone = new BitSet();
    List<Device> devices = problem.devices();
    hostOf = devices.stream().mapToInt(Device::host).toArray();
    profileOf = devices.stream().mapToInt(Device::profile).toArray();
    atOf = devices.stream().mapToInt(Device::at).toArray();
    room =
        problem.hosts().stream()
            .map(
                host ->
                    host.places().stream().mapToInt(place -> Math.max(0, place.room())).toArray())
            .toArray(int[][]::new);
    int cards =
        1
            + problem.hosts().stream()
                .flatMap(host -> host.places().stream())
                .mapToInt(Place::card)
                .max()
                .orElse(0);
    received = new int[cards];
    receiver = new int[cards];
    owner = new int[room.length][];
    for (int host = 0; host < room.length; host++) {
      owner[host] = new int[room[host].length];
      Arrays.fill(owner[host], RolloutProblem.NONE);
    }
    for (int device = 0; device < devices.size(); device++) {
      if (atOf[device] != RolloutProblem.NONE) {
        owner[hostOf[device]][atOf[device]] = device;
      }
    }
  }

  private RolloutState(RolloutState of) {
    problem = of.problem;
    changed = (BitSet) of.changed.clone();
    hostOf = of.hostOf.clone();
    profileOf = of.profileOf.clone();
    atOf = of.atOf.clone();
    moved = (BitSet) of.moved.clone();
    gone = (BitSet) of.gone.clone();
    room = Arrays.stream(of.room).map(int[]::clone).toArray(int[][]::new);
    owner = Arrays.stream(of.owner).map(int[]::clone).toArray(int[][]::new);
    received = of.received.clone();
    receiver = of.receiver.clone();
  }

  RolloutState copy() {
    return new RolloutState(this);
  }

  boolean isChanged(int host) {
    return changed.get(host);
  }

  /** True where there is nothing left to do there. */
  boolean isFinal(int host) {
    return changed.get(host) || !problem.hosts().get(host).changes();
  }

  /** The device counts: it is not known to be unused. */
  boolean counts(int device) {
    return !gone.get(device);
  }

  int host(int device) {
    return hostOf[device];
  }

  int profile(int device) {
    return profileOf[device];
  }

  /**
   * The room of a place: none where another place of its card has received a device that is still
   * there, since a card tells the room of each of its types as if the others had no device.
   */
  int room(int host, int place) {
    int card = card(host, place);
    return received[card] > 0 && receiver[card] != place ? 0 : room[host][place];
  }

  private int card(int host, int place) {
    return problem.hosts().get(host).places().get(place).card();
  }

  /** The profile of a place as it is now. */
  int placeProfile(int host, int place) {
    Place of = problem.hosts().get(host).places().get(place);
    return changed.get(host) ? of.after() : of.before();
  }

  /** The profile of a device once it is there. */
  int instance(int host, int place) {
    Place of = problem.hosts().get(host).places().get(place);
    return changed.get(host) ? of.instanceAfter() : of.instanceBefore();
  }

  /** True where the place is a device that may be in use. */
  boolean mayBeInUse(int host, int place) {
    return owner[host][place] != RolloutProblem.NONE;
  }

  /** The hosts with room for a device of a profile, but for those that are out. */
  BitSet hosts(int profile, BitSet out) {
    BitSet hosts = new BitSet();
    for (int host = 0; host < room.length; host++) {
      if (!out.get(host) && takes(host, profile)) {
        hosts.set(host);
      }
    }
    return hosts;
  }

  private boolean takes(int host, int profile) {
    for (int place = 0; place < room[host].length; place++) {
      if (room(host, place) > 0
          && problem.ways().isCompatible(profile, placeProfile(host, place))) {
        return true;
      }
    }
    return false;
  }

  /** Takes a device to another host. */
  void move(Move move) {
    int device = move.device();
    leave(device);
    int unused = owner[move.host()][move.place()];
    if (unused != RolloutProblem.NONE) {
      gone.set(unused);
      owner[move.host()][move.place()] = RolloutProblem.NONE;
    }
    room[move.host()][move.place()]--;
    int card = card(move.host(), move.place());
    received[card]++;
    receiver[card] = move.place();
    profileOf[device] = instance(move.host(), move.place());
    hostOf[device] = move.host();
    atOf[device] = move.place();
    moved.set(device);
  }

  private void leave(int device) {
    int host = hostOf[device];
    if (moved.get(device)) {
      room[host][atOf[device]]++;
      received[card(host, atOf[device])]--;
    } else if (atOf[device] != RolloutProblem.NONE) {
      owner[host][atOf[device]] = RolloutProblem.NONE;
    } else if (problem.devices().get(device).frees() != RolloutProblem.NONE) {
      room[host][problem.devices().get(device).frees()]++;
    }
  }

  /** Changes a host that has been emptied. */
  void change(int host) {
    changed.set(host);
  }

  /** All that what comes after depends on: equal ones have the same future. */
  String key() {
    return changed + Arrays.toString(hostOf) + Arrays.toString(atOf) + gone;
  }
}
