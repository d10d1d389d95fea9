package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProblemEntry;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hosts of which one is to be emptied: two types, each in several versions. */
final class DrainedFleet {

  static final String DRAINED = "drained";

  private static final IndexedFleet FLEET = new IndexedFleet(5, 1, 40, 1);

  private final List<IndexChange> hosts = new ArrayList<>();

  private final Sightings sightings = new PastSightings(0);

  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);

  static List<Profile> profiles() {
    return FLEET.profiles();
  }

  static boolean isCompatible(int source, int destination) {
    return FLEET.judge().outcome(profiles().get(source), profiles().get(destination))
        == Outcome.COMPATIBLE;
  }

  /** The number of reasons that keep one from the other. */
  static int reasons(int source, int destination) {
    return FLEET
        .judge()
        .judge(profiles().get(source), profiles().get(destination))
        .reasons()
        .size();
  }

  /** Adds a host, with the profile of each endpoint and the room of each type. */
  void host(String name, Map<String, Integer> profiles, Map<String, Integer> rooms)
      throws BadRecordException {
    host(name, profiles, rooms, List.of());
  }

  void host(
      String name,
      Map<String, Integer> profiles,
      Map<String, Integer> rooms,
      List<ProblemEntry> problems)
      throws BadRecordException {
    List<FingerprintBytes> numbered =
        profiles().stream()
            .map(profile -> new FingerprintBytes(profile.fingerprint().bytes()))
            .toList();
    List<PlacedEndpoint> endpoints = new ArrayList<>();
    new TreeMap<>(profiles)
        .forEach(
            (endpoint, profile) ->
                endpoints.add(
                    new PlacedEndpoint(
                        endpoint,
                        endpoint.indexOf('/') < 0
                            ? EndpointEntryKind.MDEV_DEVICE
                            : EndpointEntryKind.MDEV_TYPE,
                        profile,
                        Map.of())));
    Placement placement =
        Placement.newBuilder(FLEET.placement(0, 1))
            .setHost(name)
            .setProfiles(numbered)
            .setEndpoints(endpoints)
            .setProblems(problems)
            .build();
    hosts.add(IndexChange.placed(name, placement));
    hosts.add(
        IndexChange.heard(
            name,
            new HostCapacity(name, 1L, 1L, Instant.EPOCH, rooms, false, List.of(), null, Map.of()),
            0));
  }

  Evacuation<WrittenVerdict> evacuate(int keep) throws BadRecordException {
    FilledView filled = FilledView.of(FLEET);
    for (IndexChange change : hosts) {
      filled = filled.with(change);
    }
    IndexView view = filled.view();
    return evacuations()
        .find(view, new Evacuations.Question(DRAINED, Scope.fleet(view), keep), () -> {})
        .orElseThrow();
  }

  Evacuations<WrittenVerdict> evacuations() {
    return new Evacuations<>(verdicts, new Destinations<>(verdicts, sightings), sightings);
  }

  /** A view that has none of the hosts. */
  static IndexView empty() throws BadRecordException {
    return FilledView.of(FLEET).view();
  }
}
