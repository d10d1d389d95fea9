package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Destinations;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.Destinations.Question;
import io.fleetcompat.query.lookup.Place;
import io.fleetcompat.query.lookup.Sightings;
import java.util.List;
import java.util.Set;

/** {@code GET /v1/destinations}: where may this device go? */
final class DestinationRoutes {

  static final int DEFAULT_LIMIT = 100;

  private final Destinations destinations;
  private final Sightings sightings;

  DestinationRoutes(Destinations destinations, Sightings sightings) {
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
    Place source = References.place(call.view(), "source", parameters.require("source"));
    Question question =
        new Question(
            source,
            References.scope(call.view(), parameters.find("pool")),
            (int) parameters.number("limit", 1, Destinations.MAX_LIMIT, DEFAULT_LIMIT),
            parameters.find("cursor"),
            parameters.flag("capacity"),
            parameters.flag("unknown"),
            parameters.flag("stale"),
            parameters.flag("own-host"));
    Page page = page(call, question);
    JsonBytes json = new JsonBytes().open().name("source").string(source.reference());
    json.name("destinations").openArray();
    page.destinations().forEach(destination -> write(json, call, destination, source));
    json.closeArray().name("total").number(page.total()).name("excluded").open();
    page.excluded().forEach((rule, count) -> json.name(rule).number(count));
    json.close().name("next");
    page.next().ifPresentOrElse(json::string, json::nothing);
    return call.answer(json);
  }

  private Page page(Call call, Question question) {
    try {
      return destinations.find(call.view(), question);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Code.BAD_REQUEST, "cursor: expected what 'next' of an answer said, found something else");
    }
  }

  private void write(JsonBytes json, Call call, Destination destination, Place source) {
    Place place = destination.place();
    json.open().name("host").string(place.host().name());
    json.name("endpoint").string(place.endpoint());
    json.name("destination").string(place.reference());
    json.name("verdict").string(destination.pair().outcome().name());
    json.name("profile").string(call.view().fingerprint(place.slot()).toString());
    CheckRoutes.writeCapacity(json, place);
    destination.pair().writeRank(json);
    destination.pair().writeBurdens(json, source.dynamic());
    json.name("lastSeen").time(sightings.of(place.host()).lastSeen()).close();
  }
}
