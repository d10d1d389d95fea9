package io.fleetcompat.query.rollout;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The pool at one moment of a roll-out: which hosts have changed, where each device is, and what
 * room is left. What is done can be undone, in the opposite order: a trial copies nothing. One
 * thread.
 */
final class RolloutState {

  private static final int NONE = RolloutProblem.NONE;

  private final IndexedProblem problem;
  private final int[] hostOf;
  private final int[] profileOf;
  private final int[] atOf;
  private final int[] room;

  /** The device that a place itself is, as long as it has not left. */
  private final int[] owner;

  /** The number of devices that have come to a card in the roll-out and are there. */
  private final int[] received;

  /** The place of a card to which they have come; of no meaning where there are none. */
  private final int[] receiver;

  private final int[] moved;
  private final int[] gone;
  private final int[] changed;

  /** The number of devices of each host that count. */
  private final int[] load;

  /** The number of devices of each profile that count. */
  private final int[] ofProfile;

  /** The devices on each host, as lists: the first, and of each the next and the one before. */
  private final int[] first;

  private final int[] next;
  private final int[] previous;

  /** The devices of each profile, likewise. */
  private final int[] firstOfProfile;

  private final int[] nextOfProfile;
  private final int[] previousOfProfile;

  private final BitSet finished;
  private final RoomyHosts roomy;

  /** The hosts that have changed since somebody asked for those with room. */
  private final BitSet stale = new BitSet();

  private final UndoLog log = new UndoLog();

  RolloutState(IndexedProblem problem) {
    this.problem = problem;
    int devices = problem.devices();
    hostOf = new int[devices];
    profileOf = new int[devices];
    atOf = new int[devices];
    moved = new int[devices];
    gone = new int[devices];
    next = new int[devices];
    previous = new int[devices];
    room = new int[problem.places()];
    owner = new int[problem.places()];
    received = new int[problem.cards()];
    receiver = new int[problem.cards()];
    changed = new int[problem.hosts()];
    load = new int[problem.hosts()];
    ofProfile = new int[problem.profiles()];
    first = new int[problem.hosts()];
    firstOfProfile = new int[problem.profiles()];
    nextOfProfile = new int[devices];
    previousOfProfile = new int[devices];
    Arrays.setAll(room, problem::room);
    Arrays.fill(owner, NONE);
    Arrays.fill(first, NONE);
    Arrays.fill(firstOfProfile, NONE);
    finished = new BitSet();
    finished.set(0, problem.hosts());
    finished.andNot(problem.changing());
    for (int device = 0; device < devices; device++) {
      hostOf[device] = problem.hostOfDevice(device);
      profileOf[device] = problem.profileOfDevice(device);
      atOf[device] = problem.placeOfDevice(device);
      if (atOf[device] != NONE) {
        owner[atOf[device]] = device;
      }
      load[hostOf[device]]++;
      ofProfile[profileOf[device]]++;
      link(device);
    }
    roomy = new RoomyHosts(problem);
    stale.set(0, problem.hosts());
  }

  private void set(int[] of, int at, int value) {
    log.note(of, at);
    of[at] = value;
  }

  private void add(int[] of, int at, int more) {
    set(of, at, of[at] + more);
  }

  private void link(int device) {
    link(device, first, hostOf[device], next, previous);
    link(device, firstOfProfile, profileOf[device], nextOfProfile, previousOfProfile);
  }

  private void link(int device, int[] firsts, int list, int[] nexts, int[] befores) {
    set(nexts, device, firsts[list]);
    set(befores, device, NONE);
    if (firsts[list] != NONE) {
      set(befores, firsts[list], device);
    }
    set(firsts, list, device);
  }

  private void unlink(int device) {
    unlink(device, first, hostOf[device], next, previous);
    unlink(device, firstOfProfile, profileOf[device], nextOfProfile, previousOfProfile);
  }

  private void unlink(int device, int[] firsts, int list, int[] nexts, int[] befores) {
    if (befores[device] == NONE) {
      set(firsts, list, nexts[device]);
    } else {
      set(nexts, befores[device], nexts[device]);
    }
    if (nexts[device] != NONE) {
      set(befores, nexts[device], befores[device]);
    }
  }

  boolean isChanged(int host) {
    return changed[host] > 0;
  }

  /** The hosts where there is nothing left to do; not to be written to. */
  BitSet finished() {
    return finished;
  }

  /** The device counts: it is not known to be unused. */
  boolean counts(int device) {
    return gone[device] == 0;
  }

  int host(int device) {
    return hostOf[device];
  }

  int profile(int device) {
    return profileOf[device];
  }

  /** The number of devices of a host that count. */
  int load(int host) {
    return load[host];
  }

  /** The number of devices of a profile that count. */
  int devicesOf(int profile) {
    return ofProfile[profile];
  }

  /** A device of a profile, whether it counts or not; {@link RolloutProblem#NONE} of none. */
  int firstOf(int profile) {
    return firstOfProfile[profile];
  }

  /** Another device of the same profile, until each had its turn. */
  int nextOf(int device) {
    return nextOfProfile[device];
  }

  /** The devices of some hosts that count, in order. */
  int[] devices(BitSet hosts) {
    int[] found = new int[hosts.stream().map(host -> load[host]).sum()];
    int size = 0;
    for (int host = hosts.nextSetBit(0); host >= 0; host = hosts.nextSetBit(host + 1)) {
      for (int device = first[host]; device != NONE; device = next[device]) {
        if (gone[device] == 0) {
          found[size++] = device;
        }
      }
    }
    Arrays.sort(found);
    return found;
  }

  /**
   * The room of a place: none where another place of its card has received a device that is still
   * there, since a card tells the room of each of its types as if the others had no device.
   */
  int room(int place) {
    int card = problem.card(place);
    return received[card] > 0 && receiver[card] != place ? 0 : room[place];
  }

  /** True where a device that comes there would take the room of other places of the card. */
  boolean takesRoomOfOthers(int place) {
    int card = problem.card(place);
    int host = problem.hostOfPlace(place);
    if (received[card] > 0) {
      return false;
    }
    for (int other = problem.firstPlace(host); other < problem.endOfPlaces(host); other++) {
      if (other != place && problem.card(other) == card && room[other] > 0) {
        return true;
      }
    }
    return false;
  }

  /** The profile of a place as it is now. */
  int placeProfile(int place) {
    return problem.profileOfPlace(place, isChanged(problem.hostOfPlace(place)));
  }

  /** The profile of a device once it is there. */
  int instance(int place) {
    return problem.instance(place, isChanged(problem.hostOfPlace(place)));
  }

  /** True where the place is a device that may be in use. */
  boolean mayBeInUse(int place) {
    return owner[place] != NONE;
  }

  /** The hosts with room for a device of a profile; not to be written to, valid until a change. */
  BitSet hosts(int profile) {
    refresh();
    return roomy.of(profile);
  }

  /** The number of hosts with room for a device of a profile. */
  int countOfHosts(int profile) {
    refresh();
    return roomy.count(profile);
  }

  private void refresh() {
    for (int host = stale.nextSetBit(0); host >= 0; host = stale.nextSetBit(host + 1)) {
      roomy.look(host, this);
    }
    if (!stale.isEmpty()) {
      stale.clear();
    }
  }

  /** Takes a device to a place of another host. */
  void move(int device, int place) {
    int from = hostOf[device];
    int to = problem.hostOfPlace(place);
    leave(device);
    int unused = owner[place];
    if (unused != NONE) {
      set(gone, unused, 1);
      add(load, to, -1);
      add(ofProfile, profileOf[unused], -1);
      set(owner, place, NONE);
    }
    add(room, place, -1);
    int card = problem.card(place);
    add(received, card, 1);
    set(receiver, card, place);
    unlink(device);
    add(ofProfile, profileOf[device], -1);
    set(profileOf, device, instance(place));
    add(ofProfile, profileOf[device], 1);
    set(hostOf, device, to);
    set(atOf, device, place);
    set(moved, device, 1);
    link(device);
    add(load, from, -1);
    add(load, to, 1);
    touch(from);
    touch(to);
  }

  private void leave(int device) {
    if (moved[device] > 0) {
      add(room, atOf[device], 1);
      add(received, problem.card(atOf[device]), -1);
    } else if (atOf[device] != NONE) {
      set(owner, atOf[device], NONE);
    } else if (problem.freedBy(device) != NONE) {
      add(room, problem.freedBy(device), 1);
    }
  }

  /** Changes a host that has been emptied. */
  void change(int host) {
    set(changed, host, 1);
    touch(host);
  }

  private void touch(int host) {
    log.touch(host);
    look(host);
  }

  private void look(int host) {
    finished.set(host, isChanged(host) || !problem.changing().get(host));
    stale.set(host);
  }

  /** The moment to which {@link #undo} goes back. */
  int mark() {
    return log.size();
  }

  /** Undoes what was done since a moment. */
  void undo(int mark) {
    log.undo(mark, this::look);
  }

  /** All that what comes after depends on: equal ones have the same future. */
  String key() {
    return finished + Arrays.toString(hostOf) + Arrays.toString(atOf) + Arrays.toString(gone);
  }
}
