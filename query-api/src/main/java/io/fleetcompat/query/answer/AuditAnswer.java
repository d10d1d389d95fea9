package io.fleetcompat.query.answer;

import io.fleetcompat.query.audit.AuditedWave;
import io.fleetcompat.query.audit.AuditedWave.Ways;
import io.fleetcompat.query.audit.FleetAudit.Upgrades;
import io.fleetcompat.query.audit.PoolDifference;
import io.fleetcompat.query.audit.PoolDifference.Difference;
import io.fleetcompat.query.audit.PoolDifference.Named;
import io.fleetcompat.query.audit.UpgradeWave;
import io.fleetcompat.query.audit.UpgradeWave.Moved;
import io.fleetcompat.query.audit.UpgradeWave.Transition;
import io.fleetcompat.query.audit.ViewDifference;
import io.fleetcompat.query.json.JsonBytes;
import java.time.Instant;
import java.util.Collection;

/** The answers of {@code /v1/audit/upgrades} and {@code /v1/diff}. */
public final class AuditAnswer {

  /** Most hosts of a wave that are named. */
  private static final int MOST_HOSTS = 1000;

  private AuditAnswer() {}

  public static JsonBytes of(Upgrades upgrades, Instant since, Instant until, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    json.name("since").time(since.toEpochMilli()).name("until").time(until.toEpochMilli());
    json.name("waves").openArray();
    upgrades.waves().forEach(wave -> write(json, wave));
    json.closeArray().name("total").number(upgrades.total());
    json.name("complete").bool(upgrades.complete());
    json.name("completeSince").stringOrNull(upgrades.completeSince().map(Instant::toString));
    return basis.end(json);
  }

  private static void write(JsonBytes json, AuditedWave audited) {
    UpgradeWave wave = audited.wave();
    json.open().name("transition").openArray();
    wave.transition().forEach(transition -> write(json, transition));
    json.closeArray().name("begin").time(wave.begin()).name("end").time(wave.end());
    json.name("hosts").number(wave.hosts().size());
    names(json, "hostNames", wave.hosts().stream().limit(MOST_HOSTS).toList());
    names(json, "pools", wave.pools());
    json.name("moves").openArray();
    wave.moves().forEach(move -> write(json, move));
    json.closeArray();
    write(json.name("forward"), audited.forward());
    write(json.name("back"), audited.back());
    json.name("leftBehind").number(audited.behind());
    names(json, "leftBehindNames", audited.named());
    json.name("difference");
    audited.difference().ifPresentOrElse(found -> write(json, found), json::nothing);
    json.close();
  }

  private static void write(JsonBytes json, Transition transition) {
    json.open().name("name").string(transition.name());
    json.name("from").stringOrNull(transition.from());
    json.name("to").stringOrNull(transition.to()).close();
  }

  private static void write(JsonBytes json, Moved move) {
    json.open().name("from").string(move.from().toString());
    json.name("to").string(move.to().toString());
    json.name("devices").number(move.devices()).name("types").number(move.types()).close();
  }

  private static void write(JsonBytes json, Ways ways) {
    json.open().name("compatible").number(ways.compatible());
    json.name("unknown").number(ways.unknown());
    json.name("incompatible").number(ways.incompatible()).close();
  }

  /**
   * The difference between two times.
   *
   * @param from milliseconds since 1970
   * @param to likewise
   */
  public static JsonBytes of(ViewDifference difference, long from, long to, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("from").time(from).name("to").time(to);
    writeMembers(json, difference);
    return basis.end(json);
  }

  private static void write(JsonBytes json, ViewDifference difference) {
    writeMembers(json.open(), difference);
    json.close();
  }

  private static void writeMembers(JsonBytes json, ViewDifference difference) {
    json.name("ruleSetBefore").stringOrNull(difference.ruleSetBefore());
    json.name("ruleSetAfter").stringOrNull(difference.ruleSetAfter());
    json.name("pools").openArray();
    difference.pools().forEach(pool -> write(json, pool));
    json.closeArray();
  }

  static void write(JsonBytes json, PoolDifference pool) {
    json.open().name("pool").string(pool.pool());
    write(json.name("hostsAppeared"), pool.appeared());
    write(json.name("hostsGone"), pool.gone());
    write(json.name("devices"), pool.devices());
    write(json.name("types"), pool.types());
    json.close();
  }

  private static void write(JsonBytes json, Difference of) {
    json.open().name("before").number(of.before()).name("after").number(of.after());
    json.name("pairsGained").number(of.pairsGained()).name("pairsLost").number(of.pairsLost());
    json.name("strandedBefore").number(of.strandedBefore());
    json.name("strandedAfter").number(of.strandedAfter());
    write(json.name("newlyStranded"), of.newlyStranded());
    write(json.name("freed"), of.freed());
    json.close();
  }

  static void write(JsonBytes json, Named of) {
    json.open().name("total").number(of.total());
    names(json, "names", of.names());
    json.close();
  }

  private static void names(JsonBytes json, String member, Collection<String> names) {
    json.name(member).openArray();
    names.forEach(json::string);
    json.closeArray();
  }
}
