package io.fleetcompat.query.audit;

import io.fleetcompat.query.audit.UpgradeWaves.Upgrade;
import io.fleetcompat.query.history.ChangeFilter;
import io.fleetcompat.query.history.ChangePosition;
import io.fleetcompat.query.history.ChangesPage;
import io.fleetcompat.query.history.ChangesQuestion;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.past.ChangeLog;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.past.PastSnapshots.Answer;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.avro.ChangeCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The audit of a fleet: waves of upgrades and what came of them, and differences between two times.
 * Any thread.
 */
public final class FleetAudit {

  /** Most changes that are looked at for one answer. */
  static final int MAX_CHANGES = 100_000;

  private static final int PAGE = 1000;

  private final Changes changes;
  private final ChangeLog log;
  private final PastSnapshots past;
  private final PairVerdicts<?> verdicts;

  /** The changes of the index, page by page. */
  public interface Changes {
    ChangesPage page(ChangesQuestion question, Optional<ChangePosition> before, int limit);
  }

  /**
   * @param log the same changes, for whoever asks since when they are known
   * @param verdicts a cache of them that is for the past alone
   */
  public FleetAudit(Changes changes, ChangeLog log, PastSnapshots past, PairVerdicts<?> verdicts) {
    this.changes = changes;
    this.log = log;
    this.past = past;
    this.verdicts = verdicts;
  }

  /**
   * "What was upgraded?"
   *
   * @param pool the only pool that counts; empty for all
   * @param gap the time without another host after which a wave has ended
   * @param limit most waves that are looked into, the newest first
   */
  public record UpgradesQuestion(
      Instant since, Instant until, Optional<String> pool, Duration gap, int limit) {}

  /**
   * The waves, the newest first.
   *
   * @param total how many there are
   * @param complete false where there are more changes than are looked at, or not all changes since
   *     then are known
   * @param completeSince since when they are; empty while that is not known
   */
  public record Upgrades(
      List<AuditedWave> waves, int total, boolean complete, Optional<Instant> completeSince) {

    public Upgrades {
      waves = List.copyOf(waves);
    }
  }

  /**
   * The waves of upgrades.
   *
   * @param now the snapshot by whose rules ways between profiles are judged
   * @throws InterruptedException where the process ends
   */
  public Upgrades upgrades(UpgradesQuestion question, Snapshot now, Deadline deadline)
      throws InterruptedException {
    ChangesQuestion asked =
        new ChangesQuestion(
            question.since().toEpochMilli(),
            question.until().toEpochMilli(),
            new ChangeFilter(
                Optional.empty(),
                question.pool(),
                Optional.empty(),
                Set.of(ChangeCause.DRIVER_UPGRADE)));
    List<Upgrade> found = new ArrayList<>();
    Optional<ChangePosition> next = Optional.empty();
    do {
      deadline.check();
      ChangesPage page = changes.page(asked, next, PAGE);
      page.changes().stream().map(Upgrade::of).flatMap(Optional::stream).forEach(found::add);
      next = page.next();
    } while (next.isPresent() && found.size() < MAX_CHANGES);
    List<UpgradeWave> waves = UpgradeWaves.of(found, question.gap());
    List<AuditedWave> audited = new ArrayList<>();
    for (WaveSpan span :
        WaveSpan.of(waves.stream().limit(question.limit()).toList(), question.gap())) {
      Optional<ViewDifference> difference = difference(span, deadline);
      span.waves()
          .forEach(
              wave ->
                  audited.add(
                      WaveAudit.of(wave, difference.map(all -> all.in(wave.pools())), now.view())));
    }
    audited.sort(Comparator.comparing(AuditedWave::wave, UpgradeWaves.NEWEST_FIRST));
    Optional<Instant> since = log.completeSince();
    boolean allKnown = since.filter(from -> !from.isAfter(question.since())).isPresent();
    return new Upgrades(audited, waves.size(), next.isEmpty() && allKnown, since);
  }

  /** Empty where not all changes since the first wave began are known. */
  private Optional<ViewDifference> difference(WaveSpan span, Deadline deadline)
      throws InterruptedException {
    Optional<Snapshot> before = at(span.begin() - 1);
    Optional<Snapshot> after = before.isEmpty() ? before : at(span.end());
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ViewDifference.between(
            before.get(),
            after.get(),
            Optional.of(List.copyOf(span.pools())),
            span.hosts(),
            verdicts,
            deadline));
  }

  private Optional<Snapshot> at(long millis) throws InterruptedException {
    return switch (past.at(Instant.ofEpochMilli(millis))) {
      case Answer.Found(Snapshot snapshot) -> Optional.of(snapshot);
      case Answer.TooOld _, Answer.NotBegun _ -> Optional.empty();
      case Answer.Ahead(Instant now) ->
          throw new HistoryBehindException("the clock of Kafka is ahead of " + now);
      case Answer.Behind(String what) -> throw new HistoryBehindException(what);
    };
  }

  /**
   * The difference between two snapshots of the past.
   *
   * @param pools the only ones that count; empty for all
   */
  public ViewDifference difference(
      Snapshot before, Snapshot after, Optional<List<String>> pools, Deadline deadline) {
    return ViewDifference.between(before, after, pools, Set.of(), verdicts, deadline);
  }
}
