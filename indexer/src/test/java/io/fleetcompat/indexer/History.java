package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A seeded history of documents, removals, old and duplicated documents and poison, beside the
 * model of what it leads to: the newest document of every host that was not removed.
 */
final class History {

  /** One record on host-inventory; nobody compares two. */
  @SuppressWarnings("ArrayRecordComponent")
  record Event(String host, byte @Nullable [] value) {}

  private static final int HOSTS = 12;
  private static final int VERSIONS = 6;

  private final Random random;
  private final Map<String, Long> sequences = new TreeMap<>();
  private final Map<String, List<Endpoint>> model = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();

  History(long seed) {
    this.random = new Random(seed);
  }

  List<Event> events(int number) {
    int first = events.size();
    for (int i = 0; i < number; i++) {
      events.add(next());
    }
    return List.copyOf(events.subList(first, events.size()));
  }

  /** The hosts as they are in the end: endpoint → profile. */
  Map<String, Map<String, String>> model() {
    Map<String, Map<String, String>> hosts = new TreeMap<>();
    model.forEach(
        (host, endpoints) -> {
          Map<String, String> profiles = new TreeMap<>();
          endpoints.forEach(
              e -> profiles.put(e.name().toString(), Profile.of(e).fingerprint().toString()));
          hosts.put(host, profiles);
        });
    return hosts;
  }

  /** Every host once more: its newest content in a newer document, or its removal. */
  List<Event> lastWords() {
    List<Event> words = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      String host = "host-" + i;
      List<Endpoint> endpoints = model.get(host);
      long sequence = sequences.merge(host, 1L, Long::sum);
      words.add(
          new Event(
              host, endpoints == null ? null : Documents.document(host, 1, sequence, endpoints)));
    }
    return words;
  }

  private Event next() {
    String host = "host-" + random.nextInt(HOSTS);
    int dice = random.nextInt(20);
    if (dice == 0) {
      byte[] poison = new byte[random.nextInt(40)];
      random.nextBytes(poison);
      return new Event(host, poison);
    }
    if (dice == 1) {
      model.remove(host);
      return new Event(host, null);
    }
    if (dice < 5) {
      return again(host).orElseGet(() -> change(host));
    }
    return change(host);
  }

  private Event change(String host) {
    long sequence = sequences.merge(host, 1L, Long::sum);
    String[] versions = new String[1 + random.nextInt(3)];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = "1." + random.nextInt(VERSIONS) + ".0";
    }
    List<Endpoint> endpoints = Documents.types(versions);
    model.put(host, endpoints);
    return new Event(host, Documents.document(host, 1, sequence, endpoints));
  }

  /** An earlier document once more; harmless while the host has a newer one. */
  private Optional<Event> again(String host) {
    if (!model.containsKey(host)) {
      return Optional.empty();
    }
    List<Event> earlier =
        events.stream().filter(e -> e.host().equals(host) && e.value() != null).toList();
    return earlier.isEmpty()
        ? Optional.empty()
        : Optional.of(earlier.get(random.nextInt(earlier.size())));
  }
}
