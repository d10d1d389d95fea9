package io.fleetcompat.cli.output;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** The place at which a text is no JSON, in our words and not in those of the parser. */
public final class JsonPlace {

  private JsonPlace() {}

  /** After "expected JSON, found". */
  public static String of(JsonProcessingException fault) {
    JsonLocation at = fault.getLocation();
    return at == null || at.getLineNr() < 1
        ? "something else"
        : "something else at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }
}
