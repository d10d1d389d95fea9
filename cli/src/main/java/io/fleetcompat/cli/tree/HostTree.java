package io.fleetcompat.cli.tree;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Fault;
import io.fleetcompat.collector.sysfs.Recording;
import io.fleetcompat.collector.sysfs.SysfsRoot;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A host's sysfs on disk, opened by a command: a directory, or an archive of one. One thread. */
public final class HostTree implements AutoCloseable {

  private final HostReader reader;
  private final Path root;
  private final Optional<Path> facts;
  private final Optional<UnpackedArchive> archive;

  private HostTree(
      HostReader reader, Path root, Optional<Path> facts, Optional<UnpackedArchive> archive) {
    this.reader = reader;
    this.root = root;
    this.facts = facts;
    this.archive = archive;
  }

  /**
   * Opens a tree.
   *
   * @param option the one that names it
   * @param path a directory, or an archive
   * @param facts a directory of {@code *.facts} files, for a tree that is no archive
   * @param recording of what is read
   * @throws CommandFailure that says what was expected and found
   */
  public static HostTree open(
      String option, Path path, Optional<Path> facts, Optional<Recording> recording) {
    try {
      return Files.isRegularFile(path)
          ? archive(path, recording)
          : directory(path, facts, recording);
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

  private static HostTree directory(Path path, Optional<Path> facts, Optional<Recording> recording)
      throws IOException {
    if (Files.isDirectory(path)) {
      refuse(SysfsRoot.refusal(path));
    }
    return new HostTree(
        reader(path, Set.of(), facts, recording, Optional.empty()), path, facts, Optional.empty());
  }

  private static HostTree archive(Path path, Optional<Recording> recording) throws IOException {
    UnpackedArchive unpacked = UnpackedArchive.unpack(path);
    try {
      if (SysfsRoot.refusal(unpacked.root()).isPresent()) {
        throw new BadArchiveException(
            "expected an archive with sys/, found no bus/, class/, devices/ in " + path);
      }
      Optional<Manifest> manifest = unpacked.manifest();
      Optional<Path> facts = Optional.of(unpacked.facts()).filter(Files::isDirectory);
      HostReader reader =
          reader(
              unpacked.root(),
              manifest.<Collection<Fault>>map(Manifest::faults).orElse(Set.of()),
              facts,
              recording,
              manifest.flatMap(Manifest::kernel));
      return new HostTree(reader, unpacked.root(), facts, Optional.of(unpacked));
    } catch (IOException | RuntimeException e) {
      unpacked.close();
      throw e;
    }
  }

  private static HostReader reader(
      Path root,
      Collection<Fault> faults,
      Optional<Path> facts,
      Optional<Recording> recording,
      Optional<String> kernel)
      throws IOException {
    SysfsTree tree =
        SysfsTree.open(root, Bounds.DEFAULT, SysfsTree.READ_DEADLINE, faults, recording);
    return new HostReader(tree, kernel, facts.map(HostTree::ofUsualAge));
  }

  private static FactsDirectory ofUsualAge(Path directory) {
    return new FactsDirectory(
        directory, FactsDirectory.MAX_AGE, InstantSource.system(), new CataloguedFacts());
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

  /** The directory of facts that is read; it need not exist. */
  public Optional<Path> facts() {
    return facts;
  }

  /** The names of files of facts that are too old to be believed. */
  public List<String> staleFacts() {
    Optional<Path> directory = facts.filter(Files::isDirectory);
    if (directory.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory.get())) {
      return files
          .filter(HostTree::isStale)
          .map(file -> String.valueOf(file.getFileName()))
          .toList();
    } catch (IOException e) {
      return List.of(); // then none was read
    }
  }

  private static boolean isStale(Path file) {
    try {
      Duration age =
          Duration.between(
              Files.getLastModifiedTime(file).toInstant(), InstantSource.system().instant());
      return file.toString().endsWith(".facts") && age.abs().compareTo(FactsDirectory.MAX_AGE) > 0;
    } catch (IOException e) {
      return false;
    }
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
