package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.VerdictJson;
import io.fleetcompat.query.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Verdicts and ranks as JSON bytes, to be put into answers. */
public final class VerdictBytes {

  private static final String NO_REASONS = "{\"verdict\":\"COMPATIBLE\",\"reasons\":[],";

  private VerdictBytes() {}

  /** {@code verdict}, {@code reasons}, {@code obligations} and {@code warnings}. */
  public static byte[] members(Verdict verdict) {
    return inner(VerdictJson.toJson(verdict), 1);
  }

  /** {@code obligations} and {@code warnings}. */
  static byte[] burdens(Verdict verdict) {
    Verdict bare =
        new Verdict(Outcome.COMPATIBLE, List.of(), verdict.obligations(), verdict.warnings());
    String json = VerdictJson.toJson(bare);
    if (!json.startsWith(NO_REASONS)) {
      throw new IllegalStateException("expected " + NO_REASONS + ", found " + json);
    }
    return inner(json, NO_REASONS.length());
  }

  private static byte[] inner(String object, int from) {
    return object.substring(from, object.length() - 1).getBytes(StandardCharsets.UTF_8);
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
}
