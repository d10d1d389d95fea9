package io.fleetcompat.cli.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of a few MiB, which a test may fill. Where none may be mounted, tests are skipped.
 */
record SmallDisk(Path directory) implements AutoCloseable {

  private static final int BLOCK = 64 << 10;

  static SmallDisk mount(Path directory, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    int status =
        run(
            List.of(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + mebibytes + "m",
                "tmpfs",
                directory.toString()));
    assumeTrue(status == 0, "this machine does not let us mount a tmpfs: " + status);
    return new SmallDisk(directory);
  }

  long free() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /** Writes until nothing more fits. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream filler = Files.newOutputStream(filler())) {
      for (int size = BLOCK; size > 0; size /= 2) {
        writeAll(filler, block, size);
      }
    }
  }

  private static void writeAll(OutputStream filler, byte[] block, int size) {
    try {
      while (true) {
        filler.write(block, 0, size);
      }
    } catch (IOException e) {
      // As wanted: there is no room for so much any more.
    }
  }

  void empty() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    try {
      run(List.of("umount", "-l", directory.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
