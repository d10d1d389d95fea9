package io.fleetcompat.collector;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a collector of one host can be told.
 *
 * @param host the host's name; key of its records
 * @param labels {@code pool}, {@code zone}, …
 * @param root the sysfs root
 * @param factsDirectory where {@code *.facts} files are
 * @param kernel kernel release; the live root knows its own
 * @param stateDirectory where epochs are kept; without one, only the clock orders two starts
 * @param topicPrefix put before every topic's name
 * @param readDeadline how long one attribute may take to be read
 * @param kafka producer properties
 */
public record CollectorConfig(
    String host,
    SortedMap<String, String> labels,
    Path root,
    Optional<Path> factsDirectory,
    Optional<String> kernel,
    Optional<Path> stateDirectory,
    String topicPrefix,
    Duration readDeadline,
    Intervals intervals,
    Bounds bounds,
    SortedMap<String, String> kafka) {

  /** Longest kernel release, in characters: what readers of the document accept. */
  static final int MAX_KERNEL = 255;

  /**
   * When to look and when to speak.
   *
   * @param rescan between full scans, whether or not anything was heard; with jitter
   * @param poll between looks at the signature of a root that is not live
   * @param refresh between whole documents though nothing changed; with jitter
   * @param heartbeat between signs of life
   * @param settle quiet time after a hint before the scan it causes
   * @param settleMost longest time that a stream of hints puts off a scan
   * @param late from a hinted scan to the second look, for attributes that drivers add late
   */
  public record Intervals(
      Duration rescan,
      Duration poll,
      Duration refresh,
      Duration heartbeat,
      Duration settle,
      Duration settleMost,
      Duration late) {

    public static final Intervals DEFAULT =
        new Intervals(
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    public Intervals {
      for (Duration interval :
          new Duration[] {rescan, poll, refresh, heartbeat, settle, settleMost, late}) {
        if (interval.isNegative() || interval.isZero()) {
          throw new IllegalArgumentException("expected intervals above 0, found " + interval);
        }
      }
    }

    /** The same, but for how often a root that is not live is looked at. */
    public Intervals withPoll(Duration other) {
      return new Intervals(rescan, other, refresh, heartbeat, settle, settleMost, late);
    }
  }

  public CollectorConfig {
    if (!HostName.isValid(host)) {
      throw new IllegalArgumentException("expected " + HostName.RULE + ", found '" + host + "'");
    }
    Labels.require(labels);
    if (kernel.filter(release -> release.length() > MAX_KERNEL).isPresent()) {
      throw new IllegalArgumentException(
          "expected a kernel release of at most " + MAX_KERNEL + " characters, found more");
    }
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    kafka = Collections.unmodifiableSortedMap(new TreeMap<>(kafka));
  }

  /** The defaults for a host and a root; Kafka's address is still missing where one is needed. */
  public static CollectorConfig of(String host, Path root) {
    return new CollectorConfig(
        host,
        Collections.emptySortedMap(),
        root,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Duration.ofSeconds(2),
        Intervals.DEFAULT,
        Bounds.DEFAULT,
        Collections.emptySortedMap());
  }

  public CollectorConfig withLabels(Map<String, String> labels) {
    return new CollectorConfig(
        host,
        new TreeMap<>(labels),
        root,
        factsDirectory,
        kernel,
        stateDirectory,
        topicPrefix,
        readDeadline,
        intervals,
        bounds,
        kafka);
  }

  /** Where the facts of a fleet directory's host are, and what its {@code host.json} says. */
  public CollectorConfig withFacts(Optional<Path> factsDirectory, Optional<String> kernel) {
    return new CollectorConfig(
        host,
        labels,
        root,
        factsDirectory,
        kernel,
        stateDirectory,
        topicPrefix,
        readDeadline,
        intervals,
        bounds,
        kafka);
  }

  public CollectorConfig withStateDirectory(Path stateDirectory) {
    return new CollectorConfig(
        host,
        labels,
        root,
        factsDirectory,
        kernel,
        Optional.of(stateDirectory),
        topicPrefix,
        readDeadline,
        intervals,
        bounds,
        kafka);
  }

  public CollectorConfig withIntervals(Intervals intervals) {
    return new CollectorConfig(
        host,
        labels,
        root,
        factsDirectory,
        kernel,
        stateDirectory,
        topicPrefix,
        readDeadline,
        intervals,
        bounds,
        kafka);
  }

  public CollectorConfig withKafka(Map<String, String> kafka, String topicPrefix) {
    return new CollectorConfig(
        host,
        labels,
        root,
        factsDirectory,
        kernel,
        stateDirectory,
        topicPrefix,
        readDeadline,
        intervals,
        bounds,
        new TreeMap<>(kafka));
  }

  /** The catalogue under the configured prefix; partitions are what the topics have. */
  public Topics topics() {
    return new Topics(topicPrefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
  }

  /** The effective configuration in one line, secrets masked. */
  @Override
  public String toString() {
    return "host=%s labels=%s root=%s facts-directory=%s kernel=%s state-dir=%s topic-prefix='%s' read-deadline=%s %s %s kafka=%s"
        .formatted(
            host,
            labels,
            root,
            factsDirectory.map(Path::toString).orElse("-"),
            kernel.orElse("-"),
            stateDirectory.map(Path::toString).orElse("-"),
            topicPrefix,
            readDeadline,
            intervals,
            bounds,
            ConfigFile.masked(kafka));
  }
}
