package io.fleetcompat.collector.fleet;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.inventory.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hosts that were published and the folders that they came from, kept on disk: so that a host
 * whose folder vanishes while nobody looks is taken back at the next start. Not for several
 * threads.
 */
final class PublishedHosts {

  private static final String NAME = "published-hosts";

  private final Optional<Path> file;

  /** Host → folder, of hosts that were published before and have not been seen since. */
  private final SortedMap<String, String> missing;

  private PublishedHosts(Optional<Path> file, SortedMap<String, String> missing) {
    this.file = file;
    this.missing = missing;
  }

  /**
   * The published hosts that are kept in a directory; without one, none are kept.
   *
   * @throws IOException if it cannot be read
   */
  static PublishedHosts in(Optional<Path> stateDirectory) throws IOException {
    Optional<Path> file = stateDirectory.map(state -> state.resolve(NAME));
    return new PublishedHosts(
        file, file.isPresent() ? read(file.get()) : new TreeMap<String, String>());
  }

  /** A line is {@code HOST FOLDER}, percent-encoded as parts of endpoints are. */
  private static SortedMap<String, String> read(Path file) throws IOException {
    SortedMap<String, String> hosts = new TreeMap<>();
    if (!Files.exists(file)) {
      return hosts;
    }
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] parts = line.split(" ", -1);
      if (parts.length != 2) {
        throw new IOException(
            "expected lines HOST FOLDER in " + file + ", found " + Quoted.of(line));
      }
      hosts.put(PercentCode.decode(parts[0]), PercentCode.decode(parts[1]));
    }
    return hosts;
  }

  /** The hosts that are found to be gone; not those whose document cannot be read now. */
  SortedSet<String> takeGone(FleetListing listing) {
    SortedSet<String> gone = new TreeSet<>();
    missing
        .entrySet()
        .removeIf(
            host -> {
              if (listing.hosts().containsKey(host.getKey())) {
                return true;
              }
              FleetListing.Problem problem = listing.problems().get(host.getValue());
              boolean isGone = problem == null || !problem.hidesName();
              return isGone && gone.add(host.getKey());
            });
    return gone;
  }

  /** Keeps the hosts that there are now. Renamed over what was: there is always a whole file. */
  void keep(Map<String, String> folders) throws IOException {
    if (file.isEmpty()) {
      return;
    }
    SortedMap<String, String> hosts = new TreeMap<>(missing);
    hosts.putAll(folders);
    Path fresh = file.get().resolveSibling(NAME + ".new");
    Files.createDirectories(file.get().toAbsolutePath().getParent());
    Files.write(
        fresh,
        hosts.entrySet().stream()
            .map(h -> EndpointName.encode(h.getKey()) + " " + EndpointName.encode(h.getValue()))
            .toList(),
        StandardCharsets.UTF_8);
    Files.move(
        fresh, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
