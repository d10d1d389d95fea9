package io.fleetcompat.testing;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * The index of an invented fleet, record by record, as the indexer would write it: mdev types of
 * several driver versions, each host with one version of each. The same seed makes the same fleet.
 */
public final class IndexedFleet {

  /** Driver versions of each type: profiles beyond that are further types. */
  private static final int VERSIONS = 20;

  static {
    // Loading the codecs tells Avro that our records may be built.
    Objects.requireNonNull(Codecs.PLACEMENT);
  }

  private final long seed;
  private final int endpointsPerHost;
  private final int pools;
  private final Judge judge;
  private final List<Profile> profiles;

  public IndexedFleet(long seed, int endpointsPerHost, int profiles, int pools) {
    this(seed, endpointsPerHost, profiles, pools, Set.of());
  }

  /** The same fleet under these policies has the same profiles and other rows. */
  public IndexedFleet(
      long seed, int endpointsPerHost, int profiles, int pools, Set<Policy> policies) {
    this.judge = new Judge(policies);
    this.seed = seed;
    this.endpointsPerHost = endpointsPerHost;
    this.pools = pools;
    this.profiles = IntStream.range(0, profiles).mapToObj(IndexedFleet::profile).toList();
  }

  public List<Profile> profiles() {
    return profiles;
  }

  public Judge judge() {
    return judge;
  }

  public static String host(int number) {
    return "host-%06d.example".formatted(number);
  }

  public ProfileRecord profileRecord(int number) {
    return ProfileRecord.newBuilder()
        .setNumber(number)
        .setCanonical(profiles.get(number).canonical())
        .setSince(Instant.EPOCH)
        .build();
  }

  /** The row of a profile: its verdicts with all up to its number. */
  public MatrixRow row(int number) {
    return new MatrixRow(
        number,
        to(number, Outcome.COMPATIBLE),
        to(number, Outcome.UNKNOWN),
        from(number, Outcome.COMPATIBLE),
        from(number, Outcome.UNKNOWN));
  }

  private ByteBuffer to(int number, Outcome outcome) {
    Profile profile = profiles.get(number);
    return bytes(number + 1, other -> judge.outcome(profile, profiles.get(other)) == outcome);
  }

  private ByteBuffer from(int number, Outcome outcome) {
    Profile profile = profiles.get(number);
    return bytes(number, other -> judge.outcome(profiles.get(other), profile) == outcome);
  }

  /** The name of the rule set in keys. */
  public RuleSetId rules() {
    return RuleSetId.of(judge.ruleSet().toString());
  }

  /** The rule set. */
  public RuleSetRecord rulesRecord() {
    return new RuleSetRecord(
        judge.ruleSet().toString(),
        judge.ruleSet().policyNames(),
        List.of(),
        Map.of(),
        Instant.EPOCH);
  }

  public MatrixGeneration generation(int generation) {
    return new MatrixGeneration(
        generation, judge.ruleSet().toString(), judge.ruleSet().policyNames());
  }

  /** The record that says that the rule set is in force. */
  public RulesInForce inForce() {
    return new RulesInForce(judge.ruleSet().toString(), Instant.EPOCH);
  }

  /**
   * The records of the matrix, by key, in their order: the rules, all rows, the generation, and
   * that the rules are in force.
   */
  public Map<MatrixKey, byte[]> matrix() {
    Map<MatrixKey, byte[]> records = new LinkedHashMap<>();
    records.put(new MatrixKey.Rules(rules()), Codecs.RULE_SET.encode(rulesRecord()));
    for (int n = 0; n < profiles.size(); n++) {
      records.put(rowKey(n), Codecs.MATRIX_ROW.encode(row(n)));
    }
    records.put(
        new MatrixKey.Generation(rules()),
        Codecs.MATRIX_GENERATION.encode(generation(profiles.size())));
    records.put(new MatrixKey.InForce(), Codecs.RULES_IN_FORCE.encode(inForce()));
    return records;
  }

  /** The key of a profile's row. */
  public MatrixKey rowKey(int number) {
    return new MatrixKey.Row(rules(), profiles.get(number).fingerprint().toString());
  }

  /**
   * The host's placement at some version of its history: each version is another driver upgrade.
   */
  public Placement placement(int host, long version) {
    Random random = new Random(seed ^ (host * 31L + version * 1_000_003L));
    int types = Math.max(1, profiles.size() / VERSIONS);
    TreeMap<String, Integer> endpoints = new TreeMap<>();
    for (int i = 0; i < endpointsPerHost; i++) {
      int type = (host + i) % types;
      int step = Math.min(VERSIONS, profiles.size());
      int profile = Math.min(profiles.size() - 1, type * step + random.nextInt(step));
      endpoints.put("0000:%02x:00.0/%s".formatted(i, typeId(profile)), profile);
    }
    return placement(host, version, endpoints);
  }

  private Placement placement(int host, long version, Map<String, Integer> endpoints) {
    List<Integer> numbers = endpoints.values().stream().sorted().distinct().toList();
    List<PlacedEndpoint> placed = new ArrayList<>();
    endpoints.forEach(
        (name, profile) ->
            placed.add(
                new PlacedEndpoint(
                    name, EndpointEntryKind.MDEV_TYPE, numbers.indexOf(profile), Map.of())));
    return Placement.newBuilder()
        .setHost(host(host))
        .setEpoch(1)
        .setSequence(version)
        .setObservedAt(Instant.EPOCH)
        .setLabels(pools == 0 ? Map.of() : Map.of("pool", "pool-" + host % pools))
        .setKernel("6.12.0")
        .setLiveness(Liveness.FRESH)
        .setSourcePartition(0)
        .setSourceOffset(version)
        .setProfiles(
            numbers.stream()
                .map(n -> new FingerprintBytes(profiles.get(n).fingerprint().bytes()))
                .toList())
        .setEndpoints(placed)
        .build();
  }

  /** The host's capacity at that version, and a heartbeat at that time. */
  public HostCapacity capacity(int host, long version, Instant at) {
    Random random = new Random(seed ^ (host * 37L + version * 1_000_033L));
    TreeMap<String, Integer> capacity = new TreeMap<>();
    for (PlacedEndpoint endpoint : placement(host, version).getEndpoints()) {
      capacity.put(endpoint.getName(), random.nextInt(5));
    }
    return new HostCapacity(
        host(host), 1L, version, at, capacity, false, List.of(), null, Map.of());
  }

  private static String typeId(int profile) {
    return "vendor-type_" + profile / VERSIONS;
  }

  private static Profile profile(int number) {
    Map<String, Attribute> own =
        Map.of(
            "device_api", new Attribute.Text("vfio-pci"),
            "software_version", new Attribute.Text("1." + number % VERSIONS + ".0"));
    return Profile.of(
        new Endpoint(
            EndpointName.type("0000:00:00.0", typeId(number)),
            EndpointKind.MDEV_TYPE,
            Optional.of(typeId(number)),
            Attributes.of(own),
            Attributes.NONE,
            Attributes.NONE));
  }

  private static ByteBuffer bytes(int below, IntPredicate contained) {
    RoaringBitmap bitmap = new RoaringBitmap();
    IntStream.range(0, below).filter(contained).forEach(bitmap::add);
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    return bytes.flip();
  }
}
