package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Values;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes which keys of hosts count: of all hosts that it names, or of none. */
abstract class KeysChange extends KafkaCommand {

  /** Longest reason, in characters. */
  private static final int MAX_REASON = 1024;

  @Parameters(arity = "0..*", paramLabel = "HOST", description = "The names of the hosts.")
  private List<String> hosts = List.of();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "For people who read 'keys list'.")
  private String reason;

  @Mixin private KeyTopicOptions options;

  /**
   * The generations that count from now on.
   *
   * @param before what counted until now; {@link Generations#NONE} where the host had no key
   * @throws CommandFailure if that cannot be
   */
  abstract Generations change(String host, Generations before);

  /** True where hosts that have a key are meant, and none is named. */
  boolean meansAll() {
    return false;
  }

  /** Looks whether the rest can be done; before anything is changed. */
  void prepare() {}

  /** Does the rest, once the change counts; gives what is said of it. */
  abstract String finish(String host, Generations after);

  @Override
  final Catalogue catalogue() {
    return KeyTopicOptions.CATALOGUE;
  }

  @Override
  final int ask(Values values) {
    requireText();
    KeyTopic topic = options.topic(values);
    try {
      SortedMap<String, Generations> after = changes(topic);
      prepare();
      // In this order: a collector may read its new key as soon as it is in its file.
      topic.write(after, Instant.now().truncatedTo(ChronoUnit.MILLIS), reason);
      after.forEach(
          (host, generations) ->
              spec().commandLine().getOut().println(Printable.line(finish(host, generations))));
    } catch (KafkaException e) {
      throw failure("the keys could not be read or written", e, values);
    }
    return ExitStatus.OK;
  }

  private void requireText() {
    if (hosts.isEmpty() != meansAll()) {
      throw CommandFailure.usage(
          meansAll()
              ? "expected no names of hosts beside --all, found " + hosts.size()
              : "expected the name of a host, found none");
    }
    for (String host : hosts) {
      if (!HostName.isValid(host)) {
        throw CommandFailure.usage("expected " + HostName.RULE + ", found " + Quoted.of(host));
      }
    }
    if (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
      throw CommandFailure.usage(
          "expected a reason of at most "
              + MAX_REASON
              + " characters on one line, found "
              + Quoted.of(reason));
    }
  }

  private static List<String> withKeys(SortedMap<String, Optional<RegisteredKey>> known) {
    return known.entrySet().stream()
        .filter(
            each -> each.getValue().map(Generations::of).filter(Generations::isActive).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  private SortedMap<String, Generations> changes(KeyTopic topic) {
    var known = topic.read();
    SortedMap<String, Generations> after = new TreeMap<>();
    for (String host : meansAll() ? withKeys(known) : hosts) {
      Generations before =
          known.getOrDefault(host, Optional.empty()).map(Generations::of).orElse(Generations.NONE);
      if (known.containsKey(host) && known.get(host).isEmpty()) {
        throw CommandFailure.failed(
            "expected a key of host %s in %s, found a record that cannot be read"
                .formatted(Quoted.of(host), topic.topic().name()));
      }
      after.put(host, change(host, before));
    }
    if (after.isEmpty()) {
      throw CommandFailure.notFound(
          "expected hosts with a key in %s, found none".formatted(topic.topic().name()));
    }
    return after;
  }
}
