package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.Blocker;
import io.fleetcompat.compatibility.health.Family;
import io.fleetcompat.compatibility.health.Movability;
import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.health.StrandedProfile;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.indexer.change.CutText;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.BlockerOutcome;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PoolBlocker;
import io.fleetcompat.schemas.avro.PoolFamily;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import io.fleetcompat.schemas.avro.StrandedMember;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of the health of pools. Pure. */
final class HealthRecords {

  private HealthRecords() {}

  /**
   * @param notAssessed profiles of which nothing but the name is known
   */
  static PoolHealthRecord record(
      String pool,
      String ruleSet,
      PoolMembership members,
      int notAssessed,
      PoolHealth health,
      List<PoolFinding> findings,
      Instant changedAt) {
    List<Family> families = listed(health.families());
    List<StrandedProfile> stranded = health.stranded().stream().limit(Limits.POOL_LISTED).toList();
    return new PoolHealthRecord(
        pool,
        ruleSet,
        changedAt,
        members.hosts(Liveness.FRESH),
        members.hosts(Liveness.STALE),
        members.hosts(Liveness.LOST),
        notAssessed,
        movability(health.devices()),
        movability(health.types()),
        health.oneWayPairs(),
        families.stream().map(HealthRecords::family).toList(),
        health.families().size() - families.size(),
        stranded.stream().map(each -> stranded(each, members)).toList(),
        health.stranded().size() - stranded.size(),
        health.blockers().stream().limit(Limits.POOL_BLOCKERS).map(HealthRecords::blocker).toList(),
        health.blockersOmitted(),
        health.unexplained(),
        findings);
  }

  /** Those that have split are told first where not all can be. */
  private static List<Family> listed(List<Family> families) {
    if (families.size() <= Limits.POOL_LISTED) {
      return families;
    }
    return families.stream()
        .sorted(Comparator.comparing(family -> family.groups() <= 1))
        .limit(Limits.POOL_LISTED)
        .sorted(Comparator.comparing(Family::key))
        .toList();
  }

  private static PoolMovability movability(Movability of) {
    return new PoolMovability(of.endpoints(), of.movable(), of.stranded(), of.unknown(), of.full());
  }

  private static PoolFamily family(Family family) {
    return new PoolFamily(
        family.key().kind().toString(),
        cut(family.key().vendor(), Limits.WORD),
        cut(family.key().type(), Limits.WORD),
        family.profiles(),
        family.groups(),
        family.atLeast());
  }

  private static StrandedMember stranded(StrandedProfile of, PoolMembership members) {
    return new StrandedMember(
        new FingerprintBytes(of.profile().bytes()),
        of.endpoints().devices(),
        of.endpoints().types(),
        of.onlyHost().map(members::name).orElse(null),
        of.unknown().devices(),
        of.unknown().types(),
        of.alone());
  }

  private static PoolBlocker blocker(Blocker blocker) {
    Reason reason = blocker.reason();
    return new PoolBlocker(
        BlockerOutcome.valueOf(blocker.outcome().name()),
        reason.rule().toString(),
        cut(reason.attribute(), Limits.POOL_WORDS),
        cut(reason.source(), Limits.POOL_WORDS),
        cut(reason.destination(), Limits.POOL_WORDS),
        CutText.of(reason.detail(), Limits.POOL_WORDS),
        CutText.of(reason.origin(), Limits.POOL_WORDS),
        blocker.frees().devices(),
        blocker.frees().types(),
        blocker.strands().devices(),
        blocker.strands().types(),
        blocker.sourceHosts(),
        blocker.destinationHosts());
  }

  private static @Nullable String cut(Optional<String> words, int most) {
    return words.map(text -> CutText.of(text, most)).orElse(null);
  }
}
