package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.claim.Claim;
import io.fleetcompat.compatibility.claim.ClaimCheck;
import io.fleetcompat.compatibility.claim.ClaimCheck.Finding;
import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.FindingKind;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.DeclaredMember;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The findings about hosts of a pool, beyond what their endpoints can do: who is silent, whose name
 * two collectors use, whose documents conflict, whose drivers disagree, and of which devices the
 * contrary is declared. One stream thread.
 */
final class PoolFindings {

  private final NavigableSet<String> silent = new TreeSet<>();
  private final NavigableSet<String> twins = new TreeSet<>();
  private final NavigableSet<String> conflicting = new TreeSet<>();
  private final NavigableSet<String> falseSpeakers = new TreeSet<>();
  private final Map<Kind, Declared> declared = new HashMap<>();

  private record Kind(Fingerprint profile, Claim claim) {}

  /** The devices of one profile that are declared alike, on live hosts. */
  private static final class Declared {
    private final NavigableSet<String> hosts = new TreeSet<>();
    private int devices;
  }

  void add(PoolHost host) {
    if (host.getTwin()) {
      twins.add(host.getHost());
    }
    if (host.getFindings().contains(FindingKind.CONFLICTING_DOCUMENTS.toString())) {
      conflicting.add(host.getHost());
    }
    if (host.getFindings().contains(FindingKind.FALSE_SPEAKER.toString())) {
      falseSpeakers.add(host.getHost());
    }
    if (host.getLiveness() != Liveness.FRESH) {
      silent.add(host.getHost());
      return;
    }
    for (DeclaredMember of : host.getDeclared()) {
      declare(host.getHost(), profile(host, of), Claim.YES, of.getYes());
      declare(host.getHost(), profile(host, of), Claim.NO, of.getNo());
    }
  }

  private void declare(String host, Fingerprint profile, Claim claim, int devices) {
    if (devices > 0) {
      Declared alike = declared.computeIfAbsent(new Kind(profile, claim), _ -> new Declared());
      alike.hosts.add(host);
      alike.devices += devices;
    }
  }

  /** Takes out a host, as it was added. */
  void remove(PoolHost host) {
    twins.remove(host.getHost());
    conflicting.remove(host.getHost());
    falseSpeakers.remove(host.getHost());
    if (!silent.remove(host.getHost())) {
      for (DeclaredMember of : host.getDeclared()) {
        withdraw(host.getHost(), profile(host, of), Claim.YES, of.getYes());
        withdraw(host.getHost(), profile(host, of), Claim.NO, of.getNo());
      }
    }
  }

  private void withdraw(String host, Fingerprint profile, Claim claim, int devices) {
    if (devices > 0) {
      declared.computeIfPresent(
          new Kind(profile, claim),
          (_, alike) -> {
            alike.hosts.remove(host);
            alike.devices -= devices;
            return alike.hosts.isEmpty() ? null : alike;
          });
    }
  }

  private static Fingerprint profile(PoolHost host, DeclaredMember of) {
    return Fingerprint.of(host.getMembers().get(of.getMember()).getProfile().bytes());
  }

  /**
   * All findings, sorted.
   *
   * @param profiles of the pool's live hosts
   */
  List<PoolFinding> all(PoolInputs inputs, Judge judge, Collection<Fingerprint> profiles) {
    List<PoolFinding> findings = new ArrayList<>();
    find(findings, FindingKind.STALE_HOST, silent.size(), silent);
    find(findings, FindingKind.TWIN_HOST, twins.size(), twins);
    find(findings, FindingKind.CONFLICTING_DOCUMENTS, conflicting.size(), conflicting);
    find(findings, FindingKind.FALSE_SPEAKER, falseSpeakers.size(), falseSpeakers);
    List<ProbeVerdict> conflicts = inputs.conflicts(profiles);
    NavigableSet<String> disagreeing = new TreeSet<>();
    conflicts.forEach(
        conflict -> conflict.answers().stream().map(DriverAnswer::host).forEach(disagreeing::add));
    find(findings, FindingKind.PROBE_CONFLICT, conflicts.size(), disagreeing);
    contradictions(findings, inputs, judge);
    findings.sort(Comparator.comparing(PoolFinding::getFinding));
    return findings;
  }

  private void contradictions(List<PoolFinding> findings, PoolInputs inputs, Judge judge) {
    int devices = 0;
    NavigableSet<String> hosts = new TreeSet<>();
    for (Map.Entry<Kind, Declared> each : declared.entrySet()) {
      Kind kind = each.getKey();
      Optional<Finding> finding =
          inputs
              .profile(kind.profile)
              .map(profile -> new ClaimCheck(kind.claim, judge.migratability(profile)).finding());
      if (finding.equals(Optional.of(Finding.CONTRADICTED))) {
        devices += each.getValue().devices;
        hosts.addAll(first(each.getValue().hosts));
      }
    }
    find(findings, FindingKind.DECLARED_NOT_OBSERVED, devices, hosts);
  }

  private static void find(
      List<PoolFinding> findings, FindingKind kind, int count, NavigableSet<String> hosts) {
    if (count > 0) {
      findings.add(new PoolFinding(kind.toString(), count, first(hosts)));
    }
  }

  private static List<String> first(NavigableSet<String> hosts) {
    return hosts.stream().limit(Limits.POOL_FINDING_HOSTS).toList();
  }
}
