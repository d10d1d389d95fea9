package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fleetcompat.oracle.NaiveVerdict;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parser of the answer of {@code POST /v1/check}, token by token: there may be gigabytes of it.
 */
final class AnswerParser {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser json;

  private AnswerParser(JsonParser json) {
    this.json = json;
  }

  /** The verdicts in the order of the pairs. */
  static List<NaiveVerdict> parse(InputStream body) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      return new AnswerParser(json).results();
    }
  }

  private List<NaiveVerdict> results() throws IOException {
    List<NaiveVerdict> results = new ArrayList<>();
    require(json.nextToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals("results");
      json.nextToken();
      if (!wanted) {
        json.skipChildren();
        continue;
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        results.add(result());
      }
    }
    return results;
  }

  private NaiveVerdict result() throws IOException {
    Findings findings = new Findings();
    Optional<Outcome> outcome = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "verdict" -> outcome = Optional.of(Outcome.valueOf(json.getText()));
        case "reasons" -> items((rule, attribute, value) -> findings.unknown(rule));
        case "overridden" -> items((rule, attribute, value) -> findings.overridden(rule));
        case "obligations" ->
            items((rule, attribute, value) -> findings.obligation(attribute, optional(value)));
        case "warnings" -> items((rule, attribute, value) -> findings.warning(rule, attribute));
        default -> json.skipChildren();
      }
    }
    require(outcome.isPresent());
    findings.forgetWarningsOfReasons();
    return findings.verdict(outcome.get());
  }

  @FunctionalInterface
  private interface Item {
    void accept(String rule, String attribute, @Nullable String value);
  }

  private static Optional<String> optional(@Nullable String value) {
    return Optional.ofNullable(value);
  }

  private void items(Item item) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String rule = "";
      String attribute = "";
      String value = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        boolean text = json.nextToken() == JsonToken.VALUE_STRING;
        switch (field) {
          case "rule" -> rule = json.getText();
          case "attribute" -> attribute = text ? json.getText() : "";
          case "value" -> value = text ? json.getText() : null;
          default -> json.skipChildren();
        }
      }
      item.accept(rule, attribute, value);
    }
  }

  private void require(boolean good) throws IOException {
    if (!good) {
      throw new IOException("expected the answer of /v1/check, found other JSON");
    }
  }
}
