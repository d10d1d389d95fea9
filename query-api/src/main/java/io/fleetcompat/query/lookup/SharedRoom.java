package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.evacuation.PlaceSearch;
import io.fleetcompat.query.replica.Capacities;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.query.replica.keys.CandidateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The room of one host for all devices of a machine at once. Types of one parent, and functions of
 * one card, each tell their room as if nothing were made of the others (sysfs-bus-vfio, {@code
 * available_instances}), so the room of all together lies between two numbers:
 *
 * <ul>
 *   <li>What is certain: each card takes devices of one type of one parent, as many as that tells.
 *   <li>More than which is impossible: every type takes what it tells, whatever the others take;
 *       but a virtual function whose types have room for one each holds one device, of whichever.
 * </ul>
 *
 * <p>A device that exists has room for one where nobody has it. A type whose room nobody tells may
 * have room for all, and none for certain. One thread.
 */
final class SharedRoom {

  /** In place of a type's index: the types of a function have pools of their own. */
  private static final int APART = -1;

  /** As many as any machine has, of a type whose room nobody tells. */
  private static final int MOST_DEVICES = 64;

  private final Host host;
  private final EndpointTable endpoints;

  /** {@link CandidateKey#NO_CAPACITY} where nobody tells. */
  private final int[] told;

  private final int[] rooms;
  private final Map<String, Integer> firstOfFunction = new HashMap<>();
  private final Map<Integer, String> cards = new HashMap<>();

  /**
   * @param uses of its devices that exist, by name
   */
  SharedRoom(Host host, Function<String, Use> uses) {
    this.host = host;
    this.endpoints = host.placed().endpoints();
    this.told =
        IntStream.range(0, endpoints.size())
            .map(
                i ->
                    endpoints.isType(i)
                        ? IndexedEndpoint.of(host, i).capacity()
                        : Capacities.room(uses.apply(endpoints.name(i))))
            .toArray();
    this.rooms = IntStream.range(0, told.length).map(this::most).toArray();
  }

  private int most(int endpoint) {
    if (told[endpoint] != CandidateKey.NO_CAPACITY) {
      return told[endpoint];
    }
    return endpoints.isType(endpoint) ? MOST_DEVICES : 1;
  }

  /**
   * Endpoints for all devices.
   *
   * @param chosen one for each device, by index
   * @param doubts why nobody knows whether they take all devices at once; empty where it is certain
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed
  record Fit(int[] chosen, Set<Doubt> doubts) {

    Fit {
      doubts = Set.copyOf(doubts);
    }

    /** The same fit with another doubt. */
    Fit with(Doubt another) {
      EnumSet<Doubt> more = EnumSet.of(another);
      more.addAll(doubts);
      return new Fit(chosen, more);
    }
  }

  /** The number of devices that an endpoint takes at most, as far as it tells. */
  int of(int endpoint) {
    return rooms[endpoint];
  }

  /** The reason for which the room of an endpoint is not certain; empty where it is. */
  Optional<Doubt> doubt(int endpoint) {
    if (told[endpoint] != CandidateKey.NO_CAPACITY) {
      return Optional.empty();
    }
    return Optional.of(endpoints.isType(endpoint) ? Doubt.CAPACITY_UNKNOWN : Doubt.IN_USE_UNKNOWN);
  }

  /**
   * A fit, a certain one where there is one; empty where it is certain that there is none.
   *
   * @param wishes for each device the endpoints with room that it may take, best first
   * @param check asked now and then: it throws where time is up
   */
  Optional<Fit> fit(List<int[]> wishes, Runnable check) {
    Optional<int[]> most = atMost(wishes);
    if (most.isEmpty()) {
      return Optional.empty();
    }
    Set<Doubt> doubts = doubts(most.get());
    if (doubts.isEmpty()) {
      return Optional.of(new Fit(most.get(), doubts));
    }
    CertainFit certain = new CertainFit(this, wishes);
    PlaceSearch.Result found = certain.search(check);
    if (found.placed() == wishes.size()) {
      return Optional.of(new Fit(certain.chosen(found), Set.of()));
    }
    if (!found.exhausted()) {
      doubts.add(Doubt.SEARCH_ENDED);
    }
    return Optional.of(new Fit(most.get(), doubts));
  }

  /** One endpoint for each device, if nothing else is shared than functions that hold one. */
  private Optional<int[]> atMost(List<int[]> wishes) {
    if (host.placed().cards().physicalOf().isEmpty()) {
      return Assignment.of(rooms, wishes);
    }
    IdentityHashMap<int[], int[]> known = new IdentityHashMap<>();
    List<int[]> pools = new ArrayList<>();
    for (int[] those : wishes) {
      pools.add(
          known.computeIfAbsent(
              those, all -> Arrays.stream(all).map(this::pool).distinct().toArray()));
    }
    int[] roomOfPool = rooms.clone();
    firstOfFunction.values().stream()
        .filter(first -> first != APART)
        .forEach(first -> roomOfPool[first] = 1);
    return Assignment.of(roomOfPool, pools).map(chosen -> endpoints(chosen, wishes));
  }

  private int[] endpoints(int[] pools, List<int[]> wishes) {
    return IntStream.range(0, pools.length)
        .map(
            device ->
                Arrays.stream(wishes.get(device))
                    .filter(endpoint -> pool(endpoint) == pools[device])
                    .findFirst()
                    .orElseThrow())
        .toArray();
  }

  /** The endpoint that stands for all that share its room for certain. */
  private int pool(int endpoint) {
    int first = firstOfFunction(endpoint);
    return first == APART ? endpoint : first;
  }

  /** The first type of a virtual function that holds one device, of whichever type. */
  private int firstOfFunction(int endpoint) {
    if (!endpoints.isType(endpoint)) {
      return APART;
    }
    String name = endpoints.name(endpoint);
    String parent = name.substring(0, name.indexOf('/') + 1);
    return firstOfFunction.computeIfAbsent(parent, this::findFirst);
  }

  private int findFirst(String parentAndSlash) {
    String parent = parentAndSlash.substring(0, parentAndSlash.length() - 1);
    if (host.placed().cards().physicalOf(EndpointName.decode(parent)).isEmpty()) {
      return APART;
    }
    int first = -endpoints.find(parentAndSlash) - 1; // a slash alone is the name of no endpoint
    for (int i = first; i < rooms.length && endpoints.name(i).startsWith(parentAndSlash); i++) {
      if (rooms[i] > 1) {
        return APART;
      }
    }
    return first;
  }

  private Set<Doubt> doubts(int[] chosen) {
    EnumSet<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    Map<String, Integer> typeOfCard = new HashMap<>();
    for (int endpoint : chosen) {
      Optional<Doubt> own = doubt(endpoint);
      if (own.isPresent()) {
        doubts.add(own.get());
      } else if (typeOfCard.computeIfAbsent(card(endpoint), _ -> endpoint) != endpoint) {
        doubts.add(Doubt.SHARED_CAPACITY);
      }
    }
    return doubts;
  }

  /** The name of an endpoint's card. */
  String card(int endpoint) {
    return cards.computeIfAbsent(
        endpoint, index -> CardName.of(IndexedEndpoint.of(host, index)).name());
  }

  /** The slot of an endpoint's profile: endpoints of one slot are alike to every device. */
  int slot(int endpoint) {
    return endpoints.slot(endpoint);
  }
}
