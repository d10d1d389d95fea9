package io.fleetcompat.query.http;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Destinations;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.DestinationsQuestion;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code GET /v1/destinations}: where may this device go? */
final class DestinationRoutes {

  static final int DEFAULT_LIMIT = 100;

  /** What is usual, in bytes: of one destination, and of the rest of the answer. */
  private static final int ROOM_EACH = 512;

  private static final int ROOM_AROUND = 1024;

  private static final JsonName HOST = JsonName.of("host");
  private static final JsonName ENDPOINT = JsonName.of("endpoint");
  private static final JsonName DESTINATION = JsonName.of("destination");
  private static final JsonName VERDICT = JsonName.of("verdict");
  private static final JsonName LAST_SEEN = JsonName.of("lastSeen");
  private static final JsonName LIVENESS = JsonName.of("liveness");

  private final Destinations<WrittenVerdict> destinations;
  private final Sightings sightings;

  DestinationRoutes(Destinations<WrittenVerdict> destinations, Sightings sightings) {
    this.destinations = destinations;
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(
        Route.index(
            Method.GET,
            "/v1/destinations",
            Set.of("source", "pool", "limit", "cursor", "capacity", "unknown", "stale", "own-host"),
            this::find));
  }

  private Answer find(Call call) {
    Parameters parameters = call.parameters();
    IndexedEndpoint source =
        References.endpoint(call.view(), "source", parameters.require("source"));
    DestinationsQuestion question =
        new DestinationsQuestion(
            source,
            References.scope(call.view(), parameters.find("pool")),
            (int) parameters.number("limit", 1, Destinations.MAX_LIMIT, DEFAULT_LIMIT),
            parameters.find("cursor"),
            parameters.flag("capacity"),
            parameters.flag("unknown"),
            parameters.flag("stale"),
            parameters.flag("own-host"));
    Page<WrittenVerdict> page = page(call, question);
    long now = sightings.now();
    Sighting from = sightings.of(source, now);
    int room = ROOM_AROUND + ROOM_EACH * page.destinations().size();
    JsonBytes json = new JsonBytes(room).open().name("source").string(source.reference());
    CheckRoutes.writeHost(json.name("sourceHost"), source.hostName(), from);
    json.name("destinations").openArray();
    Map<WrittenVerdict, Fragments> common = new HashMap<>();
    for (Destination<WrittenVerdict> destination : page.destinations()) {
      Fragments fragments =
          common.computeIfAbsent(
              destination.pair().form(), form -> Fragments.of(call, destination, source));
      write(json, destination, fragments, from.isFresh(), now);
    }
    json.closeArray().name("total").number(page.total()).name("excluded").open();
    page.excluded().forEach((rule, count) -> json.name(rule).number(count));
    json.close().name("next");
    page.next().ifPresentOrElse(json::string, json::nothing);
    return call.answer(json);
  }

  private Page<WrittenVerdict> page(Call call, DestinationsQuestion question) {
    try {
      return destinations.find(call.view(), question, call::checkDeadline);
    } catch (IllegalArgumentException e) {
      throw HostCursor.bad(question.after().orElse(""));
    }
  }

  private void write(
      JsonBytes json,
      Destination<WrittenVerdict> destination,
      Fragments fragments,
      boolean heard,
      long now) {
    IndexedEndpoint endpoint = destination.endpoint();
    Sighting seen = sightings.of(endpoint, now);
    String host = endpoint.hostName();
    json.open().name(HOST).string(host);
    json.name(ENDPOINT).string(endpoint.name());
    json.name(DESTINATION).string(EndpointName.encode(host), endpoint.name());
    json.name(VERDICT).string(destination.pair().outcome(heard && seen.isFresh()).name());
    json.written(fragments.head);
    CheckRoutes.writeCapacity(json, destination.capacity());
    json.written(fragments.tail);
    json.name(LAST_SEEN).time(seen.lastSeen());
    json.name(LIVENESS).string(seen.liveness().name()).close();
  }

  /** What all destinations with one profile have in common, in two pieces. */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
  private record Fragments(byte[] head, byte[] tail) {
    static Fragments of(
        Call call, Destination<WrittenVerdict> destination, IndexedEndpoint source) {
      JsonBytes head = new JsonBytes();
      head.name("profile").string(destination.endpoint().profile(call.view()).toString());
      JsonBytes tail = new JsonBytes();
      destination.pair().form().writeRank(tail);
      destination.pair().form().writeBurdens(tail, source.dynamic());
      return new Fragments(head.toBytes(), tail.toBytes());
    }
  }
}
