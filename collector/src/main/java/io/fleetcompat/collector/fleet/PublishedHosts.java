package io.fleetcompat.collector.fleet;

import io.fleetcompat.collector.state.BadStateException;
import io.fleetcompat.collector.state.StateFile;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.inventory.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The hosts that were published and the folders that they came from, kept on disk: so that a host
 * whose folder vanishes while nobody looks is taken back at the next start. Not for several
 * threads.
 */
final class PublishedHosts {

  private static final String NAME = "published-hosts";

  /** The room for as many hosts as a fleet directory may have, with names of usual lengths. */
  private static final int MAX_BYTES = 64 << 20;

  private final Optional<StateFile> file;

  /** Host → folder, of hosts that were published before and have not been seen since. */
  private final SortedMap<String, String> missing;

  /** Host → folder, of hosts that are gone, though Kafka may not have been told yet. */
  private final SortedMap<String, String> leaving = new TreeMap<>();

  private PublishedHosts(Optional<StateFile> file, SortedMap<String, String> missing) {
    this.file = file;
    this.missing = missing;
  }

  /**
   * The published hosts that are kept in a directory; without one, none are kept.
   *
   * @throws IOException if it cannot be read
   */
  static PublishedHosts in(Optional<Path> stateDirectory) throws IOException {
    Optional<StateFile> file =
        stateDirectory.map(
            state -> new StateFile(state.resolve(NAME), StandardCharsets.UTF_8, MAX_BYTES));
    return new PublishedHosts(
        file, file.isPresent() ? read(file.get()) : new TreeMap<String, String>());
  }

  /** A line is {@code HOST FOLDER}, percent-encoded as parts of endpoints are. */
  private static SortedMap<String, String> read(StateFile file) throws IOException {
    SortedMap<String, String> hosts = new TreeMap<>();
    if (!file.exists()) {
      return hosts;
    }
    for (String line : file.read().lines().toList()) {
      String[] parts = line.split(" ", -1);
      if (parts.length != 2) {
        throw new BadStateException(
            "expected lines HOST FOLDER in " + file.path() + ", found " + Quoted.of(line));
      }
      try {
        hosts.put(PercentCode.decode(parts[0]), PercentCode.decode(parts[1]));
      } catch (IllegalArgumentException e) {
        throw new BadStateException(
            "expected percent-encoded names in " + file.path() + ", found " + Quoted.of(line), e);
      }
    }
    return hosts;
  }

  /** Takes note that a host is gone and that Kafka is being told. */
  void leaves(String host, String folder) {
    leaving.put(host, folder);
  }

  /**
   * Forgets the hosts that are gone and of which Kafka has been told; a host that nobody was told
   * of must be taken back at the next start. Gives whether there were any.
   */
  boolean forget(Predicate<String> told) {
    return leaving.keySet().removeIf(told);
  }

  /** The hosts that are found to be gone; not those whose document cannot be read now. */
  SortedSet<String> takeGone(FleetListing listing) {
    SortedMap<String, String> gone = new TreeMap<>();
    missing
        .entrySet()
        .removeIf(
            host -> {
              if (listing.hosts().containsKey(host.getKey())) {
                return true;
              }
              FleetListing.Problem problem = listing.problems().get(host.getValue());
              boolean isGone = problem == null || !problem.mayStillBeHost();
              return isGone && gone.put(host.getKey(), host.getValue()) == null;
            });
    leaving.putAll(gone);
    return new TreeSet<>(gone.keySet());
  }

  /** Keeps the hosts that there are now, and those that Kafka may still have. */
  void keep(Map<String, String> folders) throws IOException {
    if (file.isEmpty()) {
      return;
    }
    SortedMap<String, String> hosts = new TreeMap<>(missing);
    hosts.putAll(leaving);
    hosts.putAll(folders);
    StringBuilder lines = new StringBuilder();
    hosts.forEach(
        (host, folder) ->
            lines
                .append(EndpointName.encode(host))
                .append(' ')
                .append(EndpointName.encode(folder))
                .append('\n'));
    file.get().write(lines.toString());
  }
}
