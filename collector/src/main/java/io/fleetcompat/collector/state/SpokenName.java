package io.fleetcompat.collector.state;

import io.fleetcompat.collector.state.NameFile.Names;
import io.fleetcompat.collector.state.NameFile.Next;
import io.fleetcompat.schemas.FormerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name under which the collector of a machine speaks, and the one before it: kept in {@code
 * <state>/name-<root>}, so that a machine that comes back under another name can say which one it
 * had. A name counts once a document under it has reached Kafka, and only then takes the place of
 * the one before: a crash in between forgets nothing, and a name that nobody heard is nobody's
 * former one. Where the machine cannot be told from others, or collectors of different names share
 * the directory and the root, nothing is said. Guarded by itself.
 */
public final class SpokenName implements AutoCloseable {

  /** The time for which a machine says its former name. */
  static final Duration SAID_FOR = Duration.ofDays(90);

  /** What machine-id(5) allows: an image that is not set up yet has something else, or nothing. */
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-f]{32}");

  private static final Logger LOG = LoggerFactory.getLogger(SpokenName.class);

  private final String host;
  private final InstantSource clock;
  private final Optional<SoleSpeaker> speaker;

  /** Where to note that the name was spoken; empty where there is nothing to note any more. */
  private Optional<NameFile> unnoted;

  private final Optional<FormerName> former;

  private SpokenName(
      String host,
      InstantSource clock,
      Optional<SoleSpeaker> speaker,
      Optional<NameFile> unnoted,
      Optional<FormerName> former) {
    this.host = host;
    this.clock = clock;
    this.speaker = speaker;
    this.unnoted = unnoted;
    this.former = former;
  }

  /** The name of a host of which nothing is kept. */
  public static SpokenName unkept(String host) {
    return new SpokenName(
        host, InstantSource.system(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The name of this machine.
   *
   * @param root its sysfs: another root is another machine to whoever collects from it
   * @throws IOException if it cannot be kept
   */
  public static SpokenName in(Path directory, Path root, String host, InstantSource clock)
      throws IOException {
    return of(directory, root, host, StateOwner.machineId(), clock);
  }

  static SpokenName of(
      Path directory, Path root, String host, String machineId, InstantSource clock)
      throws IOException {
    if (!MACHINE_ID.matcher(machineId).matches()) {
      return unkept(host);
    }
    String name = StateOwner.fileName(root.toAbsolutePath().normalize().toString());
    Path path = directory.resolve("name-" + name);
    SoleSpeaker speaker = SoleSpeaker.of(path, host);
    boolean done = false;
    try {
      SpokenName spoken =
          new SpokenName(host, clock, Optional.of(speaker), Optional.empty(), Optional.empty());
      if (speaker.isSole()) {
        StateFile file = new StateFile(path, StandardCharsets.ISO_8859_1, NameFile.MAX_BYTES);
        spoken = start(host, clock, speaker, new NameFile(file, machineId));
      }
      done = true;
      return spoken;
    } finally {
      if (!done) {
        speaker.close();
      }
    }
  }

  private static SpokenName start(
      String host, InstantSource clock, SoleSpeaker speaker, NameFile file) throws IOException {
    Optional<Names> kept = file.read();
    if (kept.isPresent() && kept.get().spoken().equals(host)) {
      Names names = kept.get();
      if (names.next().isPresent()) {
        file.write(new Names(host, names.former(), Optional.empty()));
      }
      return new SpokenName(host, clock, Optional.of(speaker), Optional.empty(), names.former());
    }
    Optional<FormerName> former = Optional.empty();
    if (kept.isPresent()) {
      Names names = kept.get();
      Next next =
          names
              .next()
              .filter(other -> other.name().equals(host))
              .orElseGet(() -> new Next(host, now(clock)));
      // Kept before it is said: every start under this name says the same time.
      file.write(new Names(names.spoken(), names.former(), Optional.of(next)));
      former = Optional.of(new FormerName(names.spoken(), next.since()));
    }
    return new SpokenName(host, clock, Optional.of(speaker), Optional.of(file), former);
  }

  /** In whole milliseconds from 1970 on, whatever the machine's clock says. */
  private static Instant now(InstantSource clock) {
    return Instant.ofEpochMilli(Math.max(0, clock.millis()));
  }

  /** The name that the machine had before, where that is worth saying now. */
  public synchronized Optional<FormerName> former() {
    return former.filter(name -> clock.instant().isBefore(name.renamedAt().plus(SAID_FOR)));
  }

  /** Notes that Kafka has a document under this name. */
  public synchronized void spoke() {
    if (unnoted.isEmpty()) {
      return;
    }
    NameFile file = unnoted.get();
    unnoted = Optional.empty();
    try {
      file.write(new Names(host, former, Optional.empty()));
    } catch (IOException e) {
      LOG.warn(
          "Expected to keep the name {} in {}, found: {}; the next start tries again",
          host,
          file.file().path(),
          e.getMessage());
    }
  }

  /** Leaves the name to the next start, or to another collector. */
  @Override
  public void close() {
    try {
      if (speaker.isPresent()) {
        speaker.get().close();
      }
    } catch (IOException e) {
      LOG.warn("Expected to unlock the name {}, found: {}", host, e.getMessage());
    }
  }
}
