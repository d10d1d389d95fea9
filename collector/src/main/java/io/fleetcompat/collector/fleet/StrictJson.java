package io.fleetcompat.collector.fleet;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON as the standard says: no duplicate keys, nothing after the value. */
public final class StrictJson {

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The begin of what the parser says of a key that an object has twice. */
  private static final String DUPLICATE = "Duplicate field";

  private StrictJson() {}

  /** The mistake and its place, after "expected JSON, found", in our words. */
  static String where(JsonProcessingException e) {
    boolean twice = String.valueOf(e.getOriginalMessage()).startsWith(DUPLICATE);
    String what = twice ? "a key for the second time" : "something else";
    JsonLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? what
        : "%s at line %d, column %d".formatted(what, at.getLineNr(), at.getColumnNr());
  }
}
