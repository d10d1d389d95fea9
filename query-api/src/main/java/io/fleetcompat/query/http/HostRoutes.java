package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Place;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.OrderedKeys;
import io.fleetcompat.query.replica.PlacedHost;
import io.fleetcompat.schemas.avro.Liveness;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/hosts}: inventory, endpoints, profiles, freshness. */
final class HostRoutes {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  /** Most hosts looked at for one page; where more would be, the page ends early. */
  static final int MAX_EXAMINED = 50_000;

  private final Sightings sightings;

  HostRoutes(Sightings sightings) {
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(
        Route.index(
            Method.GET, "/v1/hosts", Set.of("pool", "limit", "cursor", "liveness"), this::list),
        Route.index(Method.GET, "/v1/hosts/{host}", Set.of(), this::one));
  }

  private Answer list(Call call) {
    Parameters parameters = call.parameters();
    IndexView view = call.view();
    OrderedKeys hosts = References.scope(view, parameters.find("pool")).byName();
    int limit = (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    String after = parameters.find("cursor").map(HostCursor::parse).orElse("");
    Optional<Liveness> wanted = parameters.find("liveness").map(HostRoutes::liveness);
    int begin = hosts.first(key -> view.fleet().hostOf(key).name().compareTo(after) > 0);
    JsonBytes json = new JsonBytes().open().name("hosts").openArray();
    OrderedKeys.Walk walk = hosts.from(begin);
    int written = 0;
    String last = "";
    for (int examined = 0;
        walk.hasNext() && written < limit && examined < MAX_EXAMINED;
        examined++) {
      Host host = view.fleet().hostOf(walk.next());
      Sighting seen = sightings.of(host);
      last = host.name();
      if (wanted.isEmpty() || wanted.get() == seen.liveness()) {
        writeSummary(json, host, seen);
        written++;
      }
    }
    json.closeArray().name("total").number(hosts.size()).name("next");
    if (walk.hasNext()) {
      json.string(HostCursor.encode(last));
    } else {
      json.nothing();
    }
    return call.answer(json);
  }

  private static Liveness liveness(String text) {
    for (Liveness liveness : Liveness.values()) {
      if (liveness.name().equals(text)) {
        return liveness;
      }
    }
    throw new Problem(
        Code.BAD_REQUEST, "expected liveness FRESH, STALE or LOST, found " + Problem.quote(text));
  }

  private static void writeSummary(JsonBytes json, Host host, Sighting seen) {
    json.open();
    writeHead(json, host, seen);
    json.name("endpoints").number(host.placed().endpoints().size()).close();
  }

  private static void writeHead(JsonBytes json, Host host, Sighting seen) {
    PlacedHost placed = host.placed();
    json.name("host").string(host.name()).name("labels").open();
    placed.labels().forEach((name, value) -> json.name(name).string(value));
    json.close().name("kernel");
    if (placed.kernel().isEmpty()) {
      json.nothing();
    } else {
      json.string(placed.kernel());
    }
    json.name("liveness").string(seen.liveness().name());
    json.name("lastSeen").time(seen.lastSeen());
    json.name("epoch").number(placed.epoch()).name("sequence").number(placed.sequence());
    json.name("observedAt").time(placed.observedAt());
  }

  private Answer one(Call call) {
    Host host = References.host(call.view(), call.variable());
    JsonBytes json = new JsonBytes().open();
    writeHead(json, host, sightings.of(host));
    json.name("endpoints").openArray();
    for (int i = 0; i < host.placed().endpoints().size(); i++) {
      write(json, call.view(), host, i);
    }
    json.closeArray().name("functions").openArray();
    host.placed().functions().forEach(json::string);
    json.closeArray().name("problems").openArray();
    for (PlacedHost.HostProblem problem : host.placed().problems()) {
      json.open().name("path").string(problem.path()).name("code").string(problem.code());
      json.name("detail").string(problem.detail()).close();
    }
    return call.answer(json.closeArray());
  }

  private static void write(JsonBytes json, IndexView view, Host host, int index) {
    int slot = host.placed().endpoints().slot(index);
    Place place = new Place(host, host.placed().endpoints().name(index), index, slot);
    json.open().name("endpoint").string(place.endpoint());
    json.name("kind").string(host.placed().endpoints().kind(index).name());
    json.name("profile").string(view.matrix().fingerprint(slot).toString());
    CheckRoutes.writeCapacity(json, place);
    json.name("obligations").open();
    place.dynamic().forEach((name, value) -> json.name(name).string(value));
    json.close().close();
  }
}
