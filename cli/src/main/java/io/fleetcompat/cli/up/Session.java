package io.fleetcompat.cli.up;

import io.fleetcompat.broker.BrokerException;
import io.fleetcompat.broker.BrokerProcess;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.process.ClockWatch;
import io.fleetcompat.cli.process.DeadThreads;
import io.fleetcompat.cli.signal.StopSignal;
import io.fleetcompat.indexer.TopicSetup;
import io.fleetcompat.settings.SteadyClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** One run of {@code up}: starts the parts in order, waits until they answer, stops them. */
final class Session {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SAY_EVERY = Duration.ofSeconds(2);

  /** The time after which {@code up} goes on, and says so, though not everything is indexed. */
  private static final Duration INDEX_DEADLINE = Duration.ofMinutes(10);

  private final UpOptions options;
  private final DataDirectory data;
  private final Parts parts;
  private final Progress progress;
  private final StopSignal stop;
  private final FleetSource fleet;
  private final Supervision supervision;
  private final Started started = new Started();
  private final Api api;

  /** True once the index holds what the fleet was when this session began. */
  private volatile boolean filled;

  Session(
      UpOptions options, DataDirectory data, Progress progress, StopSignal stop, DeadThreads dead) {
    this.options = options;
    this.data = data;
    this.parts = new Parts(options, data);
    this.progress = progress;
    this.stop = stop;
    this.supervision = new Supervision(progress, data);
    supervision.of("thread of a part", dead::any);
    this.fleet = new FleetSource(options, data, parts);
    this.api = Api.at(options.apiAddress(), Duration.ofSeconds(30));
  }

  /** Starts everything; says whether it got so far before somebody wanted it to stop. */
  boolean start() throws IOException, InterruptedException {
    stop.starting();
    try {
      parts.requirePorts();
      awaitRoom();
      data.announce(options.apiAddress());
      startParts();
      return true;
    } catch (InterruptedException e) {
      if (stop.isWanted()) {
        return false;
      }
      throw e;
    } catch (BrokerException | TopicSetup.TopicException | KafkaException e) {
      if (stop.isWanted()) {
        return false;
      }
      throw CommandFailure.failed(String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      if (stop.isWanted()) {
        return false;
      }
      throw e;
    } finally {
      stop.started();
    }
  }

  private void startParts() throws IOException, InterruptedException {
    if (options.bootstrapServers.isEmpty()) {
      progress.say("starting a Kafka broker at " + parts.bootstrapServers());
      started.add("Kafka broker", supervision.of(broker()));
    } else {
      progress.say("using the Kafka cluster at " + parts.bootstrapServers());
    }
    progress.say("starting the indexer");
    RestartedIndexer indexer =
        started.add("indexer", supervision.of(RestartedIndexer.start(parts::indexer)));
    progress.say("starting the API at " + options.apiAddress());
    supervision.of("API", started.add("API", parts.api(() -> filled))::hasFailed);
    await("the indexer has its partitions", indexer::isReady);
    if (options.local) {
      progress.say("collecting from this machine's /sys");
      supervision.of("collector", started.add("collector", parts.local())::hasFailed);
    }
    fleet.start(progress, started, supervision);
    await("Kafka has a document of every host", fleet::isPublished);
    fleet.sayFailures(progress);
    awaitIndexed();
    filled = true;
    fleet.churn(started, supervision);
  }

  /** A broker that ends while it starts may have filled the disk: then there is another try. */
  private BrokerProcess broker() throws IOException, InterruptedException {
    while (true) {
      try {
        return parts.broker();
      } catch (BrokerException e) {
        if (supervision.room().lack().isEmpty()) {
          throw e;
        }
        awaitRoom();
      }
    }
  }

  private void awaitRoom() throws InterruptedException {
    long sayAt = System.nanoTime();
    Optional<String> lack = supervision.room().lack();
    while (lack.isPresent()) {
      if (System.nanoTime() - sayAt >= 0) {
        progress.say("waiting for room on the disk: " + lack.get());
        sayAt = System.nanoTime() + RestartedPart.SAY_EVERY.toNanos();
      }
      if (stop.await(POLL)) {
        throw new InterruptedException("asked to stop");
      }
      lack = supervision.room().lack();
    }
  }

  /**
   * Waits until all is placed; all that is placed is judged and seen when the API is younger than
   * that.
   */
  private void awaitIndexed() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + INDEX_DEADLINE.toNanos();
    long sayAt = System.nanoTime() + SAY_EVERY.toNanos();
    ApiStatus status = ApiStatus.ask(api);
    try (Admin admin = parts.admin()) {
      CaughtUp placed = parts.caughtUp(admin);
      Instant since = Instant.MAX;
      while (!status.isSettledAfter(since)) {
        if (System.nanoTime() > deadline) {
          progress.say("still behind: " + status + "; going on meanwhile");
          return;
        }
        if (System.nanoTime() > sayAt) {
          progress.say("indexing: " + status + fleet.expected());
          sayAt = System.nanoTime() + SAY_EVERY.toNanos();
        }
        pause();
        status = ApiStatus.ask(api);
        if (since.equals(Instant.MAX) && placed.isReached()) {
          since = Instant.now();
        }
      }
    }
    progress.say("indexed: " + status);
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    long sayAt = System.nanoTime() + SAY_EVERY.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > sayAt) {
        progress.say("waiting until " + what);
        sayAt = System.nanoTime() + SAY_EVERY.toNanos();
      }
      pause();
    }
  }

  private void pause() throws InterruptedException {
    if (stop.await(POLL)) {
      throw new InterruptedException("asked to stop");
    }
    supervision.look();
  }

  /** Runs until somebody wants it to stop, or a part is beyond help. */
  void run() throws InterruptedException {
    ClockWatch clock = new ClockWatch(SteadyClock.start());
    while (!stop.await(Supervision.EVERY)) {
      clock.look();
      supervision.look();
    }
  }

  /** The addresses, and what can be asked, with the answers of this very fleet. */
  void show() {
    new Greeting(options, parts.bootstrapServers(), api).print(progress);
  }

  void stop() {
    started.stop(progress);
    progress.say("stopped; the same command continues");
  }
}
