package io.fleetcompat.cli.process;

import io.fleetcompat.cli.metrics.ProcessMetrics;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.signal.StopSignal;
import io.fleetcompat.indexer.TopicSetup;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Secrets;
import io.fleetcompat.settings.SteadyClock;
import io.fleetcompat.settings.Values;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command that runs one part of the system until a signal stops it; the exit status is then 0.
 */
abstract class ProcessCommand extends SettingsCommand {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /**
   * A part that runs.
   *
   * @param readiness whether it does its work by now
   * @param failed whether it will never again
   * @param part closed at the end
   */
  record Running(Supplier<Readiness> readiness, BooleanSupplier failed, AutoCloseable part) {}

  /**
   * Starts the part.
   *
   * @throws IllegalArgumentException where settings do not fit together
   */
  abstract Running start(Values values, MeterRegistry registry) throws IOException;

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
    Map<String, String> environment = System.getenv();
    RawSettings settings = settings(environment);
    Values values = logged(settings, environment);
    new KafkaPorts(values.get(ProcessKeys.BOOTSTRAP_SERVERS))
        .refuseTls(values.group(ProcessKeys.KAFKA));
    Optional<Integer> port = values.find(ProcessKeys.METRICS_PORT);
    Optional<PrometheusMeterRegistry> prometheus = port.map(_ -> ProcessMetrics.registry());
    MeterRegistry registry = prometheus.isPresent() ? prometheus.get() : new SimpleMeterRegistry();
    DeadThreads dead = DeadThreads.watch();
    Running running = checkedStart(values, settings, registry);
    try (AutoCloseable _ = running.part();
        AutoCloseable _ = health(running, prometheus, values)) {
      ClockWatch clock = new ClockWatch(SteadyClock.start());
      while (!stop.await(LOOK_EVERY)) {
        clock.look();
        if (running.failed().getAsBoolean() || dead.any()) {
          throw CommandFailure.failed("it cannot go on; the log above says why");
        }
      }
    }
  }

  private Values logged(RawSettings settings, Map<String, String> environment) {
    Values values = read(settings);
    // No constant: `up` says where its log goes before the first logger is made, and loads this.
    Logger log = LoggerFactory.getLogger(ProcessCommand.class);
    log.info("settings of {}: {}", catalogue().process(), values.effective());
    catalogue().misspelt(environment).forEach(log::warn);
    return values;
  }

  /**
   * Starts, and keeps secrets out of the message of a failure: Kafka's clients may show one when
   * they refuse a bad setting.
   */
  private Running checkedStart(Values values, RawSettings settings, MeterRegistry registry) {
    try {
      return start(values, registry);
    } catch (TopicSetup.TopicException
        | TopicSetup.AdminException
        | KafkaException
        | IOException
        | UncheckedIOException e) {
      throw CommandFailure.failed(Secrets.removedFrom(CommandFailure.why(e), settings.texts()));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          Secrets.removedFrom(String.valueOf(e.getMessage()), settings.texts()));
    }
  }

  private static AutoCloseable health(
      Running running, Optional<PrometheusMeterRegistry> prometheus, Values values) {
    if (prometheus.isEmpty()) {
      return () -> {};
    }
    int port = values.find(ProcessKeys.METRICS_PORT).orElseThrow();
    String host = values.get(ProcessKeys.METRICS_HOST);
    try {
      return HealthServer.start(
          host, port, running.readiness(), running.failed(), () -> prometheus.get().scrape());
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected port %d on %s to be free for metrics (%s): choose another with --metrics-port"
              .formatted(port, host, e.getMessage()));
    }
  }
}
