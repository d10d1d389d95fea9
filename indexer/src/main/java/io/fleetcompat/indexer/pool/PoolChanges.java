package io.fleetcompat.indexer.pool;

import io.fleetcompat.indexer.change.ChangeSink;
import io.fleetcompat.indexer.change.ChangedValues;
import io.fleetcompat.indexer.change.NewChange;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.schemas.avro.PoolFamily;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The changes of overrides and of pools on their way into the topic of changes. One stream thread.
 */
final class PoolChanges {

  private final ProcessorContext<byte[], byte[]> context;
  private final ChangeSink sink;

  PoolChanges(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.sink = new ChangeSink(context, PoolNodes.CHANGES);
  }

  /**
   * An override is there, is another, or does not count any more.
   *
   * @param before as it was, encoded
   */
  void override(
      String id,
      Optional<byte[]> before,
      Optional<OverrideRecord> from,
      Optional<OverrideRecord> to) {
    NewChange change =
        NewChange.of(to.isPresent() ? ChangeCause.OVERRIDE_ADDED : ChangeCause.OVERRIDE_REMOVED)
            .values(ChangedValues.between("", words(from), words(to)));
    from.ifPresent(override -> pools(override, change));
    to.ifPresent(override -> pools(override, change));
    send(ChangeKey.Kind.OVERRIDE, id, change, before);
  }

  private static void pools(OverrideRecord override, NewChange change) {
    if (override.getScope() == OverrideScopeKind.POOL) {
      change.pool(override.getSource()).pool(override.getDestination());
    }
  }

  private static Map<String, String> words(Optional<OverrideRecord> record) {
    Map<String, String> words = new TreeMap<>();
    record.ifPresent(
        override -> {
          words.put("rule", override.getRule());
          words.put("scope", override.getScope().name());
          words.put("source", override.getSource());
          words.put("destination", override.getDestination());
          words.put("author", override.getAuthor());
          words.put("reason", override.getReason());
          Instant expires = override.getExpires();
          if (expires != null) {
            words.put("expires", expires.toString());
          }
          String replaces = override.getReplaces();
          if (replaces != null) {
            words.put("replaces", replaces);
          }
        });
    return words;
  }

  /**
   * The health of a pool is another, or nobody is in the pool any more.
   *
   * @param before as it was told, encoded
   */
  void health(
      String pool,
      Optional<byte[]> before,
      Optional<PoolHealthRecord> from,
      Optional<PoolHealthRecord> to) {
    NewChange change =
        NewChange.of(to.isPresent() ? ChangeCause.POOL_HEALTH_CHANGED : ChangeCause.POOL_GONE)
            .values(ChangedValues.between("", numbers(from), numbers(to)))
            .pool(pool);
    send(ChangeKey.Kind.POOL, pool, change, before);
  }

  private static Map<String, String> numbers(Optional<PoolHealthRecord> record) {
    Map<String, String> numbers = new TreeMap<>();
    record.ifPresent(
        health -> {
          numbers.put("rule set", health.getRuleSet());
          put(numbers, "live hosts", health.getFresh());
          put(numbers, "stale hosts", health.getStale());
          put(numbers, "lost hosts", health.getLost());
          put(numbers, "profiles not assessed", health.getNotAssessed());
          put(numbers, "one-way pairs", health.getOneWayPairs());
          put(
              numbers,
              "groups",
              health.getFamilies().stream().mapToLong(PoolFamily::getGroups).sum());
          movability(numbers, "devices", health.getDevices());
          movability(numbers, "types", health.getTypes());
          health.getFindings().forEach(each -> put(numbers, each.getFinding(), each.getCount()));
        });
    return numbers;
  }

  private static void movability(Map<String, String> into, String what, PoolMovability of) {
    put(into, what, of.getEndpoints());
    put(into, "movable " + what, of.getMovable());
    put(into, "stranded " + what, of.getStranded());
    put(into, "unknown " + what, of.getUnknown());
    put(into, "full " + what, of.getFull());
  }

  private static void put(Map<String, String> into, String name, long number) {
    into.put(name, String.valueOf(number));
  }

  private void send(ChangeKey.Kind kind, String name, NewChange change, Optional<byte[]> before) {
    sink.send(kind, name, change, before, context.currentSystemTimeMs());
  }
}
