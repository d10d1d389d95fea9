package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Rejected;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The records that the indexer could not use, newest first. */
@Command(
    name = "rejected",
    description =
        "Show the records that could not be used, the newest first: where each came from, what was"
            + " expected and what was found. Exit status 3: there is one.",
    footer = {"%nExample:", "  fleetcompat rejected --bootstrap-servers kafka:9092 --limit 5"})
public final class RejectedCommand implements Callable<Integer> {

  private static final int MAX_LIMIT = 10_000;

  /** Most characters shown of one text that somebody else wrote. */
  private static final int MAX_SHOWN = 200;

  @Spec private CommandSpec spec;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Show at most N records (default: ${DEFAULT-VALUE}).")
  private int limit;

  private RejectedCommand() {}

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw CommandFailure.usage(
          "expected --limit of 1 to %d, found %d".formatted(MAX_LIMIT, limit));
    }
    List<ConsumerRecord<byte[], byte[]>> newest = newest();
    PrintWriter out = spec.commandLine().getOut();
    newest.forEach(record -> print(record, out));
    out.println(newest.isEmpty() ? "no rejected records" : newest.size() + " shown");
    return newest.isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPATIBLE;
  }

  private List<ConsumerRecord<byte[], byte[]>> newest() {
    try {
      String topic =
          new Topics(kafka.topicPrefix(), Topics.DEFAULT_HOST_PARTITIONS, (short) 1)
              .rejected()
              .name();
      return NewestRecords.of(kafka.consumerProperties(), topic, limit);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    } catch (KafkaException e) {
      throw kafka.failure("the rejected records could not be read", e);
    }
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
    return Printable.line(text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text);
  }
}
