package io.fleetcompat.broker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The files that the child wrote: its log, and what it printed in its last start. */
record BrokerLog(Path log, Path output) {

  private static final int TAIL_BYTES = 16 << 10;
  private static final int TAIL_LINES = 25;

  static BrokerLog in(Path directory) {
    return new BrokerLog(directory.resolve("broker.log"), directory.resolve("broker.out"));
  }

  /** The last lines of both, indented, to be put below a message. */
  String tail() {
    return List.of(log, output).stream().map(BrokerLog::tail).collect(Collectors.joining());
  }

  private static String tail(Path file) {
    List<String> lines;
    try {
      lines = lastBytes(file).lines().toList();
    } catch (IOException e) {
      return "\n  (" + file + " cannot be read: " + e.getMessage() + ")";
    }
    if (lines.isEmpty()) {
      return "";
    }
    return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
        .collect(Collectors.joining("\n    ", "\n  end of " + file + ":\n    ", ""));
  }

  private static String lastBytes(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      reader.seek(Math.max(0, reader.length() - TAIL_BYTES));
      byte[] bytes = new byte[TAIL_BYTES];
      int length = reader.read(bytes);
      return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }
  }
}
