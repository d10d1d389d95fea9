package io.fleetcompat.collector;

import io.fleetcompat.collector.sysfs.readers.FactCatalogue;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.settings.RawSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a collector.
 *
 * @param host what it reads
 * @param process what it shares with other collectors
 */
public record CollectorConfig(HostConfig host, ProcessConfig process) {

  /** The time between looks at a root that is not live where every change is hinted at. */
  private static final Duration WATCHED_POLL = Duration.ofSeconds(10);

  /**
   * The configuration that these settings make.
   *
   * @throws io.fleetcompat.settings.BadSettingException for an unknown name or a bad value
   */
  public static CollectorConfig parse(Map<String, String> settings) {
    return CollectorSettings.config(CollectorSettings.CATALOGUE.read(RawSettings.of(settings)));
  }

  /** The host's files of facts, where it has any. */
  Optional<FactsDirectory> facts(InstantSource clock) {
    return host.factsDirectory()
        .map(path -> new FactsDirectory(path, process.factsMaxAge(), clock, process.facts()));
  }

  /** The same, with lines of files of facts checked by a catalogue. */
  public CollectorConfig checking(FactCatalogue catalogue) {
    return new CollectorConfig(host, process.checking(catalogue));
  }

  /** The time between looks at the signature of a root that is not live. */
  Duration poll() {
    return host.watched() ? WATCHED_POLL : process.intervals().poll();
  }
}
