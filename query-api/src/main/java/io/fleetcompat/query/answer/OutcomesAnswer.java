package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.replica.Use;
import java.util.Optional;

/**
 * The answer of {@code POST /v1/check} to one source and many destinations where only outcomes are
 * asked for, written while they are found. One thread.
 */
public final class OutcomesAnswer implements Checks.Outcomes {

  private static final JsonName SOURCE = JsonName.of("source");
  private static final JsonName DESTINATION = JsonName.of("destination");

  private final JsonBytes json = new JsonBytes().open().name("results").openArray();
  private final String source;
  private final Fields fields;

  /**
   * @param source in its normal spelling
   */
  public OutcomesAnswer(String source, Fields fields) {
    this.source = source;
    this.fields = fields;
  }

  @Override
  public void add(String destination, Outcome outcome, int capacity, Optional<Use> use) {
    json.open();
    if (fields.has(Field.SOURCE)) {
      json.name(SOURCE).string(source);
    }
    if (fields.has(Field.DESTINATION)) {
      json.name(DESTINATION).string(destination);
    }
    if (fields.has(Field.VERDICT)) {
      VerdictBytes.writeOutcome(json, outcome);
    }
    if (fields.has(Field.CAPACITY)) {
      SharedFields.writeRoom(json, capacity, use);
    }
    json.close();
  }

  /** Ends the answer with what it is made from. */
  public JsonBytes end(Basis basis) {
    return basis.end(json.closeArray());
  }
}
