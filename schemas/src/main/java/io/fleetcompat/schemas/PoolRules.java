package io.fleetcompat.schemas;

import static io.fleetcompat.schemas.RecordBounds.ascending;
import static io.fleetcompat.schemas.RecordBounds.findings;
import static io.fleetcompat.schemas.RecordBounds.index;
import static io.fleetcompat.schemas.RecordBounds.invalid;
import static io.fleetcompat.schemas.RecordBounds.length;
import static io.fleetcompat.schemas.RecordBounds.size;
import static io.fleetcompat.schemas.RecordBounds.word;

import io.fleetcompat.schemas.avro.DeclaredMember;
import io.fleetcompat.schemas.avro.PoolBlocker;
import io.fleetcompat.schemas.avro.PoolFamily;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.PoolMember;
import io.fleetcompat.schemas.avro.PoolMovability;
import io.fleetcompat.schemas.avro.StrandedMember;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The rules for records of pools, beyond their schemas. */
final class PoolRules {

  private static final int END = Integer.MAX_VALUE;

  private PoolRules() {}

  static void host(PoolHost host) throws BadRecordException {
    HostName.require(host.getHost());
    length("pool", host.getPool(), 1, Limits.VALUE);
    size("members", host.getMembers().size(), Limits.ENDPOINTS);
    ascending(
        "members",
        host.getMembers().stream()
            .map(member -> HexFormat.of().formatHex(member.getProfile().bytes()))
            .toList());
    for (PoolMember member : host.getMembers()) {
      index("devices", member.getDevices(), 0, Limits.ENDPOINTS + 1);
      index("types", member.getTypes(), 0, Limits.ENDPOINTS + 1);
    }
    int least = 0;
    for (DeclaredMember declared : host.getDeclared()) {
      index("declared", declared.getMember(), least, host.getMembers().size());
      int devices = host.getMembers().get(declared.getMember()).getDevices();
      index("yes", declared.getYes(), 0, devices + 1);
      index("no", declared.getNo(), 0, devices - declared.getYes() + 1);
      least = declared.getMember() + 1;
    }
    findings(host.getFindings());
  }

  static void health(PoolHealthRecord health) throws BadRecordException {
    length("pool", health.getPool(), 1, Limits.VALUE);
    length("ruleSet", health.getRuleSet(), 1, Limits.RULE_SET);
    index("fresh", health.getFresh(), 0, END);
    index("stale", health.getStale(), 0, END);
    index("lost", health.getLost(), 0, END);
    index("notAssessed", health.getNotAssessed(), 0, END);
    index("familiesOmitted", health.getFamiliesOmitted(), 0, END);
    index("strandedOmitted", health.getStrandedOmitted(), 0, END);
    index("blockersOmitted", health.getBlockersOmitted(), 0, END);
    index("unexplained", health.getUnexplained(), 0, END);
    movability("devices", health.getDevices());
    movability("types", health.getTypes());
    size("families", health.getFamilies().size(), Limits.POOL_LISTED);
    for (PoolFamily family : health.getFamilies()) {
      length("kind", family.getKind(), 1, Limits.WORD);
      word("vendor", family.getVendor());
      word("type", family.getType());
    }
    size("stranded", health.getStranded().size(), Limits.POOL_LISTED);
    for (StrandedMember stranded : health.getStranded()) {
      if (stranded.getOnlyHost() != null) {
        HostName.require(stranded.getOnlyHost());
      }
    }
    size("blockers", health.getBlockers().size(), Limits.POOL_BLOCKERS);
    for (PoolBlocker blocker : health.getBlockers()) {
      length("rule", blocker.getRule(), 1, Limits.WORD);
      words("attribute", blocker.getAttribute());
      words("source", blocker.getSource());
      words("destination", blocker.getDestination());
      words("detail", blocker.getDetail());
      words("origin", blocker.getOrigin());
    }
    size("findings", health.getFindings().size(), Limits.POOL_FINDINGS);
    for (PoolFinding finding : health.getFindings()) {
      length("finding", finding.getFinding(), 1, Limits.WORD);
      index("count", finding.getCount(), 0, END);
      size("hosts", finding.getHosts().size(), Limits.POOL_FINDING_HOSTS);
      for (String host : finding.getHosts()) {
        HostName.require(host);
      }
      ascending("hosts", finding.getHosts());
    }
  }

  private static void movability(String what, PoolMovability found) throws BadRecordException {
    index(what, found.getEndpoints(), 0, END);
    index(what + ".movable", found.getMovable(), 0, END);
    index(what + ".stranded", found.getStranded(), 0, END);
    index(what + ".unknown", found.getUnknown(), 0, found.getStranded() + 1);
    index(what + ".full", found.getFull(), 0, found.getMovable() + 1);
    if ((long) found.getMovable() + found.getStranded() != found.getEndpoints()) {
      throw invalid(
          what + " that are movable or stranded",
          "%d, of which %d and %d"
              .formatted(found.getEndpoints(), found.getMovable(), found.getStranded()));
    }
  }

  private static void words(String what, @Nullable String words) throws BadRecordException {
    if (words != null) {
      length(what, words, 0, Limits.POOL_WORDS);
    }
  }
}
