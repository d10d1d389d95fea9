package io.fleetcompat.cli.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Secrets;
import io.fleetcompat.settings.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * A command that asks Kafka one thing. Its file may be that of a process, whose other settings are
 * passed over.
 */
abstract class KafkaCommand extends SettingsCommand {

  /** The time that an administrative request may take where nothing else is configured. */
  private static final String ADMIN_TIMEOUT_MILLIS = "30000";

  /** Asks; gives the exit status. */
  abstract int ask(Values values);

  @Override
  public final Integer call() {
    return ask(read(settings(System.getenv())));
  }

  /** Says on standard error that Kafka is waited for, where that takes long. */
  final WaitNotice waiting(Values values) {
    return WaitNotice.after(
        WaitNotice.AFTER,
        "fleetcompat: waiting for an answer of Kafka at "
            + Printable.line(values.get(ProcessKeys.BOOTSTRAP_SERVERS)),
        spec().commandLine().getErr());
  }

  @Override
  final RawSettings meant(RawSettings file) {
    return ProcessFiles.meantFor(catalogue(), file);
  }

  /**
   * The properties of an administrator, once somebody listens where Kafka should be. A question
   * that ends says itself what went wrong: Kafka's own warnings are not shown.
   *
   * @throws CommandFailure where nobody listens
   */
  static Map<String, Object> adminProperties(Values values) {
    new KafkaPorts(values.get(ProcessKeys.BOOTSTRAP_SERVERS))
        .requireAnswer(values.group(ProcessKeys.KAFKA));
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
    Map<String, Object> all = new HashMap<>();
    all.put("default.api.timeout.ms", ADMIN_TIMEOUT_MILLIS);
    all.putAll(values.group(ProcessKeys.KAFKA));
    all.put("bootstrap.servers", values.get(ProcessKeys.BOOTSTRAP_SERVERS));
    return all;
  }

  /** The properties of a consumer that reads what is committed and is no member of a group. */
  static Map<String, Object> consumerProperties(Values values) {
    Map<String, Object> all = adminProperties(values);
    all.put("isolation.level", "read_committed");
    all.put("enable.auto.commit", "false");
    all.put("allow.auto.create.topics", "false");
    return all;
  }

  /** The failure that Kafka did not do what was asked of it. */
  static CommandFailure failure(String what, RuntimeException e, Values values) {
    boolean silent =
        Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
            .limit(CommandFailure.MAX_CAUSES)
            .anyMatch(TimeoutException.class::isInstance);
    String why =
        silent
            ? "expected an answer in time, found none: is Kafka there, and does --kafka say how it"
                + " is spoken to (security.protocol and the like)?"
            : Secrets.removedFrom(CommandFailure.why(e), values.group(ProcessKeys.KAFKA));
    return CommandFailure.failed(
        "%s (Kafka at %s): %s".formatted(what, values.get(ProcessKeys.BOOTSTRAP_SERVERS), why));
  }
}
