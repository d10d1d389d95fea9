package io.fleetcompat.collector.state;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epochs of a machine's hosts: each start of a collector has a greater one than the start
 * before, even where the clock was set back. Kept in {@code <state>/epoch-<host>}; a file that
 * another machine or host wrote (a cloned disk) is not believed.
 *
 * @param machineId what {@code /etc/machine-id} says; empty where nothing is known
 */
public record Epochs(Path directory, String machineId, InstantSource clock) {

  private static final int MAX_BYTES = 4096;
  private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);

  /** The epochs of this machine's hosts. */
  public static Epochs in(Path directory, InstantSource clock) {
    return new Epochs(directory, StateOwner.machineId(), clock);
  }

  /**
   * A new epoch, on disk before it is used.
   *
   * @throws IOException if it cannot be kept
   */
  public long next(String host) throws IOException {
    StateFile file = file(directory.resolve("epoch-" + StateOwner.fileName(host)));
    long now = clock.millis();
    long epoch = Math.max(stored(file, host).map(last -> last + 1).orElse(now), now);
    file.write(
        "host=%s%nmachine=%s%nepoch=%d%n".formatted(PropertyText.escape(host), machineId, epoch));
    return epoch;
  }

  private static StateFile file(Path path) {
    return new StateFile(path, StandardCharsets.ISO_8859_1, MAX_BYTES);
  }

  private Optional<Long> stored(StateFile file, String host) throws IOException {
    if (!file.exists()) {
      return Optional.empty();
    }
    Properties stored = new Properties();
    try {
      stored.load(new StringReader(file.read()));
      if (!host.equals(stored.getProperty("host"))
          || !machineId.equals(stored.getProperty("machine"))) {
        LOG.warn("{} is of another host or machine (a cloned disk?); ignored", file.path());
        return Optional.empty();
      }
      long epoch = Long.parseLong(stored.getProperty("epoch", ""));
      if (epoch < 0 || epoch == Long.MAX_VALUE) {
        throw new NumberFormatException("expected an epoch of 0 or more, found " + epoch);
      }
      return Optional.of(epoch);
    } catch (BadStateException | IllegalArgumentException e) {
      LOG.warn(
          "Expected host, machine and epoch in {}, found {}; ignored", file.path(), e.getMessage());
      return Optional.empty();
    }
  }
}
