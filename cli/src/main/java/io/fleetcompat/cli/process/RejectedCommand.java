package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Terminal;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Rejected;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.ShownValue;
import io.fleetcompat.settings.Values;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that shows the records that the indexer could not use, the newest first. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "rejected",
    description =
        "Show the records that could not be used, the newest first: where each came from, what was"
            + " expected and what was found. Exit status 3: there is one.",
    footer = {"%nExample:", "  fleetcompat rejected --bootstrap-servers kafka:9092 --limit 5"})
public final class RejectedCommand extends KafkaCommand {

  private static final int MAX_LIMIT = 10_000;

  /** The records that a terminal is given. */
  private static final int PAGE = 20;

  /** Most characters shown of one text that somebody else wrote. */
  private static final int MAX_SHOWN = 200;

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "rejected",
          List.of(ProcessKeys.BOOTSTRAP_SERVERS, ProcessKeys.TOPIC_PREFIX),
          List.of(ProcessKeys.KAFKA));

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Show at most N records, 1 to 10000 (default: on a terminal 20, through a pipe or into a"
              + " file 10000).")
  private Optional<Integer> limit;

  @Option(names = "--all", description = "Show all records, up to 10000, on a terminal, too.")
  private boolean all;

  private RejectedCommand() {}

  @Override
  Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  int ask(Values values) {
    int most = limit.orElse(all || !Terminal.isThere() ? MAX_LIMIT : PAGE);
    if (most < 1 || most > MAX_LIMIT || (all && limit.isPresent())) {
      throw CommandFailure.usage(
          "expected --all, or --limit of 1 to %d, found %s%d"
              .formatted(MAX_LIMIT, all ? "both: " : "", most));
    }
    List<ConsumerRecord<byte[], byte[]>> found = newest(values, most + 1);
    List<ConsumerRecord<byte[], byte[]>> newest = found.subList(0, Math.min(most, found.size()));
    PrintWriter out = spec().commandLine().getOut();
    newest.forEach(record -> print(record, out));
    out.println(newest.isEmpty() ? "no rejected records" : newest.size() + " shown");
    if (newest.size() < found.size()) {
      PrintWriter err = spec().commandLine().getErr();
      err.println(
          "fleetcompat: there are older ones"
              + (most < MAX_LIMIT
                  ? ": --all, or a larger --limit, shows more"
                  : "; no more than %d are shown".formatted(MAX_LIMIT)));
      err.flush();
    }
    return newest.isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPATIBLE;
  }

  private List<ConsumerRecord<byte[], byte[]>> newest(Values values, int most) {
    String topic = checked(() -> values.make(RejectedCommand::topic));
    try (WaitNotice _ = waiting(values)) {
      return NewestRecords.of(consumerProperties(values), topic, most);
    } catch (KafkaException e) {
      throw failure("the rejected records could not be read", e, values);
    }
  }

  private static String topic(Values values) {
    String prefix = values.get(ProcessKeys.TOPIC_PREFIX);
    return new Topics(prefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1).rejected().name();
  }

  private static void print(ConsumerRecord<byte[], byte[]> record, PrintWriter out) {
    try {
      Rejected rejected = Codecs.REJECTED.decode(record.value());
      out.println(
          "%s  %s  %s  key %s"
              .formatted(
                  rejected.getAt(),
                  from(rejected),
                  shown(rejected.getCode()),
                  shown(text(rejected.getKey()))));
      out.println("  expected " + shown(rejected.getExpected()));
      out.println("  found    " + shown(rejected.getFound()));
    } catch (BadRecordException e) {
      out.println(
          "%s-%d@%d is itself no such record: %s"
              .formatted(
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  shown(String.valueOf(e.getMessage()))));
    }
  }

  private static String from(Rejected rejected) {
    return shown(rejected.getTopic()) + "-" + rejected.getPartition() + "@" + rejected.getOffset();
  }

  private static String text(@Nullable ByteBuffer bytes) {
    return bytes == null ? "(none)" : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  private static String shown(String text) {
    return ShownValue.bounded(text, MAX_SHOWN);
  }
}
