package io.fleetcompat.collector.fleet;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.inventory.Quoted;

/** JSON as the standard says: no duplicate keys, nothing after the value. */
public final class StrictJson {

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** The mistake and its place, in one line, without the source. */
  static String where(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + " column " + at.getColumnNr();
    return Quoted.of(String.valueOf(e.getOriginalMessage())) + place;
  }
}
