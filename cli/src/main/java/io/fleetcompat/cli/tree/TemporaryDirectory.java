package io.fleetcompat.cli.tree;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that nobody else may look into, and that is deleted with all that is in it: when it
 * is closed, and when the process is told to end before that. Any thread.
 */
final class TemporaryDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);

  private final Path path;
  private final Thread atExit = new Thread(this::deleteAtExit, "temporary-directory");
  private boolean deleted;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /** Something that puts files into the directory. */
  interface Filling {
    void run() throws IOException;
  }

  static TemporaryDirectory create(String prefix) throws IOException {
    TemporaryDirectory directory =
        new TemporaryDirectory(Files.createTempDirectory(prefix, privately()));
    try {
      Runtime.getRuntime().addShutdownHook(directory.atExit);
    } catch (IllegalStateException e) {
      directory.delete();
      throw new IOException("this process was told to end", e);
    }
    return directory;
  }

  private static FileAttribute<?> privately() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  Path path() {
    return path;
  }

  /**
   * Puts something into it; it is not deleted meanwhile, so this should be short.
   *
   * @throws IOException also where it is deleted, since the process ends
   */
  synchronized void fill(Filling filling) throws IOException {
    if (deleted) {
      throw new IOException("this process was told to end");
    }
    filling.run();
  }

  @Override
  public void close() throws IOException {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process ends: the hook may run now, and one of the two finds nothing to delete.
      LOG.debug("{} is deleted at the end of the process", path, e);
    }
    delete();
  }

  private void deleteAtExit() {
    try {
      delete();
    } catch (IOException e) {
      LOG.warn("Expected to delete {}, and failed: {}", path, e.toString());
    }
  }

  private synchronized void delete() throws IOException {
    if (deleted) {
      return;
    }
    deleted = true;
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure)
              throws IOException {
            Files.delete(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
