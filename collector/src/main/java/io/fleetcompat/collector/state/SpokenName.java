package io.fleetcompat.collector.state;

import io.fleetcompat.collector.state.NameFile.Heard;
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

  /** The form of machine-id(5): an image that is not set up yet has something else, or nothing. */
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-f]{32}");

  private static final Logger LOG = LoggerFactory.getLogger(SpokenName.class);

  private final String host;
  private final InstantSource clock;
  private final Optional<SoleSpeaker> speaker;

  /** The file to note the spoken name in; empty where that is not for this start to note. */
  private final Optional<NameFile> unnoted;

  private final Optional<FormerName> former;

  /** The time from which on Kafka has had a document under this name; empty before. */
  private Optional<Instant> heard;

  private SpokenName(
      String host,
      InstantSource clock,
      Optional<SoleSpeaker> speaker,
      Optional<NameFile> unnoted,
      Optional<FormerName> former,
      Optional<Instant> heard) {
    this.host = host;
    this.clock = clock;
    this.speaker = speaker;
    this.unnoted = unnoted;
    this.former = former;
    this.heard = heard;
  }

  /** The name of a host of which nothing is kept. */
  public static SpokenName unkept(String host) {
    return silent(host, InstantSource.system(), Optional.empty());
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
      StateFile file = new StateFile(path, StandardCharsets.ISO_8859_1, NameFile.MAX_BYTES);
      NameFile names = new NameFile(file, machineId);
      SpokenName spoken =
          switch (speaker.standing()) {
            case SOLE -> sole(host, clock, speaker, names);
            case SECOND -> second(host, clock, speaker, names);
            case DOUBTFUL -> silent(host, clock, Optional.of(speaker));
          };
      done = true;
      return spoken;
    } finally {
      if (!done) {
        speaker.close();
      }
    }
  }

  private static SpokenName silent(
      String host, InstantSource clock, Optional<SoleSpeaker> speaker) {
    return new SpokenName(
        host, clock, speaker, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static SpokenName sole(
      String host, InstantSource clock, SoleSpeaker speaker, NameFile file) throws IOException {
    Optional<Names> kept = file.read();
    if (kept.isPresent() && kept.get().spoken().equals(host)) {
      Names names = kept.get();
      if (names.next().isPresent()) {
        file.write(new Names(host, names.former(), Optional.empty()));
      }
      return heard(host, clock, speaker, names);
    }
    Optional<FormerName> former = Optional.empty();
    if (kept.isPresent()) {
      Names names = kept.get();
      Next next = next(names, host).orElseGet(() -> new Next(host, now(clock)));
      // Kept before it is said: every start under this name says the same time.
      file.write(new Names(names.spoken(), names.former(), Optional.of(next)));
      former = Optional.of(new FormerName(names.spoken(), next.since()));
    }
    return new SpokenName(
        host, clock, Optional.of(speaker), Optional.of(file), former, Optional.empty());
  }

  /** Says what another start under this name keeps, and keeps nothing: that is for the other. */
  private static SpokenName second(
      String host, InstantSource clock, SoleSpeaker speaker, NameFile file) throws IOException {
    Optional<Names> kept = file.read();
    if (kept.isPresent() && kept.get().spoken().equals(host)) {
      return heard(host, clock, speaker, kept.get());
    }
    Optional<FormerName> former =
        kept.flatMap(
            names -> next(names, host).map(next -> new FormerName(names.spoken(), next.since())));
    return new SpokenName(
        host, clock, Optional.of(speaker), Optional.empty(), former, Optional.empty());
  }

  /** A start under a name that Kafka knows. */
  private static SpokenName heard(
      String host, InstantSource clock, SoleSpeaker speaker, Names names) {
    return new SpokenName(
        host,
        clock,
        Optional.of(speaker),
        Optional.empty(),
        names.former().map(Heard::former),
        names.former().map(Heard::since));
  }

  /** An earlier start under this name, which nobody heard. */
  private static Optional<Next> next(Names names, String host) {
    return names.next().filter(other -> other.name().equals(host));
  }

  /** In whole milliseconds from 1970 on, whatever the machine's clock says. */
  private static Instant now(InstantSource clock) {
    return Instant.ofEpochMilli(Math.max(0, clock.millis()));
  }

  /**
   * The name that the machine had before, where that is worth saying now. The time for it begins
   * when somebody hears it: a machine's first start may have a clock that nobody has set yet.
   */
  public synchronized Optional<FormerName> former() {
    boolean worth = heard.isEmpty() || clock.instant().isBefore(heard.get().plus(SAID_FOR));
    return worth ? former : Optional.empty();
  }

  /** Notes that Kafka has a document under this name. */
  public synchronized void spoke() {
    if (heard.isPresent()) {
      return;
    }
    Instant now = now(clock);
    heard = Optional.of(now);
    if (unnoted.isPresent()) {
      note(unnoted.get(), former.map(name -> new Heard(name, now)));
    }
  }

  private void note(NameFile file, Optional<Heard> said) {
    try {
      file.write(new Names(host, said, Optional.empty()));
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
