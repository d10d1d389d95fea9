package io.fleetcompat.cli.up;

import io.fleetcompat.cli.process.KeyTopic;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.avro.RegisteredKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of all hosts that {@code up} collects from: derived from a fleet key in its data
 * directory, and registered when a host is met. What {@code keys rotate}, {@code revoke} or {@code
 * add} registers counts here too, some seconds later. Any number of threads.
 */
final class FleetKeys implements HostKeys {

  /** The time after which it is looked again what is registered. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(FleetKeys.class);

  private final FleetKey fleet;
  private final KeyTopic topic;
  private final LongSupplier nanos;

  /** The generations of each host's key; read and written under the lock. */
  private final SortedMap<String, Generations> registered = new TreeMap<>();

  private long looked;

  private FleetKeys(FleetKey fleet, KeyTopic topic, LongSupplier nanos) {
    this.fleet = fleet;
    this.topic = topic;
    this.nanos = nanos;
  }

  /** The keys of a fleet, as they are registered now and later. */
  static FleetKeys read(FleetKey fleet, KeyTopic topic) {
    FleetKeys keys = new FleetKeys(fleet, topic, System::nanoTime);
    keys.look();
    return keys;
  }

  /** Takes what is registered; where the topic has lost what was, it is registered again. */
  private synchronized void look() {
    SortedMap<String, Generations> lost = new TreeMap<>(registered);
    for (var each : topic.read().entrySet()) {
      Optional<RegisteredKey> key = each.getValue();
      registered.put(each.getKey(), key.map(Generations::of).orElse(Generations.NONE));
      lost.remove(each.getKey());
    }
    lost.values().removeIf(Generations.NONE::equals);
    if (!lost.isEmpty()) {
      topic.write(lost, now(), "restored by up");
    }
    looked = nanos.getAsLong();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Looks again; where Kafka does not answer, the known keys count on: nothing can be sent either.
   */
  private void lookAgain() {
    if (nanos.getAsLong() - looked < LOOK_EVERY.toNanos()) {
      return;
    }
    try {
      look();
    } catch (KafkaException e) {
      looked = nanos.getAsLong();
      LOG.debug("the keys could not be read again", e);
    }
  }

  /** Registers keys of hosts that have none yet. */
  synchronized void register(Collection<String> hosts) {
    SortedMap<String, Generations> fresh = new TreeMap<>();
    for (String host : hosts) {
      if (!registered.containsKey(host)) {
        fresh.put(host, Generations.NONE.rotated());
      }
    }
    if (!fresh.isEmpty()) {
      topic.write(fresh, now(), "given by up");
      registered.putAll(fresh);
    }
  }

  @Override
  public synchronized Optional<HostKey> of(String host) throws IOException {
    lookAgain();
    register(List.of(host));
    Generations generations = registered.getOrDefault(host, Generations.NONE);
    if (!generations.isActive()) {
      throw new IOException(
          "the key of host " + host + " was revoked: 'keys add' gives it another");
    }
    return Optional.of(fleet.host(host, generations.newest()));
  }
}
