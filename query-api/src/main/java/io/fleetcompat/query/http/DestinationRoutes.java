package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.DestinationsAnswer;
import io.fleetcompat.query.answer.Field;
import io.fleetcompat.query.answer.Fields;
import io.fleetcompat.query.answer.NamesAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Destinations;
import io.fleetcompat.query.lookup.Destinations.NamedPage;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.DestinationsQuestion;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.Sightings;
import java.util.List;
import java.util.Set;

/** {@code GET /v1/destinations}: where may this device go? */
final class DestinationRoutes {

  static final int DEFAULT_LIMIT = 100;

  /** Most names on a page that has nothing else. */
  static final int MAX_NAMES = 10_000;

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
                Set.of(
                    "source",
                    "pool",
                    "limit",
                    "cursor",
                    CheckRoutes.FIELDS,
                    "capacity",
                    "unknown",
                    "stale",
                    "own-host"),
                this::find)
            .orPast()
            .orWithin());
  }

  private Response find(Call call) {
    Parameters parameters = call.parameters();
    Fields fields = CheckRoutes.fields(call, Field.OF_DESTINATIONS);
    int mostOnPage = fields.namesOnly() ? MAX_NAMES : Destinations.MAX_LIMIT;
    IndexedEndpoint source =
        References.endpoint(call.view(), "source", parameters.require("source"));
    DestinationsQuestion question =
        new DestinationsQuestion(
            source,
            References.scope(call.view(), parameters.find("pool")),
            (int) parameters.number("limit", 1, mostOnPage, DEFAULT_LIMIT),
            parameters.find("cursor").map(Cursors::destination),
            parameters.flag("capacity"),
            parameters.flag("unknown"),
            parameters.flag("stale"),
            parameters.flag("own-host"));
    if (fields.namesOnly()) {
      return names(call, question);
    }
    Page<WrittenVerdict> page = destinations.find(call.view(), question, call::checkDeadline);
    return Response.json(
        DestinationsAnswer.of(call.view(), source, page, sightings, fields, call.basis()));
  }

  private Response names(Call call, DestinationsQuestion question) {
    NamesAnswer answer = new NamesAnswer();
    NamedPage page =
        destinations.names(call.view(), question, answer::endpoint, call::checkDeadline);
    return Response.names(answer.end(), call.basis(), page.total(), true, page.next());
  }
}
