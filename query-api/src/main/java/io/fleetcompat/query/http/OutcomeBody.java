package io.fleetcompat.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.answer.OutcomeAnswer;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Predictions.Side;
import io.fleetcompat.query.outcome.MigrationReport;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.MigrationResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads what a migration did from the JSON of a request, strictly. */
final class OutcomeBody {

  private static final Set<String> MEMBERS =
      Set.of(
          "id",
          "source",
          "destination",
          "sourceProfile",
          "destinationProfile",
          "result",
          "otherCause",
          "message",
          "reporter",
          "at");

  private static final String RESULTS =
      Arrays.stream(MigrationResult.values())
          .map(OutcomeAnswer::spelling)
          .collect(Collectors.joining(", "));

  private OutcomeBody() {}

  /**
   * The report that a body is.
   *
   * @param ids makes the id of one that names none
   */
  static MigrationReport report(byte[] body, Instant now, Supplier<String> ids) {
    JsonNode root = Bodies.object("the body", Bodies.read(body), MEMBERS);
    MigrationResult result = result(root.path("result"));
    boolean otherCause = flag(root, "otherCause");
    if (otherCause && result == MigrationResult.SUCCEEDED) {
      throw Bodies.bad("otherCause: expected false for a migration that succeeded, found true");
    }
    return new MigrationReport(
        text(root, "id", Limits.WORD).map(OutcomeBody::id).orElseGet(ids),
        new Side(
            References.parseEndpoint("source", required(root, "source")),
            profile(root, "sourceProfile")),
        destination(root),
        result,
        otherCause,
        text(root, "message", Limits.OUTCOME_MESSAGE),
        text(root, "reporter", Limits.WORD),
        text(root, "at", Limits.WORD).map(at -> time(at, now)));
  }

  private static Side destination(JsonNode root) {
    EndpointReference reference = References.parse("destination", required(root, "destination"));
    return new Side(reference, profile(root, "destinationProfile"));
  }

  private static String id(String text) {
    try {
      return RecordKeys.OUTCOME.parse(text);
    } catch (BadRecordException e) {
      throw Bodies.bad("id: " + e.getMessage());
    }
  }

  private static Instant time(String text, Instant now) {
    Instant at = TimeParameter.parse("at", text, now);
    if (at.isAfter(now) || at.toEpochMilli() < 0) {
      throw Bodies.bad("at: expected a time up to now, %s, found %s".formatted(now, at));
    }
    return at;
  }

  private static MigrationResult result(JsonNode node) {
    return Arrays.stream(MigrationResult.values())
        .filter(each -> OutcomeAnswer.spelling(each).equals(node.textValue()))
        .findFirst()
        .orElseThrow(() -> Bodies.unlike("result", "one of " + RESULTS, node));
  }

  private static String required(JsonNode root, String name) {
    return text(root, name, EndpointReference.MAX_LENGTH)
        .orElseThrow(() -> Bodies.unlike(name, "a string", root.path(name)));
  }

  private static Optional<Fingerprint> profile(JsonNode root, String name) {
    return text(root, name, Limits.WORD)
        .map(
            text -> {
              try {
                return Fingerprint.parse(text);
              } catch (IllegalArgumentException e) {
                throw Bodies.bad(
                    name
                        + ": expected a profile id of 32 hexadecimal digits, found "
                        + Problem.quote(text));
              }
            });
  }

  private static boolean flag(JsonNode root, String name) {
    JsonNode node = root.path(name);
    if (root.has(name) && !node.isBoolean()) {
      throw Bodies.unlike(name, "true or false", node);
    }
    return node.booleanValue();
  }

  private static Optional<String> text(JsonNode root, String name, int most) {
    JsonNode node = root.path(name);
    if (!root.has(name)) {
      return Optional.empty();
    }
    String expected = "a string of 1 to %d characters".formatted(most);
    if (!node.isTextual()) {
      throw Bodies.unlike(name, expected, node);
    }
    String text = node.textValue();
    if (text.isEmpty() || text.length() > most) {
      throw Bodies.bad("%s: expected %s, found %d".formatted(name, expected, text.length()));
    }
    return Optional.of(text);
  }
}
