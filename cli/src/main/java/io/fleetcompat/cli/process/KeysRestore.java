package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Values;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command that registers keys again after their topic was lost. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "restore",
    description =
        "Register keys again, as 'keys list --json' has written them, after the topic was lost:"
            + " else a host's next key would be one that was taken away before. What is registered"
            + " and not older stays.",
    footer = {"%nExample:", "  fleetcompat keys restore --bootstrap-servers kafka:9092 keys.json"})
public final class KeysRestore extends KafkaCommand {

  @Parameters(paramLabel = "FILE", description = "What 'keys list --json' has written.")
  private Path file;

  @Mixin private KeyTopicOptions options;

  private KeysRestore() {}

  @Override
  Catalogue catalogue() {
    return KeyTopicOptions.CATALOGUE;
  }

  @Override
  int ask(Values values) {
    SortedMap<String, Generations> saved = saved();
    KeyTopic topic = options.topic(values);
    try {
      SortedMap<String, Optional<RegisteredKey>> registered = topic.read();
      SortedMap<String, Generations> older = new TreeMap<>();
      saved.forEach(
          (host, generations) -> {
            Optional<RegisteredKey> known = registered.getOrDefault(host, Optional.empty());
            if (known.map(Generations::of).filter(each -> !each.isBefore(generations)).isEmpty()) {
              older.put(host, generations);
            }
          });
      topic.write(older, Instant.now().truncatedTo(ChronoUnit.MILLIS), "restored");
      spec()
          .commandLine()
          .getOut()
          .printf(
              "restored %d, left %d as they are registered%n",
              older.size(), saved.size() - older.size());
    } catch (KafkaException e) {
      throw failure("the keys could not be read or written", e, values);
    }
    return ExitStatus.OK;
  }

  private SortedMap<String, Generations> saved() {
    try {
      return SavedKeys.read(file);
    } catch (IOException e) {
      throw CommandFailure.failed(
          e instanceof FileSystemException
              ? CommandFailure.why(e)
              : file + ": " + CommandFailure.why(e));
    }
  }
}
