package io.fleetcompat.cli.data;

import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The directory that one {@code up} keeps everything in; locked while it runs. One thread. */
public final class DataDirectory implements AutoCloseable {

  /** The file that holds the address of the API. */
  static final String ADDRESS = "api-address";

  /** The file that is locked by whoever uses the directory. */
  static final String LOCK = "lock";

  private static final String NAME = "fleetcompat";

  private static final String SIMULATED_FLEET = "simulated-fleet";

  private final Path path;
  private FileChannel lock;
  private Optional<String> announced = Optional.empty();

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * The directory of a user who names none: {@code $XDG_DATA_HOME/fleetcompat}, or {@code
   * ~/.local/share/fleetcompat} where that variable is not an absolute path.
   */
  public static Path byDefault(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    if (data.startsWith("/")) {
      return Path.of(data, NAME);
    }
    String home = environment.getOrDefault("HOME", "");
    return Path.of(
        home.isEmpty() ? System.getProperty("user.home") : home, ".local", "share", NAME);
  }

  /** Creates the directory where it is missing, and locks it. */
  public static DataDirectory open(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected a data directory that can be written at %s (%s): choose another with --data-dir"
              .formatted(absolute, CommandFailure.why(e)));
    }
    return new DataDirectory(absolute, lock(absolute));
  }

  private static FileChannel lock(Path absolute) throws IOException {
    FileChannel channel =
        FileChannel.open(
            absolute.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      String owner = read(channel);
      channel.close();
      throw CommandFailure.failed(
          "another 'fleetcompat up'%s uses %s: stop it, or choose another --data-dir, --http-port and --kafka-port"
              .formatted(owner, absolute));
    }
    writeOwner(channel);
    return channel;
  }

  /** Only for a message of somebody else's: a disk that is full is no reason not to start. */
  private static void writeOwner(FileChannel channel) {
    byte[] owner = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(owner));
    } catch (IOException e) {
      // The lock is held all the same.
    }
  }

  /** True while nobody has deleted it, or the file that is locked. */
  public boolean isHeld() {
    return Files.exists(path.resolve(LOCK));
  }

  /** True while it is there, with or without its files. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Makes and locks the directory again after somebody has deleted it.
   *
   * @throws IOException if it cannot be made
   */
  public void holdAgain() throws IOException {
    Files.createDirectories(path);
    FileChannel deleted = lock;
    lock = lock(path);
    deleted.close();
    if (announced.isPresent()) {
      announce(announced.get());
    }
  }

  public Path path() {
    return path;
  }

  public Path broker() {
    return path.resolve("broker");
  }

  public Path indexer() {
    return path.resolve("indexer");
  }

  public Path history() {
    return path.resolve("history");
  }

  public Path collector() {
    return path.resolve("collector");
  }

  public Path keys() {
    return path.resolve("keys");
  }

  public Path simulatedFleet() {
    return simulatedFleet(path);
  }

  static Path simulatedFleet(Path path) {
    return path.resolve(SIMULATED_FLEET);
  }

  /**
   * The name of this one among all that use one Kafka cluster, the same over restarts.
   *
   * @throws IOException if it cannot be kept
   */
  public String identity() throws IOException {
    Path file = path.resolve("identity");
    if (!Files.exists(file)) {
      // Beside itself first: a disk that is full must leave no half of it.
      Path fresh = path.resolve("identity.new");
      Files.writeString(fresh, "up-" + UUID.randomUUID());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  public Path log() {
    return path.resolve("up.log");
  }

  /**
   * Notes the address at which the API of this {@code up} answers.
   *
   * @throws IOException if it cannot be kept
   */
  public void announce(String api) throws IOException {
    announced = Optional.of(api);
    Files.writeString(path.resolve(ADDRESS), api + "\n");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
  }
}
