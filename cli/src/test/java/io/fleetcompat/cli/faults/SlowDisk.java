package io.fleetcompat.cli.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.testing.DebianProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk of its own, in a file, on which every write waits for the disk, and which can be made
 * slow. Where none may be made, tests are skipped. One thread.
 */
final class SlowDisk implements AutoCloseable {

  /** Of version 1, at its root: no process need be moved, and no other disk is touched. */
  private static final Path WRITES_OF_A_SECOND =
      Path.of("/sys/fs/cgroup/blkio/blkio.throttle.write_bps_device");

  private static final long BYTES = 1L << 30;

  private final Path directory;
  private final String device;

  private SlowDisk(Path directory, String device) {
    this.directory = directory;
    this.device = device;
  }

  /** Makes the disk, and mounts it at this directory. */
  static SlowDisk mount(Path directory) throws IOException, InterruptedException {
    DebianProgram.require("mkfs.ext4", "e2fsprogs");
    DebianProgram.require("losetup", "mount");
    assumeTrue(
        Files.isWritable(WRITES_OF_A_SECOND),
        "expected the controller blkio of cgroups, version 1, found none that we may write to");
    Path image = directory.resolveSibling(directory.getFileName() + ".image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    assumeTrue(
        Program.status("mkfs.ext4", "-q", image.toString()) == 0,
        "this machine does not let us make a file system");
    Path found = directory.resolveSibling("loop-device");
    int status =
        new ProcessBuilder("losetup", "--find", "--show", image.toString())
            .redirectOutput(found.toFile())
            .start()
            .waitFor();
    assumeTrue(status == 0, "this machine does not let us use a loop device");
    SlowDisk disk = new SlowDisk(directory, Files.readString(found).strip());
    Files.createDirectories(directory);
    if (Program.status("mount", "-o", "sync", disk.device, directory.toString()) != 0) {
      disk.close();
      assumeTrue(false, "this machine does not let us mount a loop device");
    }
    return disk;
  }

  Path directory() {
    return directory;
  }

  /** Lets so much be written in a second; 0 lets all be. */
  void limit(long bytes) throws IOException {
    Files.writeString(WRITES_OF_A_SECOND, "%s %d%n".formatted(numbers(), bytes));
  }

  /** The device's numbers, major and minor. */
  private String numbers() throws IOException {
    Path block = Path.of("/sys/class/block", Path.of(device).getFileName().toString(), "dev");
    return Files.readString(block).strip();
  }

  @Override
  public void close() {
    List<String> failed = new ArrayList<>();
    try {
      limit(0);
      Program.status("umount", "-l", directory.toString());
      if (Program.status("losetup", "-d", device) != 0) {
        failed.add(device);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!failed.isEmpty()) {
      throw new IllegalStateException("expected to give back " + failed);
    }
  }
}
