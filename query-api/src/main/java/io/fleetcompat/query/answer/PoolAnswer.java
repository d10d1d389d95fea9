package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.PoolMatrix;
import io.fleetcompat.query.lookup.Pools.ListedPool;
import io.fleetcompat.query.lookup.Pools.Pool;
import io.fleetcompat.query.lookup.Pools.PoolProfile;
import io.fleetcompat.query.lookup.Pools.Stranded;
import io.fleetcompat.schemas.avro.PoolBlocker;
import io.fleetcompat.schemas.avro.PoolFamily;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import io.fleetcompat.schemas.avro.StrandedMember;
import java.util.List;
import java.util.Optional;

/** The answers of {@code /v1/pools}. */
public final class PoolAnswer {

  private PoolAnswer() {}

  /** The answer of {@code /v1/pools/P/matrix}. */
  public static JsonBytes of(String pool, PoolMatrix matrix, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("pool").string(pool);
    json.name("profiles").openArray();
    for (PoolMatrix.Member member : matrix.profiles()) {
      json.open().name("profile").string(member.profile().toString());
      json.name("like").string(member.like());
      json.name("endpoints").number(member.endpoints()).close();
    }
    json.closeArray().name("omitted").number(matrix.omitted()).name("rows").openArray();
    matrix.rows().forEach(json::string);
    return basis.end(json.closeArray());
  }

  /** All pools, each with its health in numbers. */
  public static JsonBytes of(List<ListedPool> pools, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("pools").openArray();
    for (ListedPool pool : pools) {
      state(json.open(), pool);
      json.close();
    }
    return basis.end(json.closeArray());
  }

  /** One pool: its health, hosts and profiles. */
  public static JsonBytes of(Pool pool, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    state(json, pool.state());
    json.name("members").openArray();
    pool.members().forEach(json::string);
    json.closeArray().name("profiles").openArray();
    for (PoolProfile profile : pool.profiles()) {
      json.open().name("profile").string(profile.profile().toString());
      json.name("hosts").number(profile.hosts());
      json.name("like").string(profile.like());
      json.name("example").stringOrNull(profile.example()).close();
    }
    json.closeArray();
    pool.state().health().ifPresent(health -> details(json, pool, health));
    return basis.end(json);
  }

  private static void state(JsonBytes json, ListedPool pool) {
    json.name("pool").string(pool.name()).name("hosts").number(pool.hosts()).name("health");
    if (pool.health().isEmpty()) {
      json.nothing();
      return;
    }
    PoolHealthRecord health = pool.health().get();
    json.open().name("ruleSet").string(health.getRuleSet());
    json.name("since").time(health.getChangedAt().toEpochMilli());
    json.name("fresh").number(health.getFresh());
    json.name("stale").number(health.getStale());
    json.name("lost").number(health.getLost());
    json.name("notAssessed").number(health.getNotAssessed());
    json.name("split").bool(pool.split());
    json.name("oneWayPairs").number(health.getOneWayPairs());
    movability(json.name("devices"), health.getDevices());
    movability(json.name("types"), health.getTypes());
    json.close();
  }

  private static void movability(JsonBytes json, PoolMovability of) {
    json.open().name("endpoints").number(of.getEndpoints());
    json.name("movable").number(of.getMovable());
    json.name("stranded").number(of.getStranded());
    json.name("unknown").number(of.getUnknown());
    json.name("full").number(of.getFull()).close();
  }

  private static void details(JsonBytes json, Pool pool, PoolHealthRecord health) {
    json.name("families").openArray();
    for (PoolFamily family : health.getFamilies()) {
      json.open().name("kind").string(family.getKind());
      json.name("vendor").stringOrNull(Optional.ofNullable(family.getVendor()));
      json.name("type").stringOrNull(Optional.ofNullable(family.getType()));
      json.name("profiles").number(family.getProfiles());
      json.name("groups").number(family.getGroups());
      json.name("atLeast").number(family.getAtLeast()).close();
    }
    json.closeArray().name("familiesOmitted").number(health.getFamiliesOmitted());
    json.name("stranded").openArray();
    pool.stranded().forEach(each -> stranded(json, each));
    json.closeArray().name("strandedOmitted").number(health.getStrandedOmitted());
    json.name("reasons").openArray();
    health.getBlockers().forEach(each -> blocker(json, each));
    json.closeArray().name("reasonsOmitted").number(health.getBlockersOmitted());
    json.name("unexplained").number(health.getUnexplained());
    json.name("findings").openArray();
    for (PoolFinding finding : health.getFindings()) {
      json.open().name("finding").string(finding.getFinding());
      json.name("count").number(finding.getCount()).name("hosts").openArray();
      finding.getHosts().forEach(json::string);
      json.closeArray().close();
    }
    json.closeArray();
  }

  private static void stranded(JsonBytes json, Stranded stranded) {
    StrandedMember member = stranded.member();
    json.open().name("profile").string(Fingerprint.of(member.getProfile().bytes()).toString());
    json.name("devices").number(member.getDevices());
    json.name("types").number(member.getTypes());
    json.name("onlyHost").stringOrNull(Optional.ofNullable(member.getOnlyHost()));
    json.name("unknownDevices").number(member.getUnknownDevices());
    json.name("unknownTypes").number(member.getUnknownTypes());
    json.name("alone").bool(member.getAlone());
    json.name("endpoints").openArray();
    stranded.endpoints().forEach(json::string);
    json.closeArray().close();
  }

  private static void blocker(JsonBytes json, PoolBlocker blocker) {
    json.open().name("outcome").string(blocker.getOutcome().name());
    json.name("rule").string(blocker.getRule());
    json.name("attribute").stringOrNull(Optional.ofNullable(blocker.getAttribute()));
    json.name("source").stringOrNull(Optional.ofNullable(blocker.getSource()));
    json.name("destination").stringOrNull(Optional.ofNullable(blocker.getDestination()));
    json.name("detail").string(blocker.getDetail());
    json.name("origin").string(blocker.getOrigin());
    json.name("freesDevices").number(blocker.getFreesDevices());
    json.name("freesTypes").number(blocker.getFreesTypes());
    json.name("strandsDevices").number(blocker.getStrandsDevices());
    json.name("strandsTypes").number(blocker.getStrandsTypes());
    json.name("sourceHosts").number(blocker.getSourceHosts());
    json.name("destinationHosts").number(blocker.getDestinationHosts()).close();
  }
}
