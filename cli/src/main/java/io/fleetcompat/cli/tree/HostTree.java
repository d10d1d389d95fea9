package io.fleetcompat.cli.tree;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Fault;
import io.fleetcompat.collector.sysfs.Recording;
import io.fleetcompat.collector.sysfs.SysfsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** A host's sysfs on disk, opened by a command: a directory, or an archive of one. One thread. */
public final class HostTree implements AutoCloseable {

  private final HostReader reader;
  private final Path root;
  private final Optional<UnpackedArchive> archive;

  private HostTree(HostReader reader, Path root, Optional<UnpackedArchive> archive) {
    this.reader = reader;
    this.root = root;
    this.archive = archive;
  }

  /**
   * Opens a tree.
   *
   * @param option the one that names it
   * @param path a directory, or an archive
   * @param recording of what is read
   * @throws CommandFailure that says what was expected and found
   */
  public static HostTree open(String option, Path path, Optional<Recording> recording) {
    try {
      return Files.isRegularFile(path) ? archive(path, recording) : directory(path, recording);
    } catch (BadArchiveException e) {
      throw CommandFailure.failed(option + ": " + e.getMessage());
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected %s to be a directory with a copy of /sys, or an archive that 'inspect -o tar'"
                  .formatted(option)
              + " has written, found none that can be read: "
              + CommandFailure.why(e));
    }
  }

  private static HostTree directory(Path path, Optional<Recording> recording) throws IOException {
    if (Files.isDirectory(path)) {
      refuse(SysfsRoot.refusal(path));
    }
    return new HostTree(
        reader(path, Set.of(), recording, Optional.empty()), path, Optional.empty());
  }

  private static HostTree archive(Path path, Optional<Recording> recording) throws IOException {
    UnpackedArchive unpacked = UnpackedArchive.unpack(path);
    try {
      if (SysfsRoot.refusal(unpacked.root()).isPresent()) {
        throw new BadArchiveException(
            "expected an archive with sys/, found no bus/, class/, devices/ in " + path);
      }
      Optional<Manifest> manifest = unpacked.manifest();
      HostReader reader =
          reader(
              unpacked.root(),
              manifest.<Collection<Fault>>map(Manifest::faults).orElse(Set.of()),
              recording,
              manifest.flatMap(Manifest::kernel));
      return new HostTree(reader, unpacked.root(), Optional.of(unpacked));
    } catch (IOException | RuntimeException e) {
      unpacked.close();
      throw e;
    }
  }

  private static HostReader reader(
      Path root, Collection<Fault> faults, Optional<Recording> recording, Optional<String> kernel)
      throws IOException {
    SysfsTree tree =
        SysfsTree.open(root, Bounds.DEFAULT, SysfsTree.READ_DEADLINE, faults, recording);
    return new HostReader(tree, kernel, Optional.empty());
  }

  private static void refuse(Optional<String> refusal) {
    if (refusal.isPresent()) {
      throw CommandFailure.failed(refusal.get());
    }
  }

  /** The reader of all that is in it. */
  public HostReader reader() {
    return reader;
  }

  /** The directory that is read. */
  public Path root() {
    return root;
  }

  @Override
  public void close() {
    reader.close();
    archive.ifPresent(HostTree::delete);
  }

  private static void delete(UnpackedArchive archive) {
    try {
      archive.close();
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected to delete %s, and failed: %s"
              .formatted(archive.directory(), CommandFailure.why(e)));
    }
  }
}
