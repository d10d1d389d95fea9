package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * A fleet as it was read, host by host, and the index of it as the indexer would write it: profiles
 * of the endpoints, rows by the judge, placements.
 *
 * @param hosts by name
 */
record RawFleet(SortedMap<String, RawHost> hosts) {

  static {
    Objects.requireNonNull(Codecs.PLACEMENT); // tells Avro that our records may be built
  }

  /**
   * A host as it was read.
   *
   * @param endpoints by name
   * @param capacity by name of a type
   */
  record RawHost(
      Optional<String> pool,
      String kernel,
      boolean fresh,
      SortedMap<String, RawEndpoint> endpoints,
      Map<String, Integer> capacity) {}

  /** An endpoint: its kind, what was read of its type, or else of itself, and of its function. */
  record RawEndpoint(EndpointKind kind, Map<String, String> type, Map<String, String> pci) {

    Profile profile(String name) {
      boolean mdev = kind == EndpointKind.MDEV_TYPE || kind == EndpointKind.MDEV_DEVICE;
      boolean isType = kind == EndpointKind.MDEV_TYPE;
      return Profile.of(
          new Endpoint(
              isType ? EndpointName.type("0000:00:00.0", "t") : EndpointName.device(name),
              kind,
              mdev ? Optional.of("t-1") : Optional.empty(),
              isType || !mdev ? texts(type) : Attributes.NONE,
              isType || !mdev ? Attributes.NONE : texts(type),
              texts(pci)));
    }

    private static Attributes texts(Map<String, String> values) {
      Map<String, Attribute> texts = new TreeMap<>();
      values.forEach((name, value) -> texts.put(name, new Attribute.Text(value)));
      return Attributes.of(texts);
    }

    EndpointEntryKind placedKind() {
      return EndpointEntryKind.valueOf(kind.name());
    }
  }

  IndexView view(Judge judge) throws BadRecordException {
    ViewEdit edit = new ViewEdit(IndexView.empty());
    List<Profile> profiles =
        hosts.values().stream()
            .flatMap(host -> host.endpoints().entrySet().stream())
            .map(each -> each.getValue().profile(each.getKey()))
            .distinct()
            .toList();
    String rules = judge.ruleSet().toString();
    RuleSetId id = RuleSetId.of(rules);
    List<String> policies = judge.ruleSet().policyNames();
    edit.replay(
        IndexChange.rules(
            id, new RuleSetRecord(rules, policies, List.of(), Map.of(), Instant.EPOCH)));
    for (int n = 0; n < profiles.size(); n++) {
      edit.replay(
          IndexChange.profile(
              profiles.get(n).fingerprint(),
              new ProfileRecord(n, profiles.get(n).canonical(), Instant.EPOCH)));
      edit.replay(IndexChange.row(id, profiles.get(n).fingerprint(), row(judge, profiles, n)));
    }
    edit.replay(IndexChange.generation(id, new MatrixGeneration(profiles.size(), rules, policies)));
    edit.replay(IndexChange.inForce(new RulesInForce(rules, Instant.EPOCH)));
    for (Map.Entry<String, RawHost> host : hosts.entrySet()) {
      edit.replay(IndexChange.placed(host.getKey(), placement(host.getKey(), host.getValue())));
      edit.replay(
          IndexChange.heard(
              host.getKey(),
              new HostCapacity(
                  host.getKey(),
                  1L,
                  1L,
                  Instant.EPOCH,
                  host.getValue().capacity(),
                  false,
                  List.of(),
                  null,
                  Map.of()),
              0));
    }
    return edit.commit();
  }

  private static Placement placement(String name, RawHost host) {
    List<Profile> profiles = new ArrayList<>();
    List<PlacedEndpoint> endpoints = new ArrayList<>();
    host.endpoints()
        .forEach(
            (endpoint, raw) -> {
              Profile profile = raw.profile(endpoint);
              if (!profiles.contains(profile)) {
                profiles.add(profile);
              }
              endpoints.add(
                  new PlacedEndpoint(
                      endpoint, raw.placedKind(), profiles.indexOf(profile), Map.of()));
            });
    return Placement.newBuilder()
        .setHost(name)
        .setEpoch(1)
        .setSequence(1)
        .setObservedAt(Instant.EPOCH)
        .setLabels(host.pool().map(pool -> Map.of("pool", pool)).orElseGet(Map::of))
        .setKernel(host.kernel())
        .setLiveness(host.fresh() ? Liveness.FRESH : Liveness.STALE)
        .setSourcePartition(0)
        .setSourceOffset(1)
        .setProfiles(
            profiles.stream().map(p -> new FingerprintBytes(p.fingerprint().bytes())).toList())
        .setEndpoints(endpoints)
        .build();
  }

  private static MatrixRow row(Judge judge, List<Profile> profiles, int n) {
    Profile own = profiles.get(n);
    return new MatrixRow(
        n,
        bytes(n + 1, other -> judge.outcome(own, profiles.get(other)) == Outcome.COMPATIBLE),
        bytes(n + 1, other -> judge.outcome(own, profiles.get(other)) == Outcome.UNKNOWN),
        bytes(n, other -> judge.outcome(profiles.get(other), own) == Outcome.COMPATIBLE),
        bytes(n, other -> judge.outcome(profiles.get(other), own) == Outcome.UNKNOWN));
  }

  private static ByteBuffer bytes(int below, IntPredicate contained) {
    RoaringBitmap bitmap = new RoaringBitmap();
    for (int n = 0; n < below; n++) {
      if (contained.test(n)) {
        bitmap.add(n);
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    return bytes.flip();
  }
}
