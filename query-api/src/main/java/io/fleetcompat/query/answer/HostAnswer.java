package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.claim.ClaimCheck;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Claims.CheckedClaim;
import io.fleetcompat.query.lookup.Hosts.KnownEndpoint;
import io.fleetcompat.query.lookup.Hosts.KnownHost;
import io.fleetcompat.query.lookup.Hosts.WholeHost;
import io.fleetcompat.query.replica.PlacedHost.HostProblem;
import java.util.List;
import java.util.Optional;

/** The answers of {@code /v1/hosts}. */
public final class HostAnswer {

  private HostAnswer() {}

  /**
   * A page of hosts.
   *
   * @param total of all pages
   * @param next the cursor of the next page
   */
  public static JsonBytes of(
      List<KnownHost> hosts, long total, Optional<String> next, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("hosts").openArray();
    for (KnownHost host : hosts) {
      json.open();
      writeHead(json, host);
      json.name("endpoints").number(host.endpoints()).close();
    }
    json.closeArray().name("total").number(total).name("next").stringOrNull(next);
    return basis.end(json);
  }

  /** One host, with its endpoints. */
  public static JsonBytes of(WholeHost host, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    writeHead(json, host.host());
    json.name("endpoints").openArray();
    host.endpoints().forEach(endpoint -> write(json, endpoint));
    json.closeArray().name("functions").openArray();
    host.functions().forEach(json::string);
    json.closeArray().name("problems").openArray();
    for (HostProblem problem : host.problems()) {
      json.open().name("path").string(problem.path()).name("code").string(problem.code());
      json.name("detail").string(problem.detail()).close();
    }
    json.closeArray();
    writeClaims(json, host.claims());
    writeExtent(json, host.host().extent());
    return basis.end(json);
  }

  /** Left out where nothing is declared. */
  private static void writeClaims(JsonBytes json, List<CheckedClaim> claims) {
    if (claims.isEmpty()) {
      return;
    }
    json.name("declared").openArray();
    for (CheckedClaim claim : claims) {
      ClaimCheck check = claim.check();
      json.open().name("endpoint").string(claim.endpoint());
      json.name("declared").string(check.declared().toString());
      json.name("observed").string(check.observed().shown().toString());
      json.name("finding").string(check.finding().toString());
      json.name("detail").string(check.observed().detail()).close();
    }
    json.closeArray();
  }

  /** The types that there may be beside all that, and those remembered, where there are any. */
  private static void writeExtent(JsonBytes json, Extent extent) {
    if (!extent.incomplete().isEmpty()) {
      json.name("incomplete").open();
      extent.incomplete().forEach((parent, why) -> json.name(parent).string(why));
      json.close();
    }
    if (!extent.supportedSince().isEmpty()) {
      json.name("supportedSince").open();
      extent
          .supportedSince()
          .forEach((function, since) -> json.name(function).time(since.toEpochMilli()));
      json.close();
    }
  }

  private static void writeHead(JsonBytes json, KnownHost host) {
    json.name("host").string(host.name()).name("labels").open();
    host.labels().forEach((name, value) -> json.name(name).string(value));
    json.close().name("kernel").stringOrNull(host.kernel());
    json.name("liveness").string(host.seen().liveness().name());
    SharedFields.writeLastSeen(json, host.seen());
    SharedFields.writeBehind(json, host.seen());
    if (!host.findings().isEmpty()) {
      json.name("findings").openArray();
      host.findings().forEach(json::string);
      json.closeArray();
    }
    if (!host.problems().isEmpty()) {
      json.name("problemCounts").open();
      host.problems().forEach((kind, count) -> json.name(kind.toString()).number(count));
      json.close();
    }
    json.name("epoch").number(host.document().epoch());
    json.name("sequence").number(host.document().sequence());
    json.name("observedAt").time(host.observedAt());
    if (host.extent().refused() > 0) {
      json.name("refused").number(host.extent().refused());
    }
    if (host.former().isPresent()) {
      json.name("formerHost").string(host.former().get().name());
      json.name("renamedAt").time(host.former().get().renamedAt().toEpochMilli());
    }
    if (!host.renamedTo().isEmpty()) {
      json.name("renamedTo").openArray();
      host.renamedTo().forEach(json::string);
      json.closeArray();
    }
  }

  private static void write(JsonBytes json, KnownEndpoint endpoint) {
    json.open().name("endpoint").string(endpoint.name());
    json.name("kind").string(endpoint.kind().name());
    json.name("profile").string(endpoint.profile().toString());
    SharedFields.writeRoom(json, endpoint.capacity(), endpoint.use());
    json.name("obligations").open();
    endpoint.obligations().forEach((name, value) -> json.name(name).string(value));
    json.close().close();
  }
}
