package io.fleetcompat.indexer.place;

import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.FindingKind;
import io.fleetcompat.schemas.avro.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The hosts of a partition about which something is found in what was sent under their names:
 * twins, conflicting documents, records that are not theirs. One stream thread; the counts are read
 * by any.
 */
final class FoundHosts {

  private final TwinHosts twins;
  private final ConflictingDocuments conflicts = new ConflictingDocuments();
  private final FalseSpeakers falseSpeakers = new FalseSpeakers();

  /**
   * @param quiet after so long without a heartbeat of a second collector, there is one
   */
  FoundHosts(Duration quiet) {
    this.twins = new TwinHosts(quiet);
  }

  /** Takes up what was told of a host before the start. */
  void known(Placement placement, long start) {
    if (placement.getFindings().contains(FindingKind.TWIN_HOST.toString())) {
      twins.known(placement.getHost(), start);
    }
    if (placement.getFindings().contains(FindingKind.CONFLICTING_DOCUMENTS.toString())) {
      conflicts.known(placement.getHost(), DocumentVersion.of(placement));
    }
    if (placement.getFindings().contains(FindingKind.FALSE_SPEAKER.toString())) {
      falseSpeakers.known(placement.getHost(), start);
    }
  }

  /** The findings about a host that are there with its next document, too; sorted. */
  List<String> lasting(String host) {
    List<String> findings = new ArrayList<>();
    if (falseSpeakers.contains(host)) {
      findings.add(FindingKind.FALSE_SPEAKER.toString());
    }
    if (twins.contains(host)) {
      findings.add(FindingKind.TWIN_HOST.toString());
    }
    return findings;
  }

  /** The findings about a host; sorted. */
  List<String> of(String host) {
    List<String> findings = lasting(host);
    if (isConflicting(host)) {
      findings.add(FindingKind.CONFLICTING_DOCUMENTS.toString());
    }
    Collections.sort(findings);
    return findings;
  }

  /** True of a host of which nobody knows which document is its own. */
  boolean isConflicting(String host) {
    return conflicts.contains(host);
  }

  /**
   * Takes a heartbeat; true where two collectors are found by it to use the host's name.
   *
   * @param at the broker's time, in milliseconds
   */
  boolean heard(String host, long epoch, long at, long now) {
    return twins.heard(host, epoch, at, now);
  }

  /** Another document than the placed one has its version; true where that is news. */
  boolean conflict(String host, DocumentVersion version) {
    return conflicts.found(host, version);
  }

  /** A record came under a host's name that is not its own, or is old; true where that is news. */
  boolean speaksFalsely(String host, long now) {
    return falseSpeakers.found(host, now);
  }

  /** The host has a newer document. */
  void placed(String host) {
    conflicts.end(host);
  }

  /** The hosts about which something is found no longer. */
  List<String> ended(long now) {
    List<String> ended = new ArrayList<>(twins.ended(now));
    ended.addAll(falseSpeakers.ended(now));
    return ended;
  }

  /** A host is gone. */
  void forget(String host) {
    twins.forget(host);
    falseSpeakers.forget(host);
    conflicts.end(host);
  }

  /** The number of hosts of which something of that kind is found; asked by any thread. */
  int count(FindingKind kind) {
    return switch (kind) {
      case TWIN_HOST -> twins.count();
      case CONFLICTING_DOCUMENTS -> conflicts.count();
      case FALSE_SPEAKER -> falseSpeakers.count();
      default ->
          throw new IllegalArgumentException("expected a finding of a record, found " + kind);
    };
  }
}
