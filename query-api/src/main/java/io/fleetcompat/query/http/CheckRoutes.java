package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.VerdictBytes;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /v1/check}: may this device go there? */
final class CheckRoutes {

  private static final JsonName SOURCE = JsonName.of("source");
  private static final JsonName DESTINATION = JsonName.of("destination");
  private static final JsonName CAPACITY = JsonName.of("capacity");
  private static final JsonName SOURCE_HOST = JsonName.of("sourceHost");
  private static final JsonName DESTINATION_HOST = JsonName.of("destinationHost");
  private static final JsonName HOST = JsonName.of("host");
  private static final JsonName LAST_SEEN = JsonName.of("lastSeen");
  private static final JsonName LIVENESS = JsonName.of("liveness");

  private final Checks<WrittenVerdict> checks;

  CheckRoutes(Checks<WrittenVerdict> checks) {
    this.checks = checks;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/check", Set.of("source", "destination"), this::one),
        Route.index(Method.POST, "/v1/check", Set.of(), this::many));
  }

  private Answer one(Call call) {
    EndpointReference from =
        References.parseEndpoint("source", call.parameters().require("source"));
    IndexedEndpoint source = References.endpoint("source", Found.find(call.view(), from));
    EndpointReference to =
        References.parse("destination", call.parameters().require("destination"));
    boolean ofHost = to.endpoint().isEmpty();
    IndexedEndpoint destination =
        ofHost
            ? best(call, source, to)
            : References.endpoint("destination", Found.find(call.view(), to));
    Check<WrittenVerdict> check = checks.check(call.view(), source, destination);
    JsonBytes json = new JsonBytes().open();
    write(json, check, from.spelled(), ofHost ? destination.reference() : to.spelled());
    return call.answer(json);
  }

  private IndexedEndpoint best(Call call, IndexedEndpoint source, EndpointReference destination) {
    return switch (checks.best(call.view(), source, destination.host())) {
      case Found.Endpoint(IndexedEndpoint best) -> best;
      case Found.NoHost(String host) -> throw References.noHost("", host);
      case Found.NoEndpoint(String host, String _) ->
          throw new Problem(
              Code.ENDPOINT_NOT_FOUND,
              "destination: expected a host with endpoints, found none at " + host);
    };
  }

  /** The members of a check that one pair has. */
  static void write(JsonBytes json, Check<WrittenVerdict> check) {
    write(json, check, check.source().reference(), check.destination().reference());
  }

  private static void write(
      JsonBytes json, Check<WrittenVerdict> check, String source, String destination) {
    json.name(SOURCE).string(source).name(DESTINATION).string(destination);
    writeVerdict(json, check);
    writeCapacity(json, check.destination().capacity());
    writeHost(json.name(SOURCE_HOST), check.source().hostName(), check.sourceSeen());
    writeHost(json.name(DESTINATION_HOST), check.destination().hostName(), check.destinationSeen());
    check.pair().form().writeRank(json);
  }

  /** The four members of a verdict. */
  private static void writeVerdict(JsonBytes json, Check<WrittenVerdict> check) {
    if (check.silent().isPresent()) {
      VerdictBytes.write(json, check.silent().get());
    } else {
      check.pair().form().writeMembers(json, check.source().dynamic());
    }
  }

  static void writeCapacity(JsonBytes json, int capacity) {
    json.name(CAPACITY);
    if (capacity < 0) {
      json.nothing();
    } else {
      json.number(capacity);
    }
  }

  static void writeHost(JsonBytes json, String host, Sighting seen) {
    json.open().name(HOST).string(host).name(LAST_SEEN).time(seen.lastSeen());
    json.name(LIVENESS).string(seen.liveness().name()).close();
  }

  private Answer many(Call call) {
    List<Bodies.Pair> pairs = Bodies.pairs(call.body());
    JsonBytes json = new JsonBytes().open().name("results").openArray();
    for (Bodies.Pair pair : pairs) {
      call.checkDeadline();
      json.open();
      write(json, call, pair);
      json.close();
    }
    return call.answer(json.closeArray());
  }

  private void write(JsonBytes json, Call call, Bodies.Pair pair) {
    Found source = Found.find(call.view(), pair.source());
    Found destination = Found.find(call.view(), pair.destination());
    json.name(SOURCE).string(pair.source().toString());
    json.name(DESTINATION).string(pair.destination().toString());
    if (source instanceof Found.Endpoint(IndexedEndpoint from)
        && destination instanceof Found.Endpoint(IndexedEndpoint to)) {
      writeVerdict(json, checks.check(call.view(), from, to));
      writeCapacity(json, to.capacity());
    } else {
      String missing = missing("source", source) + missing("destination", destination);
      checks.notIndexed(missing.strip()).form().writeMembers(json, Map.of());
      json.name(CAPACITY).nothing();
    }
  }

  private static String missing(String side, Found found) {
    return switch (found) {
      case Found.Endpoint endpoint -> "";
      case Found.NoHost(String host) ->
          " the " + side + " host " + Problem.quote(host) + " is not in the index;";
      case Found.NoEndpoint(String host, String endpoint) ->
          " the %s host %s has no endpoint %s in the index;"
              .formatted(side, Problem.quote(host), Problem.quote(endpoint));
    };
  }
}
