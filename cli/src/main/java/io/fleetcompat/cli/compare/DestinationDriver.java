package io.fleetcompat.cli.compare;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.collector.sysfs.ProbeOutcome;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.collector.sysfs.VersionProber;
import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.ProbeAnswers;
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
  private Optional<ProbeOutcome> outcome = Optional.empty();

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
    return attribute.flatMap(asked -> verdict(asked, ask(asked, from.get().text())));
  }

  private ProbeOutcome ask(VersionAttribute asked, String text) {
    ProbeOutcome found = outcome.orElseGet(() -> prober.probe(asked, text));
    outcome = Optional.of(found);
    return found;
  }

  private Optional<ProbeVerdict> verdict(VersionAttribute asked, ProbeOutcome found) {
    return switch (found) {
      case ProbeOutcome.Accepted() -> Optional.of(verdict(asked, 0, ""));
      case ProbeOutcome.Refused(int errno) -> Optional.of(verdict(asked, errno, Errno.name(errno)));
      case ProbeOutcome.Inconclusive _ -> Optional.empty();
    };
  }

  private ProbeVerdict verdict(VersionAttribute asked, int errno, String name) {
    return new ProbeVerdict(
        List.of(
            new DriverAnswer(
                HOST,
                asked.name().toString(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                errno,
                name)),
        true);
  }

  /** The reason why it gave no answer; empty where it did, or was not asked. */
  Optional<String> silence() {
    return outcome
        .filter(ProbeOutcome.Inconclusive.class::isInstance)
        .map(found -> ((ProbeOutcome.Inconclusive) found).why());
  }
}
