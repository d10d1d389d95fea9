package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Terminal;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Times;
import io.fleetcompat.settings.Values;
import java.io.Console;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that takes hosts out of the index which are gone for good. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "forget",
    description =
        "Take hosts out of the index that are gone for good: all of those that are named, or none."
            + " A host that speaks again comes back. Exit status 5: there is no such host.",
    footer = {
      "%nExample:",
      "  fleetcompat forget --yes --config /etc/fleetcompat/admin.properties hv-1"
    })
public final class ForgetCommand extends KafkaCommand {

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "forget",
          List.of(ProcessKeys.BOOTSTRAP_SERVERS, ProcessKeys.TOPIC_PREFIX),
          List.of(ProcessKeys.KAFKA));

  /** The longest time that Kafka may take to answer at all. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Parameters(arity = "1..*", paramLabel = "HOST", description = "The names of the hosts.")
  private List<String> hosts;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description =
          "Wait at most this long until an indexer has done it (default: ${DEFAULT-VALUE}).")
  private String timeout;

  private ForgetCommand() {}

  @Override
  Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  int ask(Values values) {
    for (String host : hosts) {
      if (!HostName.isValid(host)) {
        throw CommandFailure.usage("expected " + HostName.RULE + ", found " + Quoted.of(host));
      }
    }
    Duration patience = patience();
    Topics topics = checked(() -> values.make(ForgetCommand::topics));
    try (HostTopics index = new HostTopics(topics, consumerProperties(values))) {
      requireNoKeys(new KeyTopic(topics.keys(), consumerProperties(values), ANSWER).read());
      for (String host : hosts) {
        if (!index.has(host)) {
          throw CommandFailure.notFound(
              "expected a host in the index ('hosts' shows them), found " + Quoted.of(host));
        }
      }
      if (!yes && !isConfirmed()) {
        throw CommandFailure.failed("nothing was changed");
      }
      index.remove(hosts);
      await(index, patience);
    } catch (KafkaException e) {
      throw failure("the hosts could not be forgotten", e, values);
    }
    hosts.forEach(host -> spec().commandLine().getOut().println(Printable.line("forgot " + host)));
    return ExitStatus.OK;
  }

  /** An indexer that asks for marks would not believe an operator who has none of the host's. */
  private void requireNoKeys(SortedMap<String, Optional<RegisteredKey>> keys) {
    for (String host : hosts) {
      if (keys.containsKey(host)) {
        throw CommandFailure.usage(
            "expected a host without a key, found %s, which has, or had, one: 'keys revoke --remove %s' takes it out of the index"
                .formatted(Quoted.of(host), Printable.line(host)));
      }
    }
  }

  private boolean isConfirmed() {
    Console console =
        Terminal.console()
            .orElseThrow(
                () -> CommandFailure.usage("expected --yes, since there is no terminal to ask at"));
    String answer =
        console.readLine(
            "%s", "Forget %s? [y/N] ".formatted(Printable.line(String.join(", ", hosts))));
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private void await(HostTopics index, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    for (String host : hosts) {
      while (index.isPlaced(host)) {
        if (System.nanoTime() - end > 0) {
          throw CommandFailure.failed(
              ("expected %s to leave the index within %s, found it there: its collector runs and"
                      + " has spoken again, no indexer runs, or the indexer asks for keys"
                      + " ('rejected' shows what it has refused)")
                  .formatted(Quoted.of(host), timeout));
        }
      }
    }
  }

  private Duration patience() {
    try {
      return Times.parse(timeout);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--timeout: " + e.getMessage());
    }
  }

  private static Topics topics(Values values) {
    return new Topics(
        values.get(ProcessKeys.TOPIC_PREFIX), Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
  }
}
