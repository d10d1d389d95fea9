package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.health.Blocker;
import io.fleetcompat.compatibility.health.Movability;
import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.profile.ProfileDifference;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.whatif.WhatIfResult;
import io.fleetcompat.query.whatif.WhatIfResult.ChangedPool;
import io.fleetcompat.query.whatif.WhatIfResult.ChangedProfile;
import io.fleetcompat.query.whatif.WhatIfResult.Displaced;
import io.fleetcompat.query.whatif.WhatIfResult.Missing;
import io.fleetcompat.query.whatif.WhatIfResult.NotApplied;
import io.fleetcompat.query.whatif.WhatIfResult.Unknown;
import java.util.Locale;

/** The answer of {@code POST /v1/what-if}. */
public final class WhatIfAnswer {

  /** Most reasons of a pool that are told. */
  private static final int MOST_REASONS = 5;

  private WhatIfAnswer() {}

  public static JsonBytes of(WhatIfResult result, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    SelectedAnswer.write(json, result.selected());
    json.name("ruleSetAfter").stringOrNull(result.ruleSetAfter());
    json.name("profiles").openArray();
    result.profiles().forEach(profile -> write(json, profile));
    json.closeArray().name("profilesOmitted").number(result.profilesOmitted());
    json.name("notApplied").openArray();
    for (NotApplied part : result.notApplied()) {
      json.open().name("part").string(part.kind().name().toLowerCase(Locale.ROOT));
      json.name("name").string(part.name()).name("hosts").number(part.hosts()).close();
    }
    json.closeArray();
    json.name("displaced");
    result.drained().ifPresentOrElse(displaced -> write(json, displaced), json::nothing);
    json.name("pools").openArray();
    result.pools().forEach(pool -> write(json, pool));
    json.closeArray();
    write(json.name("unknown"), result.unknown());
    return basis.end(json);
  }

  private static void write(JsonBytes json, ChangedProfile profile) {
    json.open().name("from").string(profile.from().toString());
    json.name("to").string(profile.to().toString());
    json.name("new").bool(profile.isNew());
    json.name("hosts").number(profile.hosts());
    json.name("devices").number(profile.devices());
    json.name("types").number(profile.types());
    json.name("attributes").openArray();
    for (ProfileDifference attribute : profile.attributes()) {
      json.open().name("name").string(attribute.name());
      json.name("from").stringOrNull(attribute.from());
      json.name("to").stringOrNull(attribute.to()).close();
    }
    json.closeArray().close();
  }

  private static void write(JsonBytes json, Displaced displaced) {
    json.open().name("devices").number(displaced.devices());
    AuditAnswer.write(json.name("withoutDestination"), displaced.withoutDestination());
    AuditAnswer.write(json.name("unknown"), displaced.unknown());
    json.close();
  }

  private static void write(JsonBytes json, ChangedPool pool) {
    json.open();
    AuditAnswer.write(json.name("difference"), pool.difference());
    health(json.name("healthBefore"), pool.liveBefore(), pool.before());
    health(json.name("healthAfter"), pool.liveAfter(), pool.after());
    json.close();
  }

  private static void health(JsonBytes json, int live, PoolHealth health) {
    json.open().name("fresh").number(live);
    json.name("split").bool(health.families().stream().anyMatch(family -> family.groups() > 1));
    json.name("oneWayPairs").number(health.oneWayPairs());
    movability(json.name("devices"), health.devices());
    movability(json.name("types"), health.types());
    json.name("reasons").openArray();
    health.blockers().stream().limit(MOST_REASONS).forEach(blocker -> blocker(json, blocker));
    json.closeArray().close();
  }

  private static void movability(JsonBytes json, Movability of) {
    json.open().name("endpoints").number(of.endpoints());
    json.name("movable").number(of.movable());
    json.name("stranded").number(of.stranded());
    json.name("unknown").number(of.unknown());
    json.name("full").number(of.full()).close();
  }

  private static void blocker(JsonBytes json, Blocker blocker) {
    json.open().name("outcome").string(blocker.outcome().name());
    VerdictBytes.write(json.name("reason"), blocker.reason());
    json.name("freesDevices").number(blocker.frees().devices());
    json.name("freesTypes").number(blocker.frees().types());
    json.name("strandsDevices").number(blocker.strands().devices());
    json.name("strandsTypes").number(blocker.strands().types());
    json.name("sourceHosts").number(blocker.sourceHosts());
    json.name("destinationHosts").number(blocker.destinationHosts()).close();
  }

  private static void write(JsonBytes json, Unknown unknown) {
    json.open().name("pairs").number(unknown.pairs()).name("missing").openArray();
    for (Missing missing : unknown.missing()) {
      json.open();
      VerdictBytes.write(json.name("reason"), missing.reason());
      json.name("pairs").number(missing.pairs()).close();
    }
    json.closeArray().name("omitted").number(unknown.omitted());
    json.name("unexplained").number(unknown.unexplained()).close();
  }
}
