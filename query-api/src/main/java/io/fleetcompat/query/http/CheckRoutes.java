package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Place;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
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

  private final Checks checks;

  CheckRoutes(Checks checks) {
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
    Place source = References.place("source", Found.find(call.view(), from));
    EndpointReference to =
        References.parse("destination", call.parameters().require("destination"));
    boolean ofHost = to.endpoint().isEmpty();
    Place destination =
        ofHost
            ? best(call, source, to)
            : References.place("destination", Found.find(call.view(), to));
    Check check = checks.check(call.view(), source, destination);
    JsonBytes json = new JsonBytes().open();
    write(json, check, from.spelled(), ofHost ? destination.reference() : to.spelled());
    return call.answer(json);
  }

  private Place best(Call call, Place source, EndpointReference destination) {
    Host host = References.host(call.view(), destination.host());
    return checks
        .best(call.view(), source, host)
        .orElseThrow(
            () ->
                new Problem(
                    Code.ENDPOINT_NOT_FOUND,
                    "destination: expected a host with endpoints, found none at " + host.name()));
  }

  /** The members of a check that one pair has. */
  static void write(JsonBytes json, Check check) {
    write(json, check, check.source().reference(), check.destination().reference());
  }

  private static void write(JsonBytes json, Check check, String source, String destination) {
    json.name(SOURCE).string(source).name(DESTINATION).string(destination);
    check.writeMembers(json);
    writeCapacity(json, check.destination());
    writeHost(json.name(SOURCE_HOST), check.source().host(), check.sourceSeen());
    writeHost(json.name(DESTINATION_HOST), check.destination().host(), check.destinationSeen());
    check.pair().writeRank(json);
  }

  static void writeCapacity(JsonBytes json, Place place) {
    writeCapacity(json, place.capacity());
  }

  static void writeCapacity(JsonBytes json, int capacity) {
    json.name(CAPACITY);
    if (capacity < 0) {
      json.nothing();
    } else {
      json.number(capacity);
    }
  }

  static void writeHost(JsonBytes json, Host host, Sighting seen) {
    json.open().name(HOST).string(host.name()).name(LAST_SEEN).time(seen.lastSeen());
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
    if (source instanceof Found.Endpoint(Place from)
        && destination instanceof Found.Endpoint(Place to)) {
      checks.check(call.view(), from, to).writeMembers(json);
      writeCapacity(json, to);
    } else {
      String missing = missing("source", source) + missing("destination", destination);
      PairVerdicts.notIndexed(missing.strip()).writeMembers(json, Map.of());
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
