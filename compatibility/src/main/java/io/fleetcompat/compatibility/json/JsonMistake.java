package io.fleetcompat.compatibility.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** The mistake for which a text is no JSON, and its place: in our words, not in the parser's. */
public final class JsonMistake {

  /** The begin of what the parser says of a key that an object has twice. */
  private static final String DUPLICATE = "Duplicate field";

  private JsonMistake() {}

  /** The words after "expected JSON, found": {@code its end at line 1, column 7}. */
  public static String of(JsonProcessingException fault) {
    JsonLocation at = fault.getLocation();
    return at == null || at.getLineNr() < 1
        ? what(fault)
        : "%s at line %d, column %d".formatted(what(fault), at.getLineNr(), at.getColumnNr());
  }

  private static String what(JsonProcessingException fault) {
    return switch (fault) {
      case JsonEOFException _ -> "its end in the middle";
      case StreamConstraintsException _ -> "something nested deeper, or longer, than is read";
      case MismatchedInputException _ -> "more after its end";
      default ->
          String.valueOf(fault.getOriginalMessage()).startsWith(DUPLICATE)
              ? "a key for the second time"
              : "something else";
    };
  }
}
