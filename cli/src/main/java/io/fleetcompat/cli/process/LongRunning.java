package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.indexer.TopicSetup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;

/**
 * A command that runs one part of the system until a signal stops it; the exit status is then 0.
 */
abstract class LongRunning implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Mixin SettingsOptions options;

  /**
   * A part that runs.
   *
   * @param ready whether it does its work by now
   * @param failed whether it will never again
   * @param part closed at the end
   */
  record Running(BooleanSupplier ready, BooleanSupplier failed, AutoCloseable part) {

    /** A part that goes on whatever happens. */
    Running(BooleanSupplier ready, AutoCloseable part) {
      this(ready, () -> false, part);
    }
  }

  /**
   * Starts the part.
   *
   * @throws IllegalArgumentException where a setting is wrong
   */
  abstract Running start(SortedMap<String, String> settings, MeterRegistry registry)
      throws IOException;

  @Override
  public final Integer call() throws Exception {
    StopSignal stop = StopSignal.listen();
    int status = ExitStatus.FAILED;
    try {
      run(stop);
      status = ExitStatus.OK;
    } finally {
      stop.stopped(status);
    }
    return status;
  }

  private void run(StopSignal stop) throws Exception {
    Optional<PrometheusMeterRegistry> prometheus =
        options.metricsPort.map(_ -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    MeterRegistry registry = prometheus.isPresent() ? prometheus.get() : new SimpleMeterRegistry();
    DeadThreads dead = DeadThreads.watch();
    Running running = checkedStart(registry);
    try (AutoCloseable _ = running.part();
        AutoCloseable _ = health(running, prometheus)) {
      while (!stop.await(LOOK_EVERY)) {
        if (running.failed().getAsBoolean() || dead.any()) {
          throw CommandFailure.failed("it cannot go on; the log above says why");
        }
      }
    }
  }

  private Running checkedStart(MeterRegistry registry) {
    try {
      return start(options.all(), registry);
    } catch (TopicSetup.TopicException | KafkaException | IOException | UncheckedIOException e) {
      throw CommandFailure.failed(CommandFailure.why(e));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private AutoCloseable health(Running running, Optional<PrometheusMeterRegistry> prometheus) {
    if (prometheus.isEmpty()) {
      return () -> {};
    }
    int port = options.metricsPort.orElseThrow();
    try {
      return HealthServer.start(
          options.metricsHost,
          port,
          running.ready(),
          running.failed(),
          () -> prometheus.get().scrape());
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected port %d on %s to be free for metrics (%s): choose another with --metrics-port"
              .formatted(port, options.metricsHost, e.getMessage()));
    }
  }

  static void put(SortedMap<String, String> settings, String key, Optional<?> value) {
    value.ifPresent(given -> settings.put(key, given.toString()));
  }
}
