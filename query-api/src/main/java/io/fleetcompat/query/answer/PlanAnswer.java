package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.rollout.RolloutResult.When;
import io.fleetcompat.query.whatif.PlanResult;
import io.fleetcompat.query.whatif.PlanResult.Block;
import io.fleetcompat.query.whatif.PlanResult.Blocked;
import io.fleetcompat.query.whatif.PlanResult.Move;
import io.fleetcompat.query.whatif.PlanResult.PoolPlan;
import io.fleetcompat.query.whatif.PlanResult.Wave;
import java.util.Locale;

/** The answer of {@code POST /v1/plan}. */
public final class PlanAnswer {

  private PlanAnswer() {}

  /**
   * @param keep how many other hosts each device can go to at any time
   */
  public static JsonBytes of(PlanResult result, int keep, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("keep").number(keep);
    SelectedAnswer.write(json, result.selected());
    json.name("pools").openArray();
    result.pools().forEach(pool -> write(json, pool));
    return basis.end(json.closeArray());
  }

  private static void write(JsonBytes json, PoolPlan pool) {
    json.open().name("pool").string(pool.pool());
    json.name("hosts").number(pool.hosts()).name("toChange").number(pool.toChange());
    json.name("devices").number(pool.devices());
    AuditAnswer.write(json.name("belowKeep"), pool.belowKeep());
    json.name("atOnce").number(pool.atOnce());
    json.name("waves").openArray();
    pool.waves().forEach(wave -> write(json, wave));
    json.closeArray().name("blocked");
    pool.blocked().ifPresentOrElse(blocked -> write(json, blocked), json::nothing);
    json.close();
  }

  private static void write(JsonBytes json, Wave wave) {
    json.open().name("hosts").openArray();
    wave.hosts().forEach(json::string);
    json.closeArray().name("moves").openArray();
    for (Move move : wave.moves()) {
      json.open().name("device").string(move.device());
      json.name("from").string(move.from()).name("to").string(move.to());
      json.name("mayBeInUse").bool(move.mayBeInUse()).close();
    }
    json.closeArray().close();
  }

  private static void write(JsonBytes json, Blocked blocked) {
    json.open().name("certain").bool(blocked.certain());
    json.name("unknown").bool(blocked.unknown()).name("last").bool(blocked.when() == When.LAST);
    json.name("never").bool(blocked.when() == When.ANY_TIME);
    AuditAnswer.write(json.name("left"), blocked.left());
    json.name("blocks").openArray();
    blocked.blocks().forEach(block -> write(json, block));
    json.closeArray().close();
  }

  private static void write(JsonBytes json, Block block) {
    json.open().name("obstacle");
    json.string(block.obstacle().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    AuditAnswer.write(json.name("hosts"), block.hosts());
    AuditAnswer.write(json.name("devices"), block.devices());
    json.name("profile").string(block.profile().toString());
    json.name("reasons").openArray();
    for (Reason reason : block.reasons()) {
      VerdictBytes.write(json, reason);
    }
    json.closeArray().close();
  }
}
