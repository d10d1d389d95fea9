package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.SharedCard;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Small hosts of invented cards that have memory, and what fits into them by trying everything. A
 * card tells the room of each type as the kernel does: as if nothing were made of the others.
 */
final class CardFleet {

  private static final IndexedFleet FLEET = new IndexedFleet(5, 1, 24, 1);

  private static final List<Use> USES = List.of(Use.FREE, Use.IN_USE, Use.UNKNOWN);

  private final Map<String, List<Place>> hosts = new TreeMap<>();
  private final List<IndexChange> changes = new ArrayList<>();

  /**
   * A card.
   *
   * @param memory that it has
   * @param mixes whether devices of several sizes may be on it at once
   */
  record Card(String bus, int memory, boolean mixes) {}

  /**
   * A type, or a device that exists.
   *
   * @param card null for a device that exists
   * @param function the virtual function; empty where the parent is none
   * @param told whether the host says that the function is a virtual one
   * @param use of a device that exists
   */
  record Place(
      String name,
      int profile,
      int size,
      @Nullable Card card,
      String function,
      boolean told,
      Use use) {

    Place(String name, int profile, int size, @Nullable Card card, String function, boolean told) {
      this(name, profile, size, card, function, told, Use.UNKNOWN);
    }

    boolean isType() {
      return card != null;
    }

    /** The room that it tells of. */
    int room() {
      if (card == null) {
        return use == Use.IN_USE ? 0 : 1;
      }
      return function.isEmpty() ? card.memory / size : Math.min(1, card.memory / size);
    }
  }

  static List<Profile> profiles() {
    return FLEET.profiles();
  }

  static boolean isCompatible(int source, int destination) {
    return FLEET.judge().outcome(profiles().get(source), profiles().get(destination))
        == Outcome.COMPATIBLE;
  }

  /** A card without functions, or one of which each virtual function offers the types. */
  static List<Place> card(Card card, int functions, boolean told, Map<Integer, Integer> sizeOf) {
    List<Place> places = new ArrayList<>();
    for (int n = 0; n < Math.max(1, functions); n++) {
      String parent = "0000:%s:00.%d".formatted(card.bus, functions == 0 ? 0 : n + 4);
      sizeOf.forEach(
          (profile, size) ->
              places.add(
                  new Place(
                      parent + "/t" + profile,
                      profile,
                      size,
                      card,
                      functions == 0 ? "" : parent,
                      told)));
    }
    return places;
  }

  static List<Place> random(Random random) {
    List<Place> places = new ArrayList<>();
    for (int n = random.nextInt(3); n >= 0; n--) {
      Card card = new Card("%02x".formatted(n + 1), 1 + random.nextInt(4), random.nextBoolean());
      Map<Integer, Integer> sizeOf = new TreeMap<>();
      for (int type = random.nextInt(3); type >= 0; type--) {
        sizeOf.put(random.nextInt(6), 1 + random.nextInt(3));
      }
      places.addAll(card(card, random.nextInt(4), random.nextBoolean(), sizeOf));
    }
    for (int n = random.nextInt(3); n > 0; n--) {
      Use use = USES.get(random.nextInt(USES.size()));
      places.add(new Place("device" + n, random.nextInt(6), 0, null, "", false, use));
    }
    return places;
  }

  void host(String name, List<Place> unsorted) throws BadRecordException {
    host(name, unsorted, place -> true);
  }

  /**
   * @param tells of a type whether the host tells its room
   */
  void host(String name, List<Place> unsorted, Predicate<Place> tells) throws BadRecordException {
    List<Place> places = unsorted.stream().sorted(Comparator.comparing(Place::name)).toList();
    hosts.put(name, places);
    Map<String, TreeSet<String>> functionsOf = new TreeMap<>();
    Map<String, Integer> rooms = new HashMap<>();
    Map<String, Boolean> inUse = new HashMap<>();
    for (Place place : places) {
      if (place.card() == null && place.use() != Use.UNKNOWN) {
        inUse.put(place.name(), place.use() == Use.IN_USE);
      }
      if (place.card() != null) {
        if (tells.test(place)) {
          rooms.put(place.name(), place.room());
        }
        if (!place.function().isEmpty() && place.told()) {
          functionsOf
              .computeIfAbsent("0000:%s:00.0".formatted(place.card().bus()), _ -> new TreeSet<>())
              .add(place.function());
        }
      }
    }
    Placement placement =
        Placement.newBuilder(FLEET.placement(0, 1))
            .setHost(name)
            .setProfiles(
                profiles().stream()
                    .map(profile -> new FingerprintBytes(profile.fingerprint().bytes()))
                    .toList())
            .setEndpoints(places.stream().map(CardFleet::endpoint).toList())
            .setCards(
                functionsOf.entrySet().stream()
                    .map(e -> new SharedCard(e.getKey(), List.copyOf(e.getValue())))
                    .toList())
            .build();
    changes.add(IndexChange.placed(name, placement));
    changes.add(
        IndexChange.heard(
            name,
            new HostCapacity(name, 1L, 1L, Instant.EPOCH, rooms, false, List.of(), null, inUse),
            0));
  }

  private static PlacedEndpoint endpoint(Place place) {
    return new PlacedEndpoint(
        place.name(),
        place.isType() ? EndpointEntryKind.MDEV_TYPE : EndpointEntryKind.MDEV_DEVICE,
        place.profile(),
        Map.of());
  }

  IndexView view() throws BadRecordException {
    FilledView filled = FilledView.of(FLEET);
    for (IndexChange change : changes) {
      filled = filled.with(change);
    }
    return filled.view();
  }

  Collection<String> names() {
    return hosts.keySet();
  }

  List<Place> places(String host) {
    return hosts.getOrDefault(host, List.of());
  }

  /** True where some choice of places for these profiles is allowed, tried one by one. */
  static boolean fits(
      List<Integer> profiles, List<Place> places, Predicate<List<Place>> isAllowed) {
    return fits(profiles, places, isAllowed, new ArrayList<>());
  }

  private static boolean fits(
      List<Integer> profiles,
      List<Place> places,
      Predicate<List<Place>> isAllowed,
      List<Place> chosen) {
    if (chosen.size() == profiles.size()) {
      return true;
    }
    for (Place place : places) {
      if (isCompatible(profiles.get(chosen.size()), place.profile())) {
        chosen.add(place);
        if (isAllowed.test(chosen) && fits(profiles, places, isAllowed, chosen)) {
          return true;
        }
        chosen.removeLast();
      }
    }
    return false;
  }

  /**
   * True where each card takes devices of one type of one parent, and those that exist are free.
   */
  static boolean isCertain(List<Place> chosen) {
    Map<Card, String> typeOf = new HashMap<>();
    for (Place place : chosen) {
      Card card = place.card();
      boolean certain =
          card == null
              ? place.use() == Use.FREE
              : typeOf.computeIfAbsent(card, _ -> place.name()).equals(place.name());
      if (!certain) {
        return false;
      }
    }
    return isWithinRooms(chosen);
  }

  /** True where no place takes more than it tells, and a function that is told to be one, one. */
  static boolean isPossible(List<Place> chosen) {
    List<String> functions =
        chosen.stream()
            .filter(place -> !place.function().isEmpty() && place.told())
            .map(Place::function)
            .toList();
    return isWithinRooms(chosen) && new HashSet<>(functions).size() == functions.size();
  }

  private static boolean isWithinRooms(List<Place> chosen) {
    return chosen.stream()
        .allMatch(place -> chosen.stream().filter(place::equals).count() <= place.room());
  }

  /** True where the cards really hold these devices. */
  static boolean isHeld(List<Place> chosen) {
    Map<Card, List<Place>> onCard = new HashMap<>();
    Map<String, Integer> onOne = new HashMap<>();
    for (Place place : chosen) {
      if (place.card() == null) {
        onOne.merge(place.name(), place.use() == Use.IN_USE ? 2 : 1, Integer::sum);
      } else {
        onCard.computeIfAbsent(place.card(), _ -> new ArrayList<>()).add(place);
        if (!place.function().isEmpty()) {
          onOne.merge(place.function(), 1, Integer::sum);
        }
      }
    }
    return onOne.values().stream().allMatch(devices -> devices == 1)
        && onCard.entrySet().stream().allMatch(e -> isHeld(e.getKey(), e.getValue()));
  }

  private static boolean isHeld(Card card, List<Place> devices) {
    return devices.stream().mapToInt(Place::size).sum() <= card.memory()
        && (card.mixes() || devices.stream().map(Place::size).distinct().count() == 1);
  }
}
