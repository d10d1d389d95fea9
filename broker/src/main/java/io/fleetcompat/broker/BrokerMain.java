package io.fleetcompat.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The child process: formats the data directory once, then is Kafka until its parent is gone. */
final class BrokerMain {

  /** The time that a clean stop may take once the parent is gone. */
  private static final Duration ORPHAN_STOP_DEADLINE = Duration.ofSeconds(10);

  /** The file that says that a directory of log segments is formatted. */
  static final String FORMATTED = "meta.properties";

  private BrokerMain() {}

  /**
   * @param arguments the settings file, the cluster id, the directory of the log segments
   */
  public static void main(String[] arguments) throws IOException {
    ParentWatch.start(System.in, ORPHAN_STOP_DEADLINE);
    LeaderlessPartitions.correct();
    String settings = arguments[0];
    if (!Files.exists(Path.of(arguments[2], FORMATTED))) {
      format(settings, arguments[1]);
    }
    Kafka.main(new String[] {settings});
  }

  private static void format(String settings, String clusterId) {
    String[] arguments = {
      "format", "--config", settings, "--cluster-id", clusterId, "--ignore-formatted"
    };
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IllegalStateException(
          "formatting the data directory failed with status "
              + status
              + ": "
              + said.toString(StandardCharsets.UTF_8));
    }
  }
}
