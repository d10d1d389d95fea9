package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.avro.RulesRefused;
import java.util.OptionalLong;

/**
 * Newer rules that the indexer does not take. They change no answer. Immutable.
 *
 * @param reason file, line, what was expected and found
 * @param since in milliseconds since 1970; empty where nobody can tell
 */
public record RefusedRules(String reason, OptionalLong since) {

  /** Of a record that cannot be read: that all were well would be a guess. */
  static final RefusedRules UNREADABLE =
      new RefusedRules(
          "the record that says whether newer rules are refused cannot be read",
          OptionalLong.empty());

  static RefusedRules of(RulesRefused record) {
    return new RefusedRules(record.getReason(), OptionalLong.of(record.getSince().toEpochMilli()));
  }
}
