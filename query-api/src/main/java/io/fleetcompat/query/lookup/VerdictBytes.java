package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.query.json.JsonBytes;
import java.util.Optional;

/** Verdicts and ranks as JSON bytes; the same JSON as the heart's own. */
public final class VerdictBytes {

  private VerdictBytes() {}

  /** {@code verdict}, {@code reasons}, {@code obligations} and {@code warnings}. */
  public static byte[] members(Verdict verdict) {
    JsonBytes json = new JsonBytes();
    json.name("verdict").string(verdict.outcome().name());
    json.name("reasons").openArray();
    verdict.reasons().forEach(reason -> write(json, reason));
    json.closeArray();
    return json.written(burdens(verdict)).toBytes();
  }

  static byte[] burdens(Verdict verdict) {
    JsonBytes json = new JsonBytes();
    json.name("obligations").openArray();
    verdict.obligations().forEach(obligation -> write(json, obligation));
    json.closeArray().name("warnings").openArray();
    verdict.warnings().forEach(warning -> write(json, warning));
    return json.closeArray().toBytes();
  }

  static byte[] rank(Optional<Rank> rank) {
    JsonBytes json = new JsonBytes();
    if (rank.isEmpty()) {
      return json.nothing().toBytes();
    }
    Rank r = rank.get();
    json.open().name("minorDistance").number(r.minorDistance());
    json.name("bugfixLower").bool(r.bugfixLower());
    json.name("bugfixDistance").number(r.bugfixDistance());
    return json.name("burdens").number(r.burdens()).close().toBytes();
  }

  private static void write(JsonBytes json, Reason reason) {
    json.open().name("rule").string(reason.rule());
    member(json, "facet", reason.facet());
    member(json, "attribute", reason.attribute());
    member(json, "source", reason.source());
    member(json, "destination", reason.destination());
    member(json, "state", reason.state().map(Verdict.State::toString));
    json.name("detail").string(reason.detail()).close();
  }

  private static void write(JsonBytes json, Obligation obligation) {
    json.open().name("attribute").string(obligation.attribute()).name("value");
    obligation.value().ifPresentOrElse(json::string, json::nothing);
    json.close();
  }

  private static void write(JsonBytes json, Warning warning) {
    json.open().name("rule").string(warning.rule());
    member(json, "attribute", warning.attribute());
    json.name("detail").string(warning.detail()).close();
  }

  private static void member(JsonBytes json, String name, Optional<String> value) {
    value.ifPresent(text -> json.name(name).string(text));
  }
}
