package io.fleetcompat.collector;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epochs of a machine's hosts: each start of a collector has a greater one than the start
 * before, even where the clock was set back. Kept in {@code <state>/epoch-<host>}; a file that
 * another machine or host wrote (a cloned disk) is not believed.
 *
 * @param machineId what {@code /etc/machine-id} says; empty where nothing is known
 */
public record Epochs(Path directory, String machineId, InstantSource clock) {

  private static final Path MACHINE_ID = Path.of("/etc/machine-id");
  private static final int MAX_BYTES = 4096;
  private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);

  /** Those of this machine. */
  public static Epochs in(Path directory, InstantSource clock) {
    return new Epochs(directory, readMachineId(), clock);
  }

  /**
   * A new epoch, on disk before it is used.
   *
   * @throws IOException if it cannot be kept
   */
  public long next(String host) throws IOException {
    Path file = directory.resolve("epoch-" + fileName(host));
    long now = clock.millis();
    long epoch = Math.max(stored(file, host).map(last -> last + 1).orElse(now), now);
    Files.createDirectories(directory);
    write(file, "host=%s%nmachine=%s%nepoch=%d%n".formatted(escape(host), machineId, epoch));
    return epoch;
  }

  private Optional<Long> stored(Path file, String host) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties stored = new Properties();
    try {
      stored.load(new StringReader(read(file)));
      if (!host.equals(stored.getProperty("host"))
          || !machineId.equals(stored.getProperty("machine"))) {
        LOG.warn("{} is of another host or machine (a cloned disk?); ignored", file);
        return Optional.empty();
      }
      long epoch = Long.parseLong(stored.getProperty("epoch", ""));
      if (epoch < 0 || epoch == Long.MAX_VALUE) {
        throw new NumberFormatException("expected an epoch of 0 or more, found " + epoch);
      }
      return Optional.of(epoch);
    } catch (IllegalArgumentException e) {
      LOG.warn("Expected host, machine and epoch in {}, found {}; ignored", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  /** Written beside it, synced, and renamed over it: there is always a whole one. */
  private static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Properties are in Latin-1: everything else is a Unicode escape. */
  private static String escape(String host) {
    StringBuilder escaped = new StringBuilder();
    host.chars()
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7f && c != '\\') {
                escaped.append((char) c);
              } else {
                escaped.append("\\u%04x".formatted(c));
              }
            });
    return escaped.toString();
  }

  /** The host's name where it can be a file's; else its hexadecimal bytes' start. */
  private static String fileName(String host) {
    if (host.length() <= 200 && host.matches("[A-Za-z0-9._-]+")) {
      return host;
    }
    return "x" + java.util.UUID.nameUUIDFromBytes(host.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String readMachineId() {
    try {
      return read(MACHINE_ID).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
