package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that has the index derived anew, or compares it with what it should be. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "rebuild",
    description =
        "Have running indexers make the index anew from host-inventory, while answers stay up. With"
            + " --verify, change nothing: derive the index from host-inventory in this process, and"
            + " print where placements, profiles, the matrix in force and the hosts of pools"
            + " differ. Exit status 3: there is a difference.",
    footer = {
      "%nExamples:",
      "  fleetcompat rebuild --verify --bootstrap-servers kafka:9092",
      "  fleetcompat rebuild --bootstrap-servers kafka:9092"
    })
public final class RebuildCommand extends KafkaCommand {

  /** The time between two looks at the topics. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final int MOST_SECONDS = 86_400;
  private static final int REBUILT_WITHIN = 600;
  private static final int VERIFIED_WITHIN = 10;

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "rebuild",
          List.of(
              ProcessKeys.BOOTSTRAP_SERVERS,
              ProcessKeys.TOPIC_PREFIX,
              IndexerSettings.APPLICATION_ID),
          List.of(ProcessKeys.KAFKA));

  @Option(names = "--verify", description = "Compare only, and change nothing.")
  private boolean verify;

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      description =
          "Wait this long until the index is as it should be: what has just changed is not indexed"
              + " at once (default: 600; with --verify, 10).")
  private Optional<Integer> within = Optional.empty();

  private RebuildCommand() {}

  @Override
  Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  int ask(Values values) {
    int seconds = within.orElse(verify ? VERIFIED_WITHIN : REBUILT_WITHIN);
    if (seconds < 0 || seconds > MOST_SECONDS) {
      throw CommandFailure.usage(
          "expected --within of 0 to %d seconds, found %d".formatted(MOST_SECONDS, seconds));
    }
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    Topics topics = checked(() -> values.make(RebuildCommand::topics));
    try {
      if (!verify) {
        rebuild(topics, values, end);
      }
      return compare(topics, values, end);
    } catch (KafkaException e) {
      throw failure("the index could not be " + (verify ? "compared" : "made anew"), e, values);
    }
  }

  private void rebuild(Topics topics, Values values, long end) {
    try (Admin admin = Admin.create(adminProperties(values))) {
      IndexRebuild rebuild =
          IndexRebuild.begin(admin, IndexerSettings.applicationId(values), topics.hostInventory());
      say("asked: %d changelogs are deleted".formatted(rebuild.size()));
      await("an indexer to begin again", rebuild::isBegun, end);
      say("an indexer has begun again");
      await("the documents to be read", rebuild::isRead, end);
      say("the documents are read");
    }
  }

  private static void await(String what, BooleanSupplier done, long end) {
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw CommandFailure.failed(
            "waited for %s in vain; it goes on where an indexer runs, and --verify tells"
                .formatted(what));
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private int compare(Topics topics, Values values, long end) {
    try (TopicScan scan = new TopicScan(consumerProperties(values))) {
      DerivedIndex index = DerivedIndex.compare(topics, scan);
      while (index.differences().count() > 0 && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
        index = DerivedIndex.compare(topics, scan);
      }
      Differences differences = index.differences();
      differences.first().forEach(this::say);
      if (differences.count() > Differences.MOST) {
        say("... and " + (differences.count() - Differences.MOST) + " more");
      }
      say(index.extent());
      say(differences.count() == 0 ? "no difference" : differences.count() + " differences");
      return differences.count() == 0 ? ExitStatus.OK : ExitStatus.INCOMPATIBLE;
    }
  }

  private void say(String line) {
    PrintWriter out = spec().commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static Topics topics(Values values) {
    return new Topics(
        values.get(ProcessKeys.TOPIC_PREFIX), Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
  }
}
