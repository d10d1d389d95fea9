package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.fleetcompat.inventory.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form: {@code {"self": [{…}], "compatible": [{…}, …]}}, strict, string values. One use.
 */
final class SelfCompatibleJson {

  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser json;
  private Parsed<List<SortedMap<String, String>>> selves = new Parsed.Absent<>();
  private Parsed<List<Pattern>> patterns = new Parsed.Absent<>();

  private SelfCompatibleJson(JsonParser json) {
    this.json = json;
  }

  static SelfCompatible parse(String text) throws MalformedException {
    try (JsonParser json = STRICT.createParser(text)) {
      return new SelfCompatibleJson(json).parse();
    } catch (JsonProcessingException e) {
      throw new MalformedException(
          "expected strict JSON, found at "
              + place(e.getLocation())
              + ": "
              + Quoted.bare(e.getOriginalMessage(), 3 * Quoted.SHOWN));
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be read", e);
    }
  }

  private SelfCompatible parse() throws IOException, MalformedException {
    expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      switch (member) {
        case SelfCompatible.SELF -> selves = new Parsed.Value<>(selves());
        case SelfCompatible.COMPATIBLE -> patterns = new Parsed.Value<>(patterns());
        default -> throw expected("\"self\" or \"compatible\"", Quoted.of(member));
      }
    }
    if (json.nextToken() != null) {
      throw expected("the end", "more after the object");
    }
    return new SelfCompatible(selves, patterns);
  }

  private List<SortedMap<String, String>> selves() throws IOException, MalformedException {
    List<SortedMap<String, String>> list = new ArrayList<>();
    expect(json.nextToken(), JsonToken.START_ARRAY, "an array of objects");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      SelfBuilder self = new SelfBuilder();
      expect(json.currentToken(), JsonToken.START_OBJECT, "an object");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String attribute = attribute();
        self.add(attribute, value());
      }
      list.add(self.build());
      PatternCheck.require(list.size(), SelfCompatible.MAX_SELVES, "selves");
    }
    return List.copyOf(list);
  }

  private List<Pattern> patterns() throws IOException, MalformedException {
    List<Pattern> list = new ArrayList<>();
    expect(json.nextToken(), JsonToken.START_ARRAY, "an array of objects");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      PatternBuilder pattern = new PatternBuilder(false);
      expect(json.currentToken(), JsonToken.START_OBJECT, "an object");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String attribute = attribute();
        pattern.add(attribute, List.of(value()));
      }
      list.add(pattern.build());
      PatternCheck.require(list.size(), SelfCompatible.MAX_PATTERNS, "patterns");
    }
    return List.copyOf(list);
  }

  private String attribute() throws IOException, MalformedException {
    String name = clean(json.currentName());
    if (name.isEmpty()) {
      throw expected("the name of an attribute", "an empty one");
    }
    return name;
  }

  private String value() throws IOException, MalformedException {
    expect(json.nextToken(), JsonToken.VALUE_STRING, "a string");
    return clean(json.getText());
  }

  /** An escape must not bring in what the reading rules keep out. */
  private String clean(String text) throws MalformedException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)
          || (Character.isISOControl(c) && c != '\n' && c != '\t')) {
        throw expected("text without control characters", String.format("\\u%04x", (int) c));
      }
    }
    return text;
  }

  private void expect(@Nullable JsonToken found, JsonToken wanted, String what)
      throws MalformedException {
    if (found != wanted) {
      throw expected(what, found == null ? "the end" : found.name());
    }
  }

  private MalformedException expected(String what, String found) {
    return new MalformedException(
        "expected " + what + " at " + place(json.currentTokenLocation()) + ", found " + found);
  }

  private static String place(@Nullable JsonLocation at) {
    return at == null
        ? "an unknown place"
        : "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
