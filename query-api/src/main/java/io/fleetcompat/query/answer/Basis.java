package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import java.util.Optional;

/**
 * The state of the index that an answer is made from.
 *
 * @param revision of the index
 * @param asOf it holds everything that was in the index then; milliseconds since 1970, 0 where it
 *     never held everything
 * @param stale whether that is longer ago than it may be
 * @param ruleSet the version of the rules, with policies, that the matrix is judged by; empty where
 *     nothing is judged yet
 */
public record Basis(long revision, long asOf, boolean stale, Optional<String> ruleSet) {

  private static final JsonName REVISION = JsonName.of("revision");
  private static final JsonName AS_OF = JsonName.of("asOf");
  private static final JsonName STALE = JsonName.of("stale");
  private static final JsonName RULE_SET = JsonName.of("ruleSet");

  /** Ends an answer with what it is made from. */
  JsonBytes end(JsonBytes json) {
    json.beginChanging();
    json.name(REVISION).number(revision);
    json.name(AS_OF);
    if (asOf == 0) {
      json.nothing();
    } else {
      json.time(asOf);
    }
    json.endChanging();
    return json.name(STALE).bool(stale).name(RULE_SET).stringOrNull(ruleSet).close();
  }
}
