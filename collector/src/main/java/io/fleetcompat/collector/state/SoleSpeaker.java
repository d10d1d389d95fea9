package io.fleetcompat.collector.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of the only collector that speaks for a root: the kernel takes it back when the process
 * ends, however it ends. Two that run at once under different names are two hosts to everybody, and
 * neither is the other renamed: whoever notices leaves a mark, which holds until somebody deletes
 * it. The locked file says by whom.
 */
final class SoleSpeaker implements AutoCloseable {

  /** The standing of a start among those that run. */
  enum Standing {
    /** No other runs. */
    SOLE,
    /** Another of the same name runs: what it keeps is true of this one, too. */
    SECOND,
    /** Others of different names run or ran, or nobody can tell. */
    DOUBTFUL
  }

  /** The lock of a file, which not every file system has. */
  interface Lock {

    /**
     * Takes the lock; false where another process has it.
     *
     * @throws OverlappingFileLockException if another of this process has it
     * @throws IOException if there are no locks
     */
    boolean take(FileChannel channel) throws IOException;
  }

  private static final int MAX_BYTES = 4096;
  private static final Logger LOG = LoggerFactory.getLogger(SoleSpeaker.class);

  private final FileChannel channel;
  private final boolean locked;
  private final Standing standing;

  private SoleSpeaker(FileChannel channel, boolean locked, Standing standing) {
    this.channel = channel;
    this.locked = locked;
    this.standing = standing;
  }

  /**
   * Tries to become the only one.
   *
   * @param names the file whose names it would speak for; the lock and the mark stand beside it
   * @throws IOException if a file cannot be written
   */
  static SoleSpeaker of(Path names, String host) throws IOException {
    return of(names, host, channel -> channel.tryLock() != null);
  }

  static SoleSpeaker of(Path names, String host, Lock lock) throws IOException {
    Path locked = names.resolveSibling(names.getFileName() + ".lock");
    StateFile mark = file(names.resolveSibling(names.getFileName() + ".shared"));
    Files.createDirectories(names.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(locked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean done = false;
    try {
      SoleSpeaker speaker = lock(lock, channel, PropertyText.escape(host), file(locked), mark);
      done = true;
      return speaker;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static SoleSpeaker lock(
      Lock lock, FileChannel channel, String name, StateFile locked, StateFile mark)
      throws IOException {
    try {
      if (!lock.take(channel)) {
        return new SoleSpeaker(channel, false, beside(name, locked, mark));
      }
    } catch (OverlappingFileLockException e) {
      return new SoleSpeaker(channel, false, beside(name, locked, mark));
    } catch (IOException e) {
      LOG.warn(
          "Expected to lock {}, found: {}; this collector says no former name",
          locked.path(),
          e.getMessage());
      return new SoleSpeaker(channel, false, Standing.DOUBTFUL);
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)), 0);
    return new SoleSpeaker(channel, true, mark.exists() ? marked(mark) : Standing.SOLE);
  }

  /** The standing beside another, which has the lock. */
  private static Standing beside(String name, StateFile locked, StateFile mark) throws IOException {
    if (mark.exists()) {
      return marked(mark);
    }
    String holder = holder(locked);
    if (holder.equals(name)) {
      LOG.info("Another collector of the same name runs with {}", locked.path());
      return Standing.SECOND;
    }
    if (!holder.isEmpty()) {
      mark.write(holder + " and " + name + " ran at once\n");
    }
    LOG.info("Another collector runs with {}: this one says no former name", locked.path());
    return Standing.DOUBTFUL;
  }

  private static Standing marked(StateFile mark) {
    LOG.info(
        "Collectors of different names shared {}: no former name is said until it is deleted",
        mark.path());
    return Standing.DOUBTFUL;
  }

  /** The name by which it is locked; empty where its holder has not written it yet. */
  private static String holder(StateFile locked) throws IOException {
    try {
      return locked.read();
    } catch (BadStateException e) {
      return "";
    }
  }

  private static StateFile file(Path path) {
    return new StateFile(path, StandardCharsets.ISO_8859_1, MAX_BYTES);
  }

  Standing standing() {
    return standing;
  }

  /** Takes the name away first: whoever locks the file next has not written its own yet. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (locked && channel.isOpen()) {
        channel.truncate(0);
      }
    }
  }
}
