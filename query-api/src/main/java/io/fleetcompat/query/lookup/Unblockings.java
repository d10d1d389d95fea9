package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Evacuation.Move;
import io.fleetcompat.query.lookup.Evacuation.Obstacle;
import io.fleetcompat.query.lookup.Evacuation.Onward;
import io.fleetcompat.query.lookup.Evacuation.TypeToGrow;
import io.fleetcompat.query.lookup.Evacuation.Unblocking;
import io.fleetcompat.query.lookup.EvacuationPlaces.Candidates;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.PlacedHost.HostProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The changes that would give each device without a place one, beside all other moves as they were
 * found. Devices of one profile share it. One thread.
 */
final class Unblockings<V> {

  /** Most types that are named for a device. */
  static final int MAX_NAMED = 5;

  private static final String CAPACITY_FILE = "/available_instances";

  private final IndexView view;
  private final OnwardHosts<V> onwards;
  private final Map<String, IndexedEndpoint> typeOfCard = new HashMap<>();
  private final Map<Integer, Unblocking<V>> bySlot = new HashMap<>();

  /**
   * @param moves all that were found
   */
  Unblockings(IndexView view, OnwardHosts<V> onwards, List<Move<V>> moves) {
    this.view = view;
    this.onwards = onwards;
    moves.forEach(
        move -> {
          IndexedEndpoint to = move.to().endpoint();
          typeOfCard.put(CardName.of(to).name(), to);
        });
  }

  /** The changes that would give the device a place. */
  Unblocking<V> of(IndexedEndpoint device, Candidates<V> candidates) {
    return bySlot.computeIfAbsent(device.slot(), _ -> find(candidates));
  }

  private Unblocking<V> find(Candidates<V> candidates) {
    List<TypeToGrow> named = new ArrayList<>();
    int wouldDo = 0;
    int onUsedCards = 0;
    int tooFewOnward = 0;
    for (Destination<V> type : candidates.looked().types()) {
      IndexedEndpoint endpoint = type.endpoint();
      if (!onwards.areEnough(endpoint)) {
        tooFewOnward++;
      } else if (isCardOfAnother(endpoint)) {
        onUsedCards++;
      } else {
        wouldDo++;
        if (named.size() < MAX_NAMED) {
          named.add(grow(type));
        }
      }
    }
    return new Unblocking<>(
        named,
        wouldDo,
        onUsedCards,
        tooFewOnward,
        candidates.looked().notLookedAt(),
        candidates.obstacle() == Obstacle.TOO_FEW_KEPT ? furthest(candidates) : Optional.empty());
  }

  /** True where its card takes devices of another type in these moves. */
  private boolean isCardOfAnother(IndexedEndpoint type) {
    IndexedEndpoint taken = typeOfCard.get(CardName.of(type).name());
    return taken != null && !taken.equals(type);
  }

  private TypeToGrow grow(Destination<V> type) {
    IndexedEndpoint endpoint = type.endpoint();
    Optional<HostProblem> problem = type.capacity() < 0 ? problem(endpoint) : Optional.empty();
    return new TypeToGrow(endpoint, type.capacity(), devicesOfType(endpoint), problem);
  }

  /** Counted by host: a device does not tell which card it is on. */
  private int devicesOfType(IndexedEndpoint type) {
    CandidateFilter filter = new CandidateFilter(view, type.slot());
    EndpointTable endpoints = type.host().placed().endpoints();
    return (int)
        IntStream.range(0, endpoints.size())
            .filter(i -> !endpoints.isType(i) && filter.isLike(endpoints.slot(i)))
            .count();
  }

  /** The collector's words on the file that would tell the type's capacity. */
  private static Optional<HostProblem> problem(IndexedEndpoint type) {
    EndpointName name = EndpointName.parse(type.name());
    String end = "/" + name.name() + CAPACITY_FILE;
    return type.host().placed().problems().stream()
        .filter(problem -> problem.path().endsWith(end))
        .filter(problem -> problem.path().contains(name.parent().orElse("")))
        .findFirst();
  }

  /** Of the places from which too few hosts can be reached, the first of those with most. */
  private Optional<Onward<V>> furthest(Candidates<V> candidates) {
    Optional<IndexedEndpoint> best = Optional.empty();
    int most = -1;
    for (Destination<V> to : candidates.looked().all()) {
      IndexedEndpoint place = to.endpoint();
      int hosts = onwards.areEnough(place) ? -1 : onwards.count(place);
      if (hosts > most) {
        most = hosts;
        best = Optional.of(place);
      }
    }
    return best.map(onwards::of);
  }
}
