package io.fleetcompat.query.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.Checks.Pair;
import io.fleetcompat.query.lookup.EndpointReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of {@code POST /v1/check}: pairs, or one source and its destinations. */
sealed interface CheckBody {

  List<Pair> pairs();

  /** Any pairs. */
  record Pairs(List<Pair> pairs) implements CheckBody {}

  /** One source and many destinations: less to send, and to read. */
  record OneSource(EndpointReference source, List<EndpointReference> destinations)
      implements CheckBody {
    @Override
    public List<Pair> pairs() {
      return destinations.stream().map(destination -> new Pair(source, destination)).toList();
    }
  }

  static CheckBody parse(byte[] body) {
    return BodyTokens.parsed(body, CheckBody::read);
  }

  private static CheckBody read(JsonParser json) throws IOException {
    Optional<List<Pair>> pairs = Optional.empty();
    Optional<EndpointReference> source = Optional.empty();
    Optional<List<EndpointReference>> destinations = Optional.empty();
    BodyTokens.expect(json, "the body", JsonToken.START_OBJECT, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "pairs" -> pairs = Optional.of(Bodies.pairs(json.readValueAsTree()));
        case "source" -> source = Optional.of(BodyTokens.endpoint(json, "source"));
        case "destinations" -> destinations = Optional.of(destinations(json));
        default ->
            throw Bodies.bad(
                "the body: expected members [destinations, pairs, source], found "
                    + Problem.quote(name));
      }
    }
    if (pairs.isPresent() && source.isEmpty() && destinations.isEmpty()) {
      return new Pairs(pairs.get());
    }
    if (pairs.isEmpty() && source.isPresent() && destinations.isPresent()) {
      return new OneSource(source.get(), destinations.get());
    }
    throw Bodies.bad(
        pairs.isPresent() || (source.isPresent() && destinations.isPresent())
            ? "expected pairs, or source and destinations, found more of these"
            : source.isPresent()
                ? "destinations: expected an array of at most %d strings, found nothing"
                    .formatted(Bodies.MAX_PAIRS)
                : "pairs: expected an array of at most %d objects, found nothing; or source and destinations"
                    .formatted(Bodies.MAX_PAIRS));
  }

  private static List<EndpointReference> destinations(JsonParser json) throws IOException {
    String what = "destinations";
    BodyTokens.expect(
        json, what, JsonToken.START_ARRAY, "an array of at most " + Bodies.MAX_PAIRS + " strings");
    List<EndpointReference> destinations = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (destinations.size() == Bodies.MAX_PAIRS) {
        throw new Problem(
            Code.TOO_MANY_PAIRS,
            "expected at most " + Bodies.MAX_PAIRS + " destinations, found more; ask in parts");
      }
      destinations.add(BodyTokens.endpoint(json, what, destinations.size()));
    }
    return destinations;
  }
}
