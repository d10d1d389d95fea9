package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.DriverFact;
import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostExtent;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProblemEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;

/**
 * A seeded run of a small fleet with all that changes an index: documents, heartbeats, removals,
 * silence, answers of drivers, overrides, restarts with other rules; and poison.
 */
final class RandomFleet {

  private static final int HOSTS = 5;
  private static final int RESTARTS = 3;
  private static final int STEPS = 60;
  private static final int EINVAL = 22;
  private static final int MAX_PROFILES = 1000;

  private final Random random;
  private final Path directory;
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, byte[]> newest = new HashMap<>();

  /** By host: the name that its documents say from then on that it had before. */
  private final Map<String, FormerHost> formerly = new HashMap<>();

  private final Map<String, byte[]> index = new TreeMap<>();
  private final List<KeyValue<ChangeKey, ChangeRecord>> changes = new ArrayList<>();

  RandomFleet(long seed, Path directory) {
    this.random = new Random(seed);
    this.directory = directory;
  }

  List<KeyValue<ChangeKey, ChangeRecord>> changes() {
    return changes;
  }

  /** The newest values of the topics that changes are about, by the keys of changes. */
  Map<String, byte[]> index() {
    return index;
  }

  /**
   * Runs it.
   *
   * @param eachStep called after each step, when all that came of it is in the index
   */
  void run(Runnable eachStep) {
    Published published = new Published();
    Path state = directory.resolve("0");
    for (int start = 1; start <= RESTARTS; start++) {
      Set<Policy> policies = start % 2 == 0 ? Set.of(Policy.MUTUAL) : Set.of();
      try (Driver driver = new Driver(state, published, policies, MAX_PROFILES)) {
        driver.index.putAll(index);
        for (int i = 0; i < STEPS; i++) {
          step(driver);
          answer(driver);
          take(driver);
          eachStep.run();
        }
        state = driver.crash(directory.resolve(String.valueOf(start)));
      }
    }
  }

  private void take(Driver driver) {
    driver.settle(Duration.ZERO);
    changes.addAll(driver.changes);
    driver.changes.clear();
    index.clear();
    index.putAll(driver.index);
  }

  private void step(Driver driver) {
    String host = "h" + random.nextInt(HOSTS);
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4 -> driver.document(host, document(host));
      case 5 -> driver.document(host, poison());
      case 6 -> driver.document(host, again(host));
      case 7, 8 -> heartbeat(driver, host);
      case 9 -> override(driver);
      case 10 -> remove(driver, host);
      case 11, 12 -> driver.settle(Duration.ofMillis(300)).settle(Duration.ofSeconds(2));
      default -> pass(driver);
    }
  }

  private byte[] poison() {
    byte[] poison = new byte[random.nextInt(40)];
    random.nextBytes(poison);
    return poison;
  }

  /** The newest document once more, or another one with its version. */
  private byte[] again(String host) {
    byte[] last = newest.getOrDefault(host, poison());
    if (random.nextBoolean() || !newest.containsKey(host)) {
      return last;
    }
    try {
      HostInventory forged = Codecs.HOST_INVENTORY.decode(last);
      forged.put("observedAt", Instant.ofEpochMilli(random.nextInt(1000)));
      return Codecs.HOST_INVENTORY.encode(forged);
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  private void remove(Driver driver, String host) {
    if (random.nextBoolean()) {
      driver.document(host, null);
    } else {
      driver.heartbeat(host, null);
    }
    driver.index.remove("capacity/" + host);
  }

  /** Long enough for hosts to be lost, profiles to be forgotten, old rules to be removed. */
  private void pass(Driver driver) {
    Duration time = Duration.ofMinutes(random.nextInt(70));
    for (int i = 0; i < 4; i++) {
      driver.settle(time.dividedBy(2));
    }
  }

  private void heartbeat(Driver driver, String host) {
    byte[] heartbeat =
        Documents.heartbeat(
            host, 1, sequences.getOrDefault(host, 0L) + random.nextInt(2), random.nextInt(4) > 0);
    try {
      HostCapacity capacity = Codecs.HOST_CAPACITY.decode(heartbeat);
      capacity.put("capacity", Map.of("0000:00:02.0/i915-GVTg_V5_4", random.nextInt(3)));
      heartbeat = Codecs.HOST_CAPACITY.encode(capacity);
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
    boolean known = driver.index.containsKey("host/" + host);
    driver.heartbeat(host, heartbeat);
    if (known) {
      driver.index.put("capacity/" + host, heartbeat);
    }
  }

  private void override(Driver driver) {
    String id = "o" + random.nextInt(3);
    int dice = random.nextInt(4);
    byte[] value = dice == 0 ? null : dice == 1 ? poison() : override();
    driver.override(id, value);
    if (dice > 1) {
      driver.index.put("override/" + id, value);
    } else {
      driver.index.remove("override/" + id);
    }
  }

  private byte[] override() {
    return Codecs.OVERRIDE.encode(
        new OverrideRecord(
            "software-version",
            random.nextBoolean() ? OverrideScopeKind.POOL : OverrideScopeKind.DRIVER,
            "p2",
            "p2",
            "an.operator",
            "tried " + random.nextInt(3),
            Instant.EPOCH,
            null,
            null));
  }

  /** Drivers answer, or do not, or tell nothing. */
  private void answer(Driver driver) {
    for (ProbeRequest request : driver.requests()) {
      switch (random.nextInt(4)) {
        case 0 -> {}
        case 1 -> driver.result(result(request, ProbeOutcomeKind.ACCEPTED, 0));
        case 2 -> driver.result(result(request, ProbeOutcomeKind.REFUSED, EINVAL));
        default -> driver.result(result(request, ProbeOutcomeKind.INCONCLUSIVE, 0));
      }
    }
  }

  private static ProbeResult result(ProbeRequest request, ProbeOutcomeKind outcome, int errno) {
    return new ProbeResult(
        request.getHost(),
        request.getNumber(),
        request.getPair(),
        request.getEndpoint(),
        outcome,
        errno,
        errno == 0 ? "" : "EINVAL",
        outcome == ProbeOutcomeKind.INCONCLUSIVE ? "the attribute is gone" : "",
        Instant.EPOCH);
  }

  private byte[] document(String host) {
    long sequence = sequences.merge(host, 1L, Long::sum);
    Map<String, String> labels = new TreeMap<>(Map.of("pool", "p" + random.nextInt(2)));
    if (random.nextInt(3) == 0) {
      labels.put("zone", "z" + random.nextInt(2));
    }
    if (random.nextInt(3) == 0) {
      labels.put("live_migratable", random.nextBoolean() ? "yes" : "no");
    }
    try {
      HostInventory document =
          Codecs.HOST_INVENTORY.decode(Documents.document(host, 1, sequence, labels, endpoints()));
      if (random.nextInt(3) == 0) {
        reading(document);
      }
      if (random.nextInt(8) == 0) {
        String name = "old" + random.nextInt(2);
        formerly.put(host, new FormerHost(name, Instant.ofEpochMilli(sequence)));
      }
      document.put("formerHost", formerly.get(host));
      byte[] encoded = Codecs.HOST_INVENTORY.encode(document);
      newest.put(host, encoded);
      return encoded;
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  private void reading(HostInventory document) {
    document.put("kernel", "6." + random.nextInt(2) + ".0");
    document.put(
        "drivers",
        List.of(new DriverFact("i915", "1." + random.nextInt(2), "s" + random.nextInt(2))));
    document.put("facts", Map.of("other.fact", String.valueOf(random.nextInt(3))));
    document.put("functions", List.of("0000:00:1f." + random.nextInt(3)));
    document.put("problems", List.of(new ProblemEntry("x", "unreadable", "EIO")));
    document.put("extent", new HostExtent(Map.of(), random.nextInt(2), Map.of()));
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      endpoints.add(
          Documents.type(
              "0000:00:02." + i,
              "i915-GVTg_V5_4",
              "1." + random.nextInt(3) + "." + random.nextInt(2)));
    }
    if (random.nextBoolean()) {
      endpoints.add(
          new Endpoint(
              EndpointName.type("0000:00:04.0", "t"),
              EndpointKind.MDEV_TYPE,
              Optional.of("t"),
              Attributes.of(
                  Map.of("migration_version", new Attribute.Text("v" + random.nextInt(2)))),
              Attributes.NONE,
              Attributes.of(Map.of("vendor", new Attribute.Text("0x8086")))));
    }
    if (random.nextBoolean()) {
      endpoints.add(
          new Endpoint(
              EndpointName.device("virtio0"),
              EndpointKind.VIRTIO_DEVICE,
              Optional.empty(),
              Attributes.of(
                  Map.of(
                      "device", new Attribute.Text("0x0001"),
                      "vendor", new Attribute.Text("0x1af4"),
                      "features", new Attribute.Text("10" + random.nextInt(2)))),
              Attributes.NONE,
              Attributes.NONE));
    }
    if (random.nextBoolean()) {
      endpoints.add(
          new Endpoint(
              EndpointName.device("0b1e55ed-0000-4000-8000-000000000000"),
              EndpointKind.MDEV_DEVICE,
              Optional.of("d"),
              Attributes.of(Map.of("res", new Attribute.Text(String.valueOf(random.nextInt(3))))),
              Attributes.of(
                  Map.of(
                      "software_version", new Attribute.Text("1.2.0"),
                      "dynamic_resources", new Attribute.Text("res"))),
              Attributes.NONE));
    }
    return endpoints;
  }
}
