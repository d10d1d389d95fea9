package io.fleetcompat.query.audit;

import io.fleetcompat.query.history.ChangePosition;
import io.fleetcompat.query.history.ChangesPage;
import io.fleetcompat.query.history.ChangesQuestion;
import io.fleetcompat.query.history.KeptChange;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.past.PastSnapshots.Answer;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.avro.ChangeCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private final PastSnapshots past;
  private final PairVerdicts<?> verdicts;

  /** The changes of the index, page by page. */
  public interface Changes {
    ChangesPage page(ChangesQuestion question, Optional<ChangePosition> before, int limit);
  }

  /**
   * @param verdicts a cache of them that is for the past alone
   */
  public FleetAudit(Changes changes, PastSnapshots past, PairVerdicts<?> verdicts) {
    this.changes = changes;
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
   * @param complete false where there are more changes than are looked at: older ones are left out
   */
  public record Upgrades(List<AuditedWave> waves, int total, boolean complete) {

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
            Optional.empty(),
            question.pool(),
            Optional.empty(),
            Set.of(ChangeCause.DRIVER_UPGRADE));
    List<KeptChange> found = new ArrayList<>();
    Optional<ChangePosition> next = Optional.empty();
    do {
      deadline.check();
      ChangesPage page = changes.page(asked, next, PAGE);
      found.addAll(page.changes());
      next = page.next();
    } while (next.isPresent() && found.size() < MAX_CHANGES);
    List<UpgradeWave> waves = UpgradeWaves.of(found, question.gap());
    List<AuditedWave> audited = new ArrayList<>();
    for (UpgradeWave wave : waves.stream().limit(question.limit()).toList()) {
      audited.add(WaveAudit.of(wave, difference(wave, deadline), now.view()));
    }
    return new Upgrades(audited, waves.size(), next.isEmpty());
  }

  private Optional<ViewDifference> difference(UpgradeWave wave, Deadline deadline)
      throws InterruptedException {
    Answer before = past.at(Instant.ofEpochMilli(wave.begin() - 1));
    Answer after = past.at(Instant.ofEpochMilli(wave.end()));
    return before instanceof Answer.Found(Snapshot first)
            && after instanceof Answer.Found(Snapshot second)
        ? Optional.of(difference(first, second, Optional.of(List.copyOf(wave.pools())), deadline))
        : Optional.empty();
  }

  /**
   * The difference between two snapshots of the past.
   *
   * @param pools the only ones that count; empty for all
   */
  public ViewDifference difference(
      Snapshot before, Snapshot after, Optional<List<String>> pools, Deadline deadline) {
    return ViewDifference.between(before, after, pools, verdicts, deadline);
  }
}
