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

  private static final int MAX_BYTES = 4096;
  private static final Logger LOG = LoggerFactory.getLogger(SoleSpeaker.class);

  private final FileChannel channel;
  private final boolean sole;

  private SoleSpeaker(FileChannel channel, boolean sole) {
    this.channel = channel;
    this.sole = sole;
  }

  /**
   * Tries to become the only one.
   *
   * @param names the file whose names it would speak for; the lock and the mark stand beside it
   * @throws IOException if a file cannot be written
   */
  static SoleSpeaker of(Path names, String host) throws IOException {
    Path locked = names.resolveSibling(names.getFileName() + ".lock");
    StateFile mark = file(names.resolveSibling(names.getFileName() + ".shared"));
    Files.createDirectories(names.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(locked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean done = false;
    try {
      SoleSpeaker speaker = new SoleSpeaker(channel, lock(channel, host, locked, mark));
      done = true;
      return speaker;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static boolean lock(FileChannel channel, String host, Path locked, StateFile mark)
      throws IOException {
    String name = PropertyText.escape(host);
    if (!tryLock(channel)) {
      String holder = holder(file(locked));
      if (!holder.isEmpty() && !holder.equals(name) && !mark.exists()) {
        mark.write(holder + " and " + name + " ran at once\n");
      }
      LOG.info("Another collector runs with {}: this one says no former name", locked);
      return false;
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)), 0);
    if (mark.exists()) {
      LOG.info(
          "Collectors of different names shared {}: no former name is said until it is deleted",
          mark.path());
      return false;
    }
    return true;
  }

  /** The name by which it is locked; empty where its holder has not written it yet. */
  private static String holder(StateFile locked) throws IOException {
    try {
      return locked.read();
    } catch (BadStateException e) {
      return "";
    }
  }

  private static boolean tryLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another of this process
    } catch (IOException e) {
      LOG.warn("Expected to lock a file of the state directory, found: {}", e.getMessage());
      return false;
    }
  }

  private static StateFile file(Path path) {
    return new StateFile(path, StandardCharsets.ISO_8859_1, MAX_BYTES);
  }

  boolean isSole() {
    return sole;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
