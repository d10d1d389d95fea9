package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Ages;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The check that an answer rests on recent enough news ({@code --max-age}). */
final class Freshness {

  private Freshness() {}

  /**
   * The news that is too old, in words; empty where none is.
   *
   * @param answer of check or explain
   */
  static Optional<String> tooOld(JsonNode answer, Duration maxAge, Instant now) {
    return Stream.of(
            older(
                "the source host was last seen",
                answer.path("sourceHost").path("lastSeen"),
                maxAge,
                now),
            older(
                "the destination host was last seen",
                answer.path("destinationHost").path("lastSeen"),
                maxAge,
                now),
            older("the index is as of", answer.path("asOf"), maxAge, now))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> older(String what, JsonNode time, Duration maxAge, Instant now) {
    Optional<Duration> age = Ages.since(time.asText(""), now);
    if (age.isEmpty()) {
      return Optional.of(what + " at an unknown time");
    }
    return age.filter(found -> found.compareTo(maxAge) > 0)
        .map(found -> "%s %s ago, more than --max-age".formatted(what, Ages.words(found)));
  }
}
