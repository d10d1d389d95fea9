package io.fleetcompat.cli.compare;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.collector.sysfs.ProbeOutcome;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.collector.sysfs.VersionProber;
import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.InconclusiveAnswer;
import io.fleetcompat.compatibility.judge.ProbeAnswers;
import io.fleetcompat.compatibility.judge.ProbeProgress;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.ProbeSide;
import io.fleetcompat.compatibility.profile.Profile;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The driver behind the destination of an offline comparison: it is asked once, when the rules come
 * to it, and then gives that answer. One thread.
 */
final class DestinationDriver implements ProbeAnswers {

  private static final String HOST = "the destination";

  private final VersionProber prober;
  private final Optional<VersionAttribute> attribute;
  private final InstantSource clock;
  private Optional<Told> told = Optional.empty();

  /**
   * The outcome of asking it.
   *
   * @param at when, as ISO 8601 spells it
   */
  private record Told(VersionAttribute asked, String at, ProbeOutcome outcome) {}

  /**
   * @param attribute of the destination endpoint; empty where none could be read
   */
  DestinationDriver(
      VersionProber prober, Optional<VersionAttribute> attribute, InstantSource clock) {
    this.prober = prober;
    this.attribute = attribute;
    this.clock = clock;
  }

  @Override
  public Optional<ProbeVerdict> find(Profile source, Profile destination) {
    Optional<ProbeSide> from = source.probeSide();
    Optional<ProbeSide> to = destination.probeSide();
    if (from.isEmpty() || to.isEmpty() || !from.get().mayBeAskedOf(to.get())) {
      return Optional.empty();
    }
    if (told.isEmpty()) {
      told = attribute.map(asked -> ask(asked, from.get().text()));
    }
    return told.flatMap(DestinationDriver::verdict);
  }

  private Told ask(VersionAttribute asked, String text) {
    String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Told(asked, at, prober.probe(asked, text));
  }

  private static Optional<ProbeVerdict> verdict(Told told) {
    return switch (told.outcome()) {
      case ProbeOutcome.Accepted() -> Optional.of(verdict(told, 0, ""));
      case ProbeOutcome.Refused(int errno) -> Optional.of(verdict(told, errno, Errno.name(errno)));
      case ProbeOutcome.Inconclusive _ -> Optional.empty();
    };
  }

  private static ProbeVerdict verdict(Told told, int errno, String name) {
    String endpoint = told.asked().name().toString();
    return new ProbeVerdict(
        List.of(new DriverAnswer(HOST, endpoint, told.at(), errno, name)), true);
  }

  /** The reason why it gave no answer. */
  @Override
  public ProbeProgress progress(Profile source, Profile destination) {
    return new ProbeProgress(
        told.flatMap(DestinationDriver::inconclusive), ProbeProgress.Probers.NOT_KNOWN);
  }

  private static Optional<InconclusiveAnswer> inconclusive(Told told) {
    return told.outcome() instanceof ProbeOutcome.Inconclusive(int errno, String why)
        ? Optional.of(
            new InconclusiveAnswer(
                HOST,
                told.asked().name().toString(),
                told.at(),
                errno == 0 ? "" : Errno.name(errno),
                why))
        : Optional.empty();
  }
}
