package io.fleetcompat.oracle.simulated;

import io.fleetcompat.collector.SimulatedVoice;
import io.fleetcompat.collector.publish.HandSender;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A host: what it really is and was, and the collectors that speak for it. One thread. */
final class SimulatedHost {

  static final int NOTHING = -1;
  static final long STILL = Long.MAX_VALUE;

  private final String name;
  private final String pool;
  private final Catalogue catalogue;
  private final Topics topics;

  /** The fleet's key, of which the host's is a part; empty where collectors mark nothing. */
  private final Optional<FleetKey> fleet;

  /** The difference of its clock from the brokers'. */
  private final long clockAhead;

  private final List<Era> eras = new ArrayList<>();
  private final Map<DocumentVersion, int[]> documents = new HashMap<>();
  private final Set<DocumentDigest> said = new HashSet<>();
  private final List<Collector> collectors = new ArrayList<>();

  /** Those that will send their document again, since they have another key. */
  private final List<Collector> resending = new ArrayList<>();

  private int[] contents;
  private Optional<HostKey> key = Optional.empty();
  private long epoch;
  private boolean removed;
  private int removedWith;
  private boolean everRemoved;
  private boolean forged;

  /** The value that it was, and until when. */
  private static final class Era {
    private final int[] contents;
    private long until = STILL;

    private Era(int[] contents) {
      this.contents = contents;
    }
  }

  /** One start of its collector. */
  record Collector(SimulatedVoice voice, HandSender sender) {}

  SimulatedHost(
      String name,
      String pool,
      long clockAhead,
      Catalogue catalogue,
      Topics topics,
      Optional<FleetKey> fleet) {
    this.name = name;
    this.pool = pool;
    this.clockAhead = clockAhead;
    this.catalogue = catalogue;
    this.topics = topics;
    this.contents = new int[catalogue.places()];
    Arrays.fill(contents, NOTHING);
    eras.add(new Era(contents));
    this.fleet = fleet;
    bring(1);
  }

  /** Brings a generation of the host's key to it. */
  void bring(int generation) {
    key = fleet.map(of -> of.host(name, generation));
  }

  /** The generation of the key that it has; 0 where it has none. */
  int generation() {
    return key.map(HostKey::generation).orElse(0);
  }

  String name() {
    return name;
  }

  /** The contents of its places now. */
  int content(int place) {
    return removed ? NOTHING : contents[place];
  }

  List<Collector> collectors() {
    return collectors;
  }

  boolean isRemoved() {
    return removed;
  }

  /** The generation of the key that it had when it was removed last. */
  int removedWith() {
    return removedWith;
  }

  /** True where a removal of it may arrive later than what it said when it was started again. */
  boolean wasRemoved() {
    return everRemoved;
  }

  boolean isForged() {
    return forged;
  }

  /** Somebody else has written under its name, or an operator has removed what he wrote. */
  void forged(boolean now) {
    forged = now;
  }

  /** Becomes another host. */
  void become(int[] next, long now) {
    eras.getLast().until = now;
    contents = next;
    eras.add(new Era(next));
  }

  int[] contents() {
    return contents.clone();
  }

  /** A collector starts; those that were there end, or go on. */
  void start(long now, boolean alone) {
    if (alone) {
      collectors.clear();
    }
    removed = false;
    epoch = Math.max(epoch + 1, now + clockAhead);
    HandSender sender = new HandSender(topics, _ -> key, new SimpleMeterRegistry());
    long began = now + clockAhead;
    Collector started =
        new Collector(
            new SimulatedVoice(name, pool, sender, () -> Instant.ofEpochMilli(began), epoch),
            sender);
    Runnable _ = sender.publisher().onLoss(name, () -> resending.add(started));
    collectors.add(started);
    look(started, false);
  }

  /** Its collectors say that it lives, and again all that it is, where they have another key. */
  void beat() {
    for (Collector collector : collectors) {
      if (resending.remove(collector)) {
        look(collector, true);
      }
      collector.voice().heartbeat();
    }
  }

  void end() {
    collectors.clear();
  }

  /**
   * Of several collectors the one that was started last is left; where there is none, one starts.
   */
  void haveOne(long now) {
    while (collectors.size() > 1) {
      collectors.removeFirst();
    }
    if (collectors.isEmpty() && !removed) {
      start(now, true);
    }
  }

  /** It is gone on purpose. */
  void remove(long now) {
    int[] nothing = new int[contents.length];
    Arrays.fill(nothing, NOTHING);
    become(nothing, now);
    removed = true;
    removedWith = generation();
    everRemoved = true;
    collectors.clear();
  }

  /** Its collectors look. */
  void look(boolean refresh) {
    collectors.forEach(collector -> look(collector, refresh));
  }

  private void look(Collector collector, boolean refresh) {
    if (collector.voice().announce(reading(contents), refresh)) {
      documents.put(
          new DocumentVersion(collector.voice().epoch(), collector.voice().sequence()), contents);
    }
  }

  /** A look at a host with these contents. */
  HostReading reading(int[] of) {
    List<Endpoint> endpoints = new ArrayList<>();
    Map<io.fleetcompat.inventory.EndpointName, Integer> capacity = new TreeMap<>();
    for (int content : of) {
      if (content != NOTHING) {
        Endpoint endpoint = catalogue.content(content);
        endpoints.add(endpoint);
        if (endpoint.kind().isType()) {
          capacity.put(endpoint.name(), 1 + content % 3);
        }
      }
    }
    return new HostReading(
        Optional.of("6.1.0"),
        List.of(),
        Attributes.NONE,
        endpoints,
        List.of(),
        capacity,
        List.of());
  }

  /** A document of it has arrived. */
  void said(byte[] document) {
    said.add(DocumentDigest.of(document));
  }

  /** True where a collector of it has sent that document. */
  boolean hasSaid(DocumentDigest document) {
    return said.contains(document);
  }

  /** The contents that a genuine document of it has. */
  Optional<int[]> document(DocumentVersion version) {
    return Optional.ofNullable(documents.get(version));
  }

  /** A version that its next document may have. */
  DocumentVersion nextVersion(int ahead) {
    long sequence = collectors.isEmpty() ? 1 : collectors.getLast().voice().sequence();
    return new DocumentVersion(epoch, sequence + ahead);
  }

  /** The contents of a place at any time since then, as bits. */
  long since(int place, long time) {
    long bits = 0;
    for (int i = eras.size() - 1; i >= 0 && eras.get(i).until >= time; i--) {
      int content = eras.get(i).contents[place];
      if (content != NOTHING) {
        bits |= 1L << content;
      }
    }
    return bits;
  }
}
