package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.audit.FleetAudit;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.history.History;
import io.fleetcompat.query.lookup.BestEndpoint;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Destinations;
import io.fleetcompat.query.lookup.Evacuations;
import io.fleetcompat.query.lookup.Hosts;
import io.fleetcompat.query.lookup.Machines;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API over one replica, listening. Any thread. */
public final class HttpApi implements AutoCloseable {

  private final HttpServer server;

  private HttpApi(HttpServer server) {
    this.server = server;
  }

  /**
   * The parts of a process that the API answers from.
   *
   * @param rejected records that the replica could not use
   * @param history the changes of the index; empty where this process keeps none
   * @param past snapshots of the past; empty where this process keeps no history
   * @param replicaStaleAfter an answer based on an older index says so
   */
  public record Parts(
      Replica replica,
      Sightings sightings,
      PairVerdicts<WrittenVerdict> verdicts,
      PrometheusMeterRegistry metrics,
      ReplicaHealth health,
      RejectedRecords rejected,
      Optional<History> history,
      Optional<PastSnapshots> past,
      Duration replicaStaleAfter,
      Clock clock) {}

  public static HttpApi start(String address, int port, HttpBounds bounds, Parts parts) {
    PastApi past = past(parts);
    Dispatcher dispatcher =
        new Dispatcher(
            routes(parts, past),
            parts.replica(),
            past,
            bounds,
            parts.replicaStaleAfter(),
            parts.clock(),
            new RequestMetrics(parts.metrics()));
    return new HttpApi(HttpServer.start(address, port, bounds, dispatcher));
  }

  private static PastApi past(Parts parts) {
    return new PastApi(parts.past(), HttpApi::questions, parts.clock());
  }

  static List<Route> routes(Parts parts) {
    return routes(parts, past(parts));
  }

  private static List<Route> routes(Parts parts, PastApi past) {
    List<Route> routes = questions(parts.sightings(), parts.verdicts());
    routes.addAll(
        new StatusRoutes(
                parts.metrics(), parts.health(), parts.rejected(), parts.history(), parts.clock())
            .routes());
    routes.addAll(new ChangesRoute(parts.history(), parts.clock()).routes());
    routes.addAll(new AuditRoutes(audit(parts), past, parts.clock()).routes());
    return routes;
  }

  private static Optional<FleetAudit> audit(Parts parts) {
    return parts
        .history()
        .flatMap(
            history ->
                parts
                    .past()
                    .map(
                        past ->
                            new FleetAudit(
                                history::page,
                                history,
                                past,
                                new PairVerdicts<>(WrittenVerdict.FORM))));
  }

  /** The routes of questions to the index, by a clock and a cache of verdicts. */
  private static List<Route> questions(Sightings sightings, PairVerdicts<WrittenVerdict> verdicts) {
    Checks<WrittenVerdict> checks = new Checks<>(verdicts, sightings);
    Destinations<WrittenVerdict> destinations = new Destinations<>(verdicts, sightings);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new CheckRoutes(checks, new BestEndpoint(verdicts)).routes());
    routes.addAll(new DestinationRoutes(destinations, sightings).routes());
    routes.addAll(new MachineRoutes(new Machines<>(verdicts, sightings), sightings).routes());
    routes.addAll(
        new EvacuationRoutes(new Evacuations<>(verdicts, destinations, sightings)).routes());
    routes.addAll(new ExplainRoute(checks).routes());
    routes.addAll(new ProfileRoutes(verdicts, sightings).routes());
    routes.addAll(new OverrideRoutes(verdicts, sightings).routes());
    routes.addAll(new PoolRoutes(verdicts, sightings).routes());
    routes.addAll(new HostRoutes(new Hosts(sightings)).routes());
    return routes;
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
