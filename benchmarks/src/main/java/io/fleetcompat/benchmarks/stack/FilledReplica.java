package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.http.HttpApi;
import io.fleetcompat.query.http.HttpBounds;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.FreePorts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The query API over a view that was filled in its own process, with the constant beside it: what
 * {@link ServedReplica} is, without Kafka.
 */
public final class FilledReplica {

  private static final Duration NEVER = Duration.ofDays(10);

  private FilledReplica() {}

  /** Starts one in a child process; its log and whatever else goes into the directory. */
  public static Replica start(Path directory, List<String> prefix, SyntheticFleet fleet)
      throws IOException {
    int port = FreePorts.find(1).getFirst();
    int constant = FreePorts.find(1).getFirst();
    long begin = System.nanoTime();
    MeasuredProcess child =
        MeasuredProcess.start(
            directory.resolve("replica.log"),
            prefix,
            Stack.replicaOptions(),
            FilledReplica.class,
            Stream.of(fleet.hosts(), fleet.hostsPerPool(), port, constant)
                .map(String::valueOf)
                .toList());
    return new Replica(child, begin, new LoopbackClient(port), new LoopbackClient(constant));
  }

  /** Arguments: number of hosts, and of those of a pool, port of the API, port of the constant. */
  public static void main(String[] arguments) throws BadRecordException, InterruptedException {
    SyntheticFleet fleet =
        new SyntheticFleet(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    var replica = new io.fleetcompat.query.replica.Replica(IndexView.empty());
    IndexView view = FilledView.of(replica.snapshot().view(), fleet);
    replica.publish(new Snapshot(view, 1, System.currentTimeMillis(), 0, true));
    Clock clock = Clock.systemUTC();
    for (int host = 0; host < fleet.hosts(); host++) {
      String name = SyntheticFleet.host(host);
      Host placed = Objects.requireNonNull(view.fleet().find(name));
      replica.seen(name, clock.millis(), placed.placed().document());
    }
    HttpApi.Parts source =
        new HttpApi.Parts(
            replica,
            new HeardSightings(replica.lastSeen(), NEVER, NEVER, clock),
            new PairVerdicts<>(WrittenVerdict.FORM),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            ReplicaHealth.ofFilled(replica, () -> true),
            new RejectedRecords(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NEVER,
            clock,
            () -> Duration.ZERO);
    HttpApi.start("127.0.0.1", Integer.parseInt(arguments[2]), HttpBounds.DEFAULTS, source);
    ServedReplica.startConstant(Integer.parseInt(arguments[3]));
    Thread.currentThread().join();
  }
}
