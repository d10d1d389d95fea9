package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Related;
import io.fleetcompat.inventory.SharedCards;
import io.fleetcompat.schemas.avro.HostInventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Random readings of hosts, with everything that a document can hold. */
final class Samples {

  private static final List<EndpointKind> KINDS = List.of(EndpointKind.values());

  private final RandomGenerator random;

  Samples(RandomGenerator random) {
    this.random = random;
  }

  HostInventory document(HostReading reading) {
    String host = "host-" + random.nextInt(1000) + ".example";
    Map<String, String> labels = Map.of("pool", word(), "zone", word());
    return InventoryDocument.sent(
        InventoryDocument.of(reading, host, labels, former()),
        new DocumentVersion(random.nextLong(0, Long.MAX_VALUE), random.nextInt(1000)),
        Instant.ofEpochMilli(random.nextLong(1L << 45)),
        "scan",
        List.of());
  }

  private Optional<FormerName> former() {
    return random.nextBoolean()
        ? Optional.of(new FormerName(word(), Instant.ofEpochMilli(random.nextLong(1L << 45))))
        : Optional.empty();
  }

  HostReading reading() {
    TreeMap<EndpointName, Endpoint> endpoints = new TreeMap<>();
    List<Attributes> contents = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      contents.add(attributes());
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      Endpoint endpoint = endpoint(contents);
      endpoints.put(endpoint.name(), endpoint);
    }
    return new HostReading(
        random.nextBoolean() ? Optional.of("6.1.0-" + word()) : Optional.empty(),
        List.of(new HostReading.Driver("i915", Optional.of(word()), Optional.empty())),
        Attributes.of(
            Map.of(
                "ecc_mode",
                new Attribute.Text(word()),
                "nvidia.driver",
                new Attribute.Malformed(word()))),
        HostEndpoints.of(endpoints.values()),
        List.copyOf(new TreeSet<>(List.of("0000:00:1f." + random.nextInt(8)))),
        Capacities.NONE,
        List.of(new HostReading.Problem("devices/x", ProblemCode.MALFORMED, word())),
        new Extent(
            new TreeMap<>(Map.of("0000:3b:00.4", word())),
            random.nextInt(3),
            new TreeMap<>(Map.of("0000:3b:00.0", Instant.ofEpochMilli(random.nextInt(1 << 30))))),
        cards());
  }

  private SharedCards cards() {
    TreeMap<String, String> physicalOf = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      physicalOf.put("0000:3b:00.0 " + word(), "0000:3b:00." + random.nextInt(2));
    }
    return new SharedCards(physicalOf);
  }

  private Endpoint endpoint(List<Attributes> contents) {
    EndpointKind kind = KINDS.get(random.nextInt(KINDS.size()));
    EndpointName name =
        kind.isType()
            ? EndpointName.type("0000:00:0" + random.nextInt(10) + ".0", "type " + word())
            : EndpointName.device("dev-" + word());
    return new Endpoint(
            name,
            kind,
            kind == EndpointKind.MDEV_DEVICE ? Optional.of("type " + word()) : Optional.empty(),
            contents.get(random.nextInt(contents.size())),
            oneOrNone(contents),
            oneOrNone(contents))
        .with(new Related(oneOrNone(contents), oneOrNone(contents), oneOrNone(contents)));
  }

  private Attributes oneOrNone(List<Attributes> contents) {
    return random.nextBoolean() ? Attributes.NONE : contents.get(random.nextInt(contents.size()));
  }

  private Attributes attributes() {
    TreeMap<String, Attribute> byPath = new TreeMap<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      byPath.put("migration/" + word(), attribute());
    }
    return Attributes.of(byPath);
  }

  private Attribute attribute() {
    return switch (random.nextInt(4)) {
      case 0 -> new Attribute.Malformed(word());
      case 1 -> new Attribute.Unreadable("EIO");
      case 2 -> Attribute.DIRECTORY;
      default -> new Attribute.Text(word() + "\n\t" + word());
    };
  }

  /** With characters of one to four bytes. */
  private String word() {
    String letters = "abcz09_-é€😀";
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(1, 10); i > 0; i--) {
      int at = letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, 12)));
      word.appendCodePoint(letters.codePointAt(at));
    }
    return word.toString();
  }
}
