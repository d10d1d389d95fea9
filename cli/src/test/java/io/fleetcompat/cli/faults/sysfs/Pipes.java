package io.fleetcompat.cli.faults.sysfs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Named pipes in the place of attributes: a reader waits for a writer, as one of sysfs waits for a
 * driver. One thread.
 */
final class Pipes {

  /** The ways in which something is written to a pipe. */
  enum Writer {
    /** Nobody opens it. */
    NONE(":"),
    /** A byte a second. */
    SLOW("while :; do (while printf 1; do sleep 1; done) >\"$0\" 2>/dev/null; done"),
    /** As much as is taken. */
    FAST("while :; do yes >\"$0\" 2>/dev/null; done");

    private final String script;

    Writer(String script) {
      this.script = script;
    }
  }

  private final Path directory;
  private final Map<Writer, Path> pipes = new EnumMap<>(Writer.class);
  private final List<Process> writers = new ArrayList<>();

  /**
   * @param directory of the same file system as the attributes
   */
  Pipes(Path directory) {
    this.directory = directory;
  }

  /** Puts a pipe there, the same for all that have this writer. */
  void put(Path attribute, Writer writer) throws IOException {
    if (!pipes.containsKey(writer)) {
      pipes.put(writer, make(writer));
    }
    Files.delete(attribute);
    Files.createLink(attribute, pipes.getOrDefault(writer, attribute));
  }

  private Path make(Writer writer) throws IOException {
    Path pipe = directory.resolve(writer.name());
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    try {
      if (made.waitFor() != 0) {
        throw new IOException("expected mkfifo to make " + pipe + ", found " + made);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    if (writer != Writer.NONE) {
      writers.add(new ProcessBuilder("sh", "-c", writer.script, pipe.toString()).start());
    }
    return pipe;
  }

  void endWriters() {
    for (Process writer : writers) {
      writer.descendants().forEach(ProcessHandle::destroyForcibly);
      writer.destroyForcibly();
    }
    writers.clear();
  }

  /** Ends writers, and lets all who wait for one go on, with nothing to read; drops the pipes. */
  void drop() throws IOException {
    endWriters();
    for (Path pipe : pipes.values()) {
      // Opening it both ways waits for nobody, and is a writer that comes and goes.
      new RandomAccessFile(pipe.toFile(), "rw").close();
      Files.delete(pipe);
    }
    pipes.clear();
  }
}
