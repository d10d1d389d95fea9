package io.fleetcompat.alerts;

import io.fleetcompat.schemas.FindingKind;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The numbers of a pool's health that alert rules are about (docs/pool-health.md). */
public enum Measure {
  /** The part of the endpoints that can move, in percent. */
  MOVABLE_PERCENT("movable-percent", true),
  /** Endpoints that can move to no other host of the pool. */
  STRANDED("stranded", true),
  /** Stranded endpoints of which something that is missing would decide. */
  UNKNOWN("unknown", true),
  /** Endpoints whose destinations have no room. */
  FULL("full", true),
  /** Pairs of profiles of which one direction is compatible alone. */
  ONE_WAY_PAIRS("one-way-pairs", false),
  /** Kinds, vendors and types whose profiles fall into more than one group. */
  SPLIT_FAMILIES("split-families", false),
  /** Live hosts. */
  LIVE_HOSTS("live-hosts", false),
  /** Hosts that are stale or lost. */
  STALE_HOSTS("stale-hosts", false),
  /** Hosts whose name two collectors use. */
  TWIN_HOSTS("twin-hosts", false),
  /** Hosts under whose name two documents with one version were sent. */
  CONFLICTING_DOCUMENTS("conflicting-documents", false),
  /** Hosts under whose name records came that they have not sent now. */
  FALSE_SPEAKERS("false-speakers", false),
  /** Questions to drivers with answers that disagree. */
  PROBE_CONFLICTS("probe-conflicts", false),
  /** Devices that are declared the contrary of what their driver shows. */
  DECLARED_NOT_OBSERVED("declared-not-observed", false);

  static final int PERCENT = 100;

  private final String spelling;
  private final boolean ofEndpoints;

  Measure(String spelling, boolean ofEndpoints) {
    this.spelling = spelling;
    this.ofEndpoints = ofEndpoints;
  }

  /** True of one that devices and types have, each for themselves. */
  public boolean isOfEndpoints() {
    return ofEndpoints;
  }

  /**
   * True of one that hosts which fall silent make smaller or undefined: their endpoints count no
   * more.
   */
  boolean isOfLiveHosts() {
    return switch (this) {
      case MOVABLE_PERCENT,
          STRANDED,
          UNKNOWN,
          FULL,
          ONE_WAY_PAIRS,
          SPLIT_FAMILIES,
          DECLARED_NOT_OBSERVED ->
          true;
      case LIVE_HOSTS,
          STALE_HOSTS,
          TWIN_HOSTS,
          CONFLICTING_DOCUMENTS,
          FALSE_SPEAKERS,
          PROBE_CONFLICTS ->
          false;
    };
  }

  static Optional<Measure> of(String spelling) {
    return Arrays.stream(values()).filter(each -> each.spelling.equals(spelling)).findFirst();
  }

  /**
   * The number, as a fraction; empty where there is none, such as a part of nothing.
   *
   * @param of what is counted, where devices and types are counted apart
   */
  Optional<Fraction> in(PoolHealthRecord health, CountedEndpoints of) {
    PoolMovability counted = of.in(health);
    return switch (this) {
      case MOVABLE_PERCENT ->
          counted.getEndpoints() == 0
              ? Optional.empty()
              : Optional.of(
                  new Fraction((long) PERCENT * counted.getMovable(), counted.getEndpoints()));
      case STRANDED -> whole(counted.getStranded());
      case UNKNOWN -> whole(counted.getUnknown());
      case FULL -> whole(counted.getFull());
      case ONE_WAY_PAIRS -> whole(health.getOneWayPairs());
      case SPLIT_FAMILIES ->
          whole(health.getFamilies().stream().filter(family -> family.getGroups() > 1).count());
      case LIVE_HOSTS -> whole(health.getFresh());
      case STALE_HOSTS -> whole((long) health.getStale() + health.getLost());
      case TWIN_HOSTS -> found(health, FindingKind.TWIN_HOST);
      case CONFLICTING_DOCUMENTS -> found(health, FindingKind.CONFLICTING_DOCUMENTS);
      case FALSE_SPEAKERS -> found(health, FindingKind.FALSE_SPEAKER);
      case PROBE_CONFLICTS -> found(health, FindingKind.PROBE_CONFLICT);
      case DECLARED_NOT_OBSERVED -> found(health, FindingKind.DECLARED_NOT_OBSERVED);
    };
  }

  /** The first of the hosts that the number is about, sorted; none where it is about no hosts. */
  List<String> hosts(PoolHealthRecord health) {
    return switch (this) {
      case STALE_HOSTS -> hosts(health, FindingKind.STALE_HOST);
      case TWIN_HOSTS -> hosts(health, FindingKind.TWIN_HOST);
      case CONFLICTING_DOCUMENTS -> hosts(health, FindingKind.CONFLICTING_DOCUMENTS);
      case FALSE_SPEAKERS -> hosts(health, FindingKind.FALSE_SPEAKER);
      case PROBE_CONFLICTS -> hosts(health, FindingKind.PROBE_CONFLICT);
      case DECLARED_NOT_OBSERVED -> hosts(health, FindingKind.DECLARED_NOT_OBSERVED);
      case MOVABLE_PERCENT, STRANDED, UNKNOWN, FULL, ONE_WAY_PAIRS, SPLIT_FAMILIES, LIVE_HOSTS ->
          List.of();
    };
  }

  private static Optional<Fraction> found(PoolHealthRecord health, FindingKind kind) {
    return whole(kind.in(health).map(PoolFinding::getCount).orElse(0));
  }

  private static List<String> hosts(PoolHealthRecord health, FindingKind kind) {
    return kind.in(health).map(PoolFinding::getHosts).orElse(List.of());
  }

  private static Optional<Fraction> whole(long number) {
    return Optional.of(new Fraction(number, 1));
  }

  @Override
  public String toString() {
    return spelling;
  }
}
