package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.claim.Claim;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.SharedCards;
import io.fleetcompat.query.replica.PlacedHost.HostProblem;
import io.fleetcompat.schemas.CardsRecord;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.ExtentRecord;
import io.fleetcompat.schemas.FormerName;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns placements into what views hold, sharing what hosts have in common. One thread. */
final class PlacementReader {

  private final Dictionary<Fingerprint> profiles;
  private final Interner<String> strings = new Interner<>();
  private final Interner<Optional<String>> words = new Interner<>();
  private final Interner<EndpointShape> shapes = new Interner<>();
  private final Interner<EndpointTable> tables = new Interner<>();
  private final Interner<List<String>> lists = new Interner<>();
  private final Interner<SortedMap<String, String>> maps = new Interner<>();
  private final Interner<Capacities> capacities = new Interner<>();
  private final Interner<Extent> extents = new Interner<>();
  private final Interner<SharedCards> cards = new Interner<>();
  private final Interner<SortedMap<Integer, Claim>> declared = new Interner<>();

  PlacementReader(Dictionary<Fingerprint> profiles) {
    this.profiles = profiles;
  }

  PlacedHost read(Placement placement) {
    int[] slots = new int[placement.getProfiles().size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = profiles.add(Fingerprint.of(placement.getProfiles().get(i).bytes()));
    }
    int function = placement.getFunctionProfile();
    SortedMap<String, String> labels = maps.intern(new TreeMap<>(placement.getLabels()));
    List<PlacedEndpoint> endpoints = PlacementRecord.endpoints(placement);
    return new PlacedHost(
        table(endpoints, slots),
        labels,
        word(labels.get(PlacementRecord.poolLabel(placement))),
        word(placement.getKernel()),
        placement.getLiveness(),
        DocumentId.of(placement),
        placement.getObservedAt().toEpochMilli(),
        dynamic(endpoints),
        functions(placement.getFunctions()),
        function < 0 ? -1 : slots[function],
        problems(placement),
        extents.intern(ExtentRecord.read(placement.getExtent())),
        claims(placement.getClaims(), endpoints),
        placement.getFindings().stream().map(strings::intern).toList(),
        FormerName.of(placement),
        cards.intern(CardsRecord.read(placement.getCards())));
  }

  private Optional<String> word(@Nullable String word) {
    return word == null || word.isEmpty()
        ? Optional.empty()
        : words.intern(Optional.of(strings.intern(word)));
  }

  Capacities read(HostCapacity heartbeat) {
    Capacities read = Capacities.of(heartbeat, strings);
    if (read.equals(Capacities.NONE)) {
      return Capacities.NONE;
    }
    // Which devices are in use differs from host to host, and changes often: it is not shared.
    Capacities numbers = read.withoutUses();
    return numbers.equals(Capacities.NONE) ? read : read.withNumbersOf(capacities.intern(numbers));
  }

  private EndpointTable table(List<PlacedEndpoint> endpoints, int[] slots) {
    int n = endpoints.size();
    String[] names = new String[n];
    byte[] kinds = new byte[n];
    int[] slotOf = new int[n];
    for (int i = 0; i < n; i++) {
      PlacedEndpoint endpoint = endpoints.get(i);
      names[i] = strings.intern(endpoint.getName());
      kinds[i] = EndpointTable.kindByte(endpoint.getKind());
      slotOf[i] = slots[endpoint.getProfile()];
    }
    EndpointShape shape = shapes.intern(new EndpointShape(names, kinds));
    return tables.intern(new EndpointTable(shape, slotOf));
  }

  private List<String> functions(List<String> functions) {
    return functions.isEmpty()
        ? List.of()
        : lists.intern(functions.stream().sorted().map(strings::intern).toList());
  }

  private Map<Integer, SortedMap<String, String>> dynamic(List<PlacedEndpoint> endpoints) {
    Map<Integer, SortedMap<String, String>> values = Map.of();
    for (int i = 0; i < endpoints.size(); i++) {
      Map<String, String> dynamic = endpoints.get(i).getDynamic();
      if (!dynamic.isEmpty()) {
        values = values.isEmpty() ? new HashMap<>() : values;
        values.put(i, maps.intern(new TreeMap<>(dynamic)));
      }
    }
    return values;
  }

  private SortedMap<Integer, Claim> claims(
      Map<String, Boolean> byName, List<PlacedEndpoint> endpoints) {
    SortedMap<Integer, Claim> claims = new TreeMap<>();
    for (int i = 0; i < endpoints.size() && claims.size() < byName.size(); i++) {
      Boolean migratable = byName.get(endpoints.get(i).getName());
      if (migratable != null) {
        claims.put(i, Claim.of(migratable));
      }
    }
    return claims.isEmpty()
        ? Collections.emptySortedMap()
        : declared.intern(Collections.unmodifiableSortedMap(claims));
  }

  private static List<HostProblem> problems(Placement placement) {
    if (placement.getProblems().isEmpty()) {
      return List.of();
    }
    return placement.getProblems().stream()
        .map(p -> new HostProblem(p.getPath(), p.getCode(), p.getDetail()))
        .toList();
  }
}
