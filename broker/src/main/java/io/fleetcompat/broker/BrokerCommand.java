package io.fleetcompat.broker;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** The child's command line, and the files it reads. */
final class BrokerCommand {

  private static final String LOGBACK = "io/fleetcompat/broker/broker-logback.xml";

  private BrokerCommand() {}

  /** Writes the settings and, the first time, the cluster id; gives the command. */
  static List<String> prepare(BrokerConfig config) throws IOException {
    Files.createDirectories(config.directory());
    Path settings = config.directory().resolve("broker.properties");
    try (Writer writer = Files.newBufferedWriter(settings)) {
      BrokerSettings.of(config).store(writer, "written at every start");
    }
    List<String> command = new ArrayList<>(ignoringInterrupts());
    command.addAll(java(config));
    command.add(BrokerMain.class.getName());
    command.add(settings.toString());
    command.add(clusterId(config.directory()));
    command.add(config.logSegments().toString());
    return command;
  }

  /**
   * Ctrl-C goes to the whole process group; the broker must outlive those who still commit to it.
   * An ignored signal stays ignored over exec, and HotSpot leaves it so.
   */
  private static List<String> ignoringInterrupts() {
    return List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");
  }

  private static List<String> java(BrokerConfig config) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + config.heapMegabytes() + "m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true",
            "-Dlogback.configurationFile=" + LOGBACK,
            "-Dbroker.log=" + BrokerLog.in(config.directory()).log()));
    command.addAll(config.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  private static String clusterId(Path directory) throws IOException {
    Path file = directory.resolve("cluster-id");
    if (!Files.exists(file)) {
      // Beside itself first: a disk that is full must leave no half of it.
      Path fresh = directory.resolve("cluster-id.new");
      Files.writeString(fresh, Uuid.randomUuid() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }
}
