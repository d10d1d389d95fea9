package io.fleetcompat.oracle.simulated;

import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.oracle.simulated.FakeLog.Partition;
import io.fleetcompat.oracle.simulated.FakeLog.Transaction;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A task as Streams runs it under exactly-once: outputs, stores and positions are committed
 * together or not at all, and who takes a task over fences whoever had it. One thread.
 */
final class FakeTask {

  private final String name;
  private final TaskId id;
  private final Supplier<Processor<byte[], byte[], byte[], byte[]>> processors;
  private final List<Partition> sources;
  private final Map<String, Sink> sinks;
  private final List<String> stores;
  private final LongSupplier clock;

  private final Map<String, Map<String, byte[]>> committedStores = new TreeMap<>();
  private final Map<Partition, Long> committedPositions = new HashMap<>();
  private @Nullable Instance<byte[], byte[]> running;
  private @Nullable Instance<byte[], byte[]> zombie;

  /** The way of a node's records into the log. */
  interface Sink {
    void send(Record<byte[], byte[]> record, Transaction transaction);
  }

  FakeTask(
      String name,
      TaskId id,
      Supplier<Processor<byte[], byte[], byte[], byte[]>> processors,
      List<Partition> sources,
      Map<String, Sink> sinks,
      List<String> stores,
      LongSupplier clock) {
    this.name = name;
    this.id = id;
    this.processors = processors;
    this.sources = sources;
    this.sinks = sinks;
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * The task in the hands of one process.
   *
   * @param <A> bytes, as {@code B}: an array can be no bound of Streams' own parameters
   */
  private final class Instance<A, B> implements ProcessorContext<A, B> {
    private final Map<String, FakeStore> held = new HashMap<>();
    private final Map<Partition, Long> positions = new HashMap<>();
    private final List<Timer> timers = new ArrayList<>();
    private final Processor<byte[], byte[], byte[], byte[]> processor = processors.get();
    private Transaction transaction = new Transaction();
    private Optional<RecordMetadata> metadata = Optional.empty();

    private Instance() {
      restore();
    }

    private void restore() {
      positions.clear();
      positions.putAll(committedPositions);
      for (String store : stores) {
        held.computeIfAbsent(store, name -> new FakeStore(name, Map.of()))
            .refill(committedStores.getOrDefault(store, new TreeMap<>()));
      }
    }

    private void revive() {
      processor.close();
      transaction.abort();
      transaction = new Transaction();
      restore();
    }

    private boolean process(long entropy, boolean only) {
      for (int i = 0; i < sources.size(); i++) {
        Partition source = sources.get((int) Long.remainderUnsigned(entropy + i, sources.size()));
        Entry next = source.next(positions.getOrDefault(source, 0L));
        if (next != null) {
          positions.put(source, next.offset() + 1);
          metadata =
              Optional.of(
                  new From(source.name().topic(), source.name().partition(), next.offset()));
          processor.process(
              new Record<>(
                  next.key(),
                  next.value(),
                  next.timestamp(),
                  new RecordHeaders(next.origin().headers())));
          metadata = Optional.empty();
          return true;
        }
        if (only) {
          return false;
        }
      }
      return false;
    }

    private boolean tick(long now) {
      boolean ticked = false;
      for (Timer timer : List.copyOf(timers)) {
        if (!timer.cancelled && now >= timer.next) {
          timer.next = now + timer.every;
          timer.punctuator.punctuate(now);
          ticked = true;
        }
      }
      timers.removeIf(timer -> timer.cancelled);
      return ticked;
    }

    @Override
    public String applicationId() {
      return "fleetcompat-indexer";
    }

    @Override
    public TaskId taskId() {
      return id;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
      return metadata;
    }

    @Override
    public Serde<?> keySerde() {
      return Serdes.ByteArray();
    }

    @Override
    public Serde<?> valueSerde() {
      return Serdes.ByteArray();
    }

    @Override
    public File stateDir() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StreamsMetrics metrics() {
      throw new UnsupportedOperationException();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    @Override
    public <S extends StateStore> S getStateStore(String store) {
      FakeStore found = held.get(store);
      if (found == null) {
        throw new AssertionError(name + " has no store " + store);
      }
      return (S) found;
    }

    @Override
    public Cancellable schedule(Duration every, PunctuationType type, Punctuator punctuator) {
      Timer timer = new Timer(every.toMillis(), clock.getAsLong() + every.toMillis(), punctuator);
      timers.add(timer);
      return () -> timer.cancelled = true;
    }

    @Override
    public Cancellable schedule(
        Instant start, Duration every, PunctuationType type, Punctuator punctuator) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void commit() {}

    @Override
    public Map<String, Object> appConfigs() {
      return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
      return Map.of();
    }

    @Override
    public long currentSystemTimeMs() {
      return clock.getAsLong();
    }

    @Override
    public long currentStreamTimeMs() {
      return clock.getAsLong();
    }

    @Override
    public <K extends A, V extends B> void forward(Record<K, V> record) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <K extends A, V extends B> void forward(Record<K, V> record, String child) {
      Sink sink = sinks.get(child);
      if (sink == null) {
        throw new AssertionError(name + " has no sink " + child);
      }
      sink.send(
          new Record<>((byte[]) record.key(), (byte[]) record.value(), record.timestamp()),
          transaction);
    }
  }

  private record From(String topic, int partition, long offset) implements RecordMetadata {}

  private static final class Timer {
    private final long every;
    private final Punctuator punctuator;
    private long next;
    private boolean cancelled;

    private Timer(long every, long next, Punctuator punctuator) {
      this.every = every;
      this.next = next;
      this.punctuator = punctuator;
    }
  }

  String name() {
    return name;
  }

  /** The processor of who has it now; empty while nobody has. */
  Optional<Processor<byte[], byte[], byte[], byte[]>> processor() {
    return Optional.ofNullable(running).map(instance -> instance.processor);
  }

  boolean isRunning() {
    return running != null;
  }

  /** Takes it up from what is committed. */
  void start() {
    if (running == null) {
      running = new Instance<>();
      running.processor.init(running);
    }
  }

  /** Takes the next record of some source; false where there is none. */
  boolean process(long entropy) {
    return running != null && running.process(entropy, false);
  }

  /** Calls what is due. */
  boolean tick() {
    return running != null && running.tick(clock.getAsLong());
  }

  /** Commits what was done since the last commit. */
  void commit() {
    if (running != null) {
      commit(running);
    }
  }

  private void commit(Instance<byte[], byte[]> instance) {
    if (instance.transaction.hasEnded()) {
      throw new AssertionError("a fenced task cannot commit");
    }
    instance.held.forEach((store, held) -> committedStores.put(store, held.copy()));
    committedPositions.putAll(instance.positions);
    instance.transaction.commit();
    instance.transaction = new Transaction();
  }

  /** The process ends between two writes: nothing since the last commit has happened. */
  void crash() {
    if (running != null) {
      running.transaction.abort();
      running = null;
    }
    zombie = null;
  }

  /**
   * A commit failed: nothing since the last one has happened, and the same processor goes on from
   * there. What it has scheduled stays, as in Streams, unless it took that back.
   */
  void revive() {
    if (running != null) {
      running.revive();
      running.processor.init(running);
    }
  }

  /** Another process takes it over; the one before goes on, and does not know yet. */
  void rebalance() {
    if (running != null) {
      running.transaction.abort();
      zombie = running;
      running = null;
    }
    start();
  }

  /** The one before works on. */
  void stepZombie(long entropy) {
    if (zombie != null) {
      if (entropy % 2 == 0) {
        zombie.process(entropy >>> 1, false);
      } else {
        zombie.tick(clock.getAsLong());
      }
    }
  }

  /** Puts this under some key of a store that is committed; only while it does not run. */
  Optional<String> damage(long entropy, byte[] garbage) {
    List<Map<String, byte[]>> filled =
        committedStores.values().stream().filter(store -> !store.isEmpty()).toList();
    if (running != null || filled.isEmpty()) {
      return Optional.empty();
    }
    Map<String, byte[]> store = filled.get((int) Long.remainderUnsigned(entropy, filled.size()));
    List<String> keys = List.copyOf(store.keySet());
    String key = keys.get((int) Long.remainderUnsigned(entropy >>> 8, keys.size()));
    store.put(key, garbage);
    return Optional.of(key);
  }

  /** True where it has taken a record for good: no end of its process makes it take that again. */
  boolean hasCommitted(Partition source, long offset) {
    return committedPositions.getOrDefault(source, 0L) > offset;
  }

  /** True where a source has a record that it has not taken. */
  boolean hasInput() {
    Map<Partition, Long> positions = running == null ? committedPositions : running.positions;
    return sources.stream()
        .anyMatch(source -> source.next(positions.getOrDefault(source, 0L)) != null);
  }
}
