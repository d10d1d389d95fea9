package io.fleetcompat.collector;

import io.fleetcompat.collector.state.Epochs;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.readers.FactCatalogue;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.RawSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration that all collectors of one process share.
 *
 * @param stateDirectory where epochs and supported types are kept; without one, only the clock
 *     orders two starts
 * @param topicPrefix put before every topic's name
 * @param readDeadline how long one attribute may take to be read
 * @param factsMaxAge the age from which on a file of facts is not believed; zero for never
 * @param probeDeadline how long a driver may take to answer; empty where drivers are not asked
 * @param kafka producer properties, Kafka's address among them
 * @param keys with which records are marked
 * @param facts by which lines of files of facts are checked
 */
public record ProcessConfig(
    Optional<Path> stateDirectory,
    String topicPrefix,
    Duration readDeadline,
    Duration factsMaxAge,
    Intervals intervals,
    Bounds bounds,
    Optional<Duration> probeDeadline,
    ClientProperties kafka,
    HostKeys keys,
    FactCatalogue facts) {

  public ProcessConfig {
    new Topics(topicPrefix, 1, (short) 1); // checks the prefix
  }

  /**
   * The configuration that these settings make.
   *
   * @throws io.fleetcompat.settings.BadSettingException for an unknown name or a bad value
   */
  public static ProcessConfig parse(Map<String, String> settings) {
    return CollectorSettings.process(CollectorSettings.CATALOGUE.read(RawSettings.of(settings)));
  }

  /** The same, with lines of files of facts checked by a catalogue. */
  public ProcessConfig checking(FactCatalogue catalogue) {
    return new ProcessConfig(
        stateDirectory,
        topicPrefix,
        readDeadline,
        factsMaxAge,
        intervals,
        bounds,
        probeDeadline,
        kafka,
        keys,
        catalogue);
  }

  /** The same, with records marked with keys. */
  public ProcessConfig marking(HostKeys marks) {
    return new ProcessConfig(
        stateDirectory,
        topicPrefix,
        readDeadline,
        factsMaxAge,
        intervals,
        bounds,
        probeDeadline,
        kafka,
        marks,
        facts);
  }

  /**
   * The epoch of a host's collector that starts now.
   *
   * @throws IOException if it cannot be kept
   */
  public long nextEpoch(String host) throws IOException {
    InstantSource clock = InstantSource.system();
    return stateDirectory.isPresent()
        ? Epochs.in(stateDirectory.get(), clock).next(host)
        : clock.millis();
  }

  /** The catalogue under the configured prefix; partitions are what the topics have. */
  public Topics topics() {
    return new Topics(topicPrefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
  }
}
