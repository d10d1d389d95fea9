package io.fleetcompat.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file by which a directory is known as that of a simulated fleet. Whoever holds it is the only
 * one who changes the fleet, also among processes.
 */
public final class FleetMarker implements AutoCloseable {

  /** The file's name, in the fleet directory. */
  public static final String FILE = ".simulated-fleet";

  private static final Pattern CONTENT =
      Pattern.compile("a simulated fleet of fleetcompat: ([0-9a-f-]{36})\n");
  private static final int MAX_BYTES = 256;

  private final FileChannel channel;
  private final String identity;

  private FleetMarker(FileChannel channel, String identity) {
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * Holds a fleet that there is.
   *
   * @throws NotSimulatedException where the directory is not that of a simulated fleet
   * @throws FleetBusyException where somebody else holds it
   */
  static FleetMarker hold(Path directory) throws IOException, NotSimulatedException {
    Path file = directory.resolve(FILE);
    FileChannel channel;
    try {
      channel = open(file);
    } catch (NoSuchFileException e) {
      throw new NotSimulatedException(directory, "no file " + FILE, e);
    }
    return held(directory, channel);
  }

  /**
   * Holds a fleet; a directory without one becomes that of one.
   *
   * @throws FleetBusyException where somebody else holds it, or a file of that name is something
   *     else
   */
  public static FleetMarker holdOrMake(Path directory) throws IOException {
    FileChannel channel = open(directory.resolve(FILE), StandardOpenOption.CREATE);
    try {
      return held(directory, channel);
    } catch (NotSimulatedException e) {
      throw new FleetBusyException(String.valueOf(e.getMessage()));
    }
  }

  private static FileChannel open(Path file, OpenOption... more) throws IOException {
    Set<OpenOption> options = new java.util.HashSet<>(Set.of(more));
    options.addAll(
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    return FileChannel.open(file, options);
  }

  private static FleetMarker held(Path directory, FileChannel channel)
      throws IOException, NotSimulatedException {
    boolean done = false;
    try {
      if (lock(channel) == null) {
        throw new FleetBusyException(
            "expected a simulated fleet that nobody changes, found %s in use: stop 'up --churn',"
                    .formatted(directory)
                + " 'simulate' or 'plan --execute' there first");
      }
      if (channel.size() == 0) {
        String text = "a simulated fleet of fleetcompat: " + UUID.randomUUID() + "\n";
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      }
      FleetMarker marker = new FleetMarker(channel, identity(directory, channel));
      done = true;
      return marker;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static String identity(Path directory, FileChannel channel)
      throws IOException, NotSimulatedException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
    channel.read(bytes, 0);
    var content =
        CONTENT.matcher(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
    if (!content.matches()) {
      throw new NotSimulatedException(directory, "a file " + FILE + " of other content");
    }
    return content.group(1);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The name of the fleet among all simulated ones: the same for as long as its directory is. */
  public String identity() {
    return identity;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
