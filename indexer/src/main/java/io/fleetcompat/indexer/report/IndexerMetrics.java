package io.fleetcompat.indexer.report;

import io.fleetcompat.schemas.BadRecordException.Code;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * The numbers that the indexer shows, under {@code fleetcompat_indexer_*}. Threads: any.
 *
 * <p>Numbers that are a state of one task (hosts by liveness, profiles) are asked of the tasks that
 * run now, and added up.
 */
public final class IndexerMetrics {

  private static final String PREFIX = "fleetcompat.indexer.";

  /** The sentence that stands with each metric, by its name. */
  private static final Map<String, String> HELP =
      Map.ofEntries(
          Map.entry("alerts", "Alerts about pools, by state"),
          Map.entry("documents.dropped", "Documents and heartbeats that came before"),
          Map.entry("generation", "Generation of the matrix"),
          Map.entry("hosts", "Hosts by liveness"),
          Map.entry("hosts.found", "Hosts by finding"),
          Map.entry("judge.faults", "Pairs of profiles on which our own code failed"),
          Map.entry("pools", "Pools by state"),
          Map.entry("probe.pairs", "Pairs of a string and a class of destinations"),
          Map.entry("probe.questions", "Questions to drivers, by what became of them"),
          Map.entry("profiles", "Profiles by state"),
          Map.entry("profiles.dropped", "Stored profiles that this version does not accept"),
          Map.entry("profiles.refused", "Profiles beyond what is configured"),
          Map.entry("records", "Records taken, by topic"),
          Map.entry("records.rejected", "Records that could not be used, by code"),
          Map.entry("records.told.again", "Records that their topic had lost, by topic"),
          Map.entry("rules", "Rule sets by state"),
          Map.entry("state.damaged", "Stores and files of state moved aside, since damaged"));

  private final MeterRegistry registry;
  private final Counter notNewer;
  private final Counter repeated;
  private final Counter refusedProfiles;
  private final Counter droppedProfiles;
  private final Counter judgeFaults;
  private final Counter damagedState;
  private final Timer judged;
  private final Map<String, Set<IntSupplier>> gauges = new ConcurrentHashMap<>();

  public IndexerMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Code code : Code.values()) {
      counter("records.rejected", "code", code.toString());
    }
    for (QuestionState state : QuestionState.values()) {
      counter("probe.questions", "what", state.toString());
    }
    this.notNewer = counter("documents.dropped", "reason", "not-newer");
    this.repeated = counter("documents.dropped", "reason", "repeated-heartbeat");
    this.refusedProfiles = counter("profiles.refused", "reason", "too-many");
    this.droppedProfiles = counter("profiles.dropped", "reason", "not-accepted");
    this.judgeFaults = counter("judge.faults");
    this.damagedState = counter("state.damaged");
    this.judged =
        Timer.builder(PREFIX + "judge")
            .description("judging one new profile against all others, both directions")
            .register(registry);
  }

  /** A record was taken from that topic. */
  public void received(String topic) {
    counter("records", "topic", topic).increment();
  }

  public void rejected(Code code) {
    counter("records.rejected", "code", code.toString()).increment();
  }

  /** A document was dropped since it was not newer than what is stored. */
  public void notNewer() {
    notNewer.increment();
  }

  /** A heartbeat was dropped since it had come before. */
  public void repeated() {
    repeated.increment();
  }

  /** A profile was refused since there are as many as configured. */
  public void profileRefused() {
    refusedProfiles.increment();
  }

  /** A stored profile was dropped since this version does not accept its content. */
  public void profileDropped() {
    droppedProfiles.increment();
  }

  /** Our own code failed on a pair of profiles, which stays UNKNOWN. */
  public void judgeFault() {
    judgeFaults.increment();
  }

  /** A store, or a file of state, was damaged, and moved aside. */
  public void stateMovedAside() {
    damagedState.increment();
  }

  /** So many records of a topic were not as they were told, and were told again. */
  public void toldAgain(String topic, int records) {
    counter("records.told.again", "topic", topic).increment(records);
  }

  /** The states of a question to a driver that are counted. */
  public enum QuestionState {
    ASKED,
    ACCEPTED,
    REFUSED,
    INCONCLUSIVE,
    /** No answer came in time. */
    EXPIRED,
    /** A result came that answers no open question. */
    IGNORED,
    /** The key with which an answer was marked was taken away, so it counts no more. */
    WITHDRAWN;

    private final String spelling = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
      return spelling;
    }
  }

  /** A question to a driver was asked, or has come to an end. */
  public void probe(QuestionState state) {
    counter("probe.questions", "what", state.toString()).increment();
  }

  public void judged(Duration duration) {
    judged.record(duration);
  }

  /** Adds a task's number to a gauge, until the result is closed. */
  public Registration gauge(String name, String tag, String value, IntSupplier supplier) {
    Set<IntSupplier> suppliers =
        gauges.computeIfAbsent(name + '\0' + value, added -> register(name, tag, value));
    suppliers.add(supplier);
    return () -> suppliers.remove(supplier);
  }

  /** Something registered; closing it takes it back. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private Set<IntSupplier> register(String name, String tag, String value) {
    Set<IntSupplier> suppliers = ConcurrentHashMap.newKeySet();
    Gauge.builder(PREFIX + name, () -> suppliers.stream().mapToInt(IntSupplier::getAsInt).sum())
        .description(help(name))
        .tag(tag, value)
        .register(registry);
    return suppliers;
  }

  private Counter counter(String name) {
    return Counter.builder(PREFIX + name).description(help(name)).register(registry);
  }

  private Counter counter(String name, String tag, String value) {
    return Counter.builder(PREFIX + name)
        .description(help(name))
        .tag(tag, value)
        .register(registry);
  }

  private static String help(String name) {
    return Objects.requireNonNull(HELP.get(name), name);
  }
}
