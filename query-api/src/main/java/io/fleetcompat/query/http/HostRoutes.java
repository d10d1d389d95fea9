package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Hosts;
import io.fleetcompat.query.lookup.Hosts.KnownEndpoint;
import io.fleetcompat.query.lookup.Hosts.KnownHost;
import io.fleetcompat.query.lookup.Hosts.WholeHost;
import io.fleetcompat.query.lookup.Scope;
import io.fleetcompat.query.replica.PlacedHost;
import io.fleetcompat.schemas.avro.Liveness;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/hosts}: inventory, endpoints, profiles, freshness. */
final class HostRoutes {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  private final Hosts hosts;

  HostRoutes(Hosts hosts) {
    this.hosts = hosts;
  }

  List<Route> routes() {
    return List.of(
        Route.index(
            Method.GET, "/v1/hosts", Set.of("pool", "limit", "cursor", "liveness"), this::list),
        Route.index(Method.GET, "/v1/hosts/{host}", Set.of(), this::one));
  }

  private Answer list(Call call) {
    Parameters parameters = call.parameters();
    Scope scope = References.scope(call.view(), parameters.find("pool"));
    int limit = (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    String after = parameters.find("cursor").map(HostCursor::parse).orElse("");
    Optional<Liveness> wanted = parameters.find("liveness").map(HostRoutes::liveness);
    Hosts.Page page = hosts.list(call.view(), scope, after, limit, wanted);
    JsonBytes json = new JsonBytes().open().name("hosts").openArray();
    for (KnownHost host : page.hosts()) {
      json.open();
      writeHead(json, host);
      json.name("endpoints").number(host.endpoints()).close();
    }
    json.closeArray().name("total").number(scope.size()).name("next");
    page.last().map(HostCursor::encode).ifPresentOrElse(json::string, json::nothing);
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

  private static void writeHead(JsonBytes json, KnownHost host) {
    json.name("host").string(host.name()).name("labels").open();
    host.labels().forEach((name, value) -> json.name(name).string(value));
    json.close().name("kernel");
    if (host.kernel().isEmpty()) {
      json.nothing();
    } else {
      json.string(host.kernel());
    }
    json.name("liveness").string(host.seen().liveness().name());
    json.name("lastSeen").time(host.seen().lastSeen());
    json.name("epoch").number(host.document().epoch());
    json.name("sequence").number(host.document().sequence());
    json.name("observedAt").time(host.observedAt());
  }

  private Answer one(Call call) {
    WholeHost host =
        hosts
            .find(call.view(), call.variable())
            .orElseThrow(() -> References.noHost("", call.variable()));
    JsonBytes json = new JsonBytes().open();
    writeHead(json, host.host());
    json.name("endpoints").openArray();
    host.endpoints().forEach(endpoint -> write(json, endpoint));
    json.closeArray().name("functions").openArray();
    host.functions().forEach(json::string);
    json.closeArray().name("problems").openArray();
    for (PlacedHost.HostProblem problem : host.problems()) {
      json.open().name("path").string(problem.path()).name("code").string(problem.code());
      json.name("detail").string(problem.detail()).close();
    }
    return call.answer(json.closeArray());
  }

  private static void write(JsonBytes json, KnownEndpoint endpoint) {
    json.open().name("endpoint").string(endpoint.name());
    json.name("kind").string(endpoint.kind().name());
    json.name("profile").string(endpoint.profile().toString());
    CheckRoutes.writeCapacity(json, endpoint.capacity());
    json.name("obligations").open();
    endpoint.obligations().forEach((name, value) -> json.name(name).string(value));
    json.close().close();
  }
}
