package io.fleetcompat.query.http;

import io.fleetcompat.query.alert.AlertBoard;
import io.fleetcompat.query.alert.Alertmanagers;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.audit.FleetAudit;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.history.History;
import io.fleetcompat.query.lookup.BestEndpoint;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Destinations;
import io.fleetcompat.query.lookup.Evacuations;
import io.fleetcompat.query.lookup.HostFilter;
import io.fleetcompat.query.lookup.Hosts;
import io.fleetcompat.query.lookup.Machines;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.outcome.OutcomeBoard;
import io.fleetcompat.query.outcome.OutcomeSender;
import io.fleetcompat.query.outcome.Predictor;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.fleetcompat.query.watch.ChangeFeed;
import io.fleetcompat.query.whatif.Plans;
import io.fleetcompat.query.whatif.WhatIf;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The API over one replica, listening. Any thread. */
public final class HttpApi implements AutoCloseable {

  private final HttpServer server;
  private final Watchers watchers;
  private final Optional<Watched> watched;

  private HttpApi(HttpServer server, Watchers watchers, Optional<Watched> watched) {
    this.server = server;
    this.watchers = watchers;
    this.watched = watched;
  }

  /**
   * The parts that watchers are told from.
   *
   * @param indexEnd waited for before a watch begins
   */
  public record Watched(ChangeFeed feed, IndexEnd indexEnd) {}

  /**
   * The alerts of a process, and who is told of them.
   *
   * @param alertmanagers empty where nobody is
   */
  public record Alerting(AlertBoard board, Optional<Alertmanagers> alertmanagers) {}

  /**
   * The outcomes that a process knows, and how it writes them.
   *
   * @param sender empty where it takes none
   * @param ids makes ids of those that have none
   */
  public record Outcomes(
      OutcomeBoard board, Optional<OutcomeSender> sender, Supplier<String> ids) {}

  /** A wait for the index to hold all that Kafka has at the time of the call. */
  public interface IndexEnd {
    /** False where it was not in time. */
    boolean await(Duration atMost) throws InterruptedException;
  }

  /**
   * The parts of a process that the API answers from.
   *
   * @param rejected records that the replica could not use
   * @param history the changes of the index; empty where this process keeps none
   * @param past snapshots of the past; empty where this process keeps no history
   * @param watched the newest changes; empty where this process follows none
   * @param alerts empty where this process follows none
   * @param outcomes empty where this process follows none
   * @param wallAhead how far this machine's clock is ahead of the one that answers go by
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
      Optional<Watched> watched,
      Optional<Alerting> alerts,
      Optional<Outcomes> outcomes,
      Duration replicaStaleAfter,
      Clock clock,
      Supplier<Duration> wallAhead) {}

  public static HttpApi start(String address, int port, HttpBounds bounds, Parts parts) {
    PastApi past = past(parts);
    Watchers watchers = new Watchers(bounds.maxWatchers(), Watchers.LONGEST_WRITE, parts.metrics());
    List<Route> routes = routes(parts, past, watchers);
    Dispatcher dispatcher =
        new Dispatcher(
            routes,
            parts.replica(),
            past,
            new WithinApi(parts.sightings(), sightings -> questions(sightings, parts.verdicts())),
            bounds,
            parts.replicaStaleAfter(),
            parts.clock(),
            new RequestMetrics(parts.metrics(), questions(routes)));
    boolean listens = false;
    try {
      HttpServer server = HttpServer.start(address, port, bounds, dispatcher, parts.metrics());
      listens = true;
      return new HttpApi(server, watchers, parts.watched());
    } finally {
      if (!listens) {
        watchers.close();
      }
    }
  }

  /** The paths of those whose answers depend on hosts that are heard of now: lookups. */
  private static Set<String> questions(List<Route> routes) {
    return routes.stream()
        .filter(route -> route.parameters().contains(Route.MAX_BEHIND))
        .map(Route::path)
        .collect(Collectors.toSet());
  }

  private static PastApi past(Parts parts) {
    return new PastApi(parts.past(), HttpApi::questions, parts.clock());
  }

  static List<Route> routes(Parts parts, Watchers watchers) {
    return routes(parts, past(parts), watchers);
  }

  private static List<Route> routes(Parts parts, PastApi past, Watchers watchers) {
    List<Route> routes = questions(parts.sightings(), parts.verdicts());
    routes.addAll(
        new StatusRoutes(
                parts.metrics(),
                parts.health(),
                parts.rejected(),
                parts.history(),
                parts.clock(),
                parts.wallAhead())
            .routes());
    routes.addAll(
        new WhatIfRoutes(
                new WhatIf(() -> new PairVerdicts<>(WrittenVerdict.FORM)),
                new Plans(() -> new PairVerdicts<>(WrittenVerdict.FORM)),
                parts.sightings())
            .routes());
    routes.addAll(new ChangesRoute(parts.history(), parts.clock()).routes());
    routes.addAll(new AuditRoutes(audit(parts), past, parts.clock()).routes());
    routes.addAll(new AlertRoutes(parts.alerts()).routes());
    routes.addAll(outcomes(parts).routes());
    routes.addAll(watch(parts, watchers).routes());
    return routes;
  }

  private static OutcomeRoutes outcomes(Parts parts) {
    return new OutcomeRoutes(
        parts.outcomes(),
        new Predictor(
            parts.sightings(), parts.past(), () -> new PairVerdicts<>(WrittenVerdict.FORM)),
        parts.sightings(),
        parts.verdicts(),
        parts.clock());
  }

  private static WatchRoute watch(Parts parts, Watchers watchers) {
    return new WatchRoute(
        parts.watched(),
        parts.replica(),
        watchers,
        checks(parts.sightings(), parts.verdicts())::one,
        snapshot -> snapshot.isOlderThan(parts.replicaStaleAfter(), parts.clock().millis()));
  }

  private static CheckRoutes checks(Sightings sightings, PairVerdicts<WrittenVerdict> verdicts) {
    return new CheckRoutes(
        new Checks<>(verdicts, sightings), new BestEndpoint(verdicts, sightings));
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
    routes.addAll(checks(sightings, verdicts).routes());
    routes.addAll(new DestinationRoutes(destinations, sightings).routes());
    routes.addAll(new MachineRoutes(new Machines<>(verdicts, sightings), sightings).routes());
    routes.addAll(new FilterRoute(new HostFilter(verdicts, sightings)).routes());
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
    watchers.close();
    watched.ifPresent(of -> of.feed().wake()); // they see that it is closed
    server.close();
  }
}
