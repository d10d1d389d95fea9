package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command that lets a rule count again. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "remove",
    description =
        "Take overrides back: their rules count again. Exit status 5: there is none of that id;"
            + " then nothing is removed.",
    footer = {"%nExample:", "  fleetcompat override remove --bootstrap-servers kafka:9092 ecc-lab"})
public final class OverrideRemove extends KafkaCommand {

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "override",
          List.of(ProcessKeys.BOOTSTRAP_SERVERS, ProcessKeys.TOPIC_PREFIX),
          List.of(ProcessKeys.KAFKA));

  @Parameters(arity = "1..*", paramLabel = "ID", description = "The ids of the overrides.")
  private List<String> ids;

  @Mixin private OverrideTopicOption wait;

  private OverrideRemove() {}

  @Override
  Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  int ask(Values values) {
    OverrideTopic topic = wait.topic(values);
    try {
      OverrideTopic.Contents known = topic.read();
      for (String id : ids) {
        if (!known.has(id)) {
          throw CommandFailure.notFound(
              "expected the id of an override ('override list' shows them), found "
                  + Quoted.of(id));
        }
      }
      topic.remove(ids);
    } catch (KafkaException e) {
      throw failure("the overrides could not be read or written", e, values);
    }
    ids.forEach(id -> spec().commandLine().getOut().println(Printable.line("removed " + id)));
    return ExitStatus.OK;
  }
}
