package io.fleetcompat.collector;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsRoot;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.collector.sysfs.VersionProber;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.collector.sysfs.readers.HostScan;
import io.fleetcompat.collector.sysfs.readers.SupportedTypes;
import io.fleetcompat.collector.sysfs.readers.VersionAttributes;
import io.fleetcompat.collector.sysfs.readers.VfioDevices;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A reader of one host's sysfs root, again and again, which remembers what a later look may no
 * longer show. Safe for any thread; one read at a time.
 */
public final class HostReader implements AutoCloseable {

  /** The live kernel's own. */
  public static final Path LIVE = Path.of("/sys");

  private final SysfsTree tree;
  private final Optional<String> kernel;
  private final Optional<FactsDirectory> factsDirectory;
  private final VersionAttributes versions = new VersionAttributes();
  private final Optional<TypeMemory> memory;
  private final Optional<VfioDevices> vfio;

  /**
   * A reader that remembers nothing: what it gives is what the tree has at that time.
   *
   * @param kernel kernel release, where known; the live root knows its own
   * @param factsDirectory where {@code *.facts} files are
   */
  public HostReader(
      SysfsTree tree, Optional<String> kernel, Optional<FactsDirectory> factsDirectory) {
    this(tree, kernel, factsDirectory, Optional.empty(), Optional.empty());
  }

  /**
   * @param memory of what the host's cards support, which lasts from one read to the next
   * @param vfio learns the devices of VFIO at each read, where somebody asks for them
   */
  HostReader(
      SysfsTree tree,
      Optional<String> kernel,
      Optional<FactsDirectory> factsDirectory,
      Optional<TypeMemory> memory,
      Optional<VfioDevices> vfio) {
    this.tree = tree;
    this.memory = memory;
    this.vfio = vfio;
    this.kernel = kernel.or(() -> runningKernel(tree.root()));
    this.factsDirectory = factsDirectory;
  }

  /**
   * A reader of a root under the default bounds and deadline.
   *
   * @throws IOException if there is no such directory
   */
  public static HostReader of(Path root) throws IOException {
    SysfsTree tree = SysfsTree.open(root, Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
    return new HostReader(tree, Optional.empty(), Optional.empty());
  }

  /** Looks at the whole host, once. */
  public synchronized HostReading read() {
    HostReading reading = scan();
    memory.ifPresent(TypeMemory::keep);
    return reading;
  }

  /**
   * Looks at the whole host; empty where its root was not there before or after: then nothing that
   * is remembered changes, since a host whose root is gone has not lost its devices.
   */
  synchronized Optional<HostReading> readWhole() {
    List<SupportedTypes.SeenCard> before =
        memory.map(known -> known.types().cards()).orElse(List.of());
    boolean wasThere = hasRoot();
    HostReading reading = scan();
    if (!wasThere || !hasRoot()) {
      memory.ifPresent(known -> known.remember(before));
      return Optional.empty();
    }
    memory.ifPresent(TypeMemory::keep);
    return Optional.of(reading);
  }

  private HostReading scan() {
    SupportedTypes types = memory.map(TypeMemory::types).orElseGet(SupportedTypes::ofOneLook);
    return HostScan.read(
        tree,
        kernel,
        factsDirectory,
        types,
        versions,
        vfio,
        memory.map(TypeMemory::now).orElse(Instant.EPOCH));
  }

  /** The bounds that looks keep from now on: less is taken, and more is refused. */
  public Bounds takeLess() {
    tree.keep(tree.bounds().halved());
    return tree.bounds();
  }

  /** The version attribute of an endpoint, if the newest look has read it. */
  public Optional<VersionAttribute> version(EndpointName endpoint) {
    return versions.find(endpoint);
  }

  /**
   * A prober of this host's version attributes.
   *
   * @param deadline the longest that one answer may take
   */
  public VersionProber prober(Duration deadline) {
    return tree.prober(deadline);
  }

  /** True where this is the running kernel's own tree, which sends events. */
  public boolean isLive() {
    return tree.root().equals(LIVE);
  }

  /**
   * True where the root is still there, and is one of sysfs; a host whose root is gone has not lost
   * its devices, and a directory of something else says nothing of a host.
   */
  public boolean hasRoot() {
    return SysfsRoot.isRoot(tree.root());
  }

  /** A number that changes when a file does, of the tree or of the facts; reads none. */
  public long signature() {
    return tree.signature() * 31
        + factsDirectory.map(directory -> signatureOf(directory.path())).orElse(0L);
  }

  private long signatureOf(Path directory) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (SysfsTree facts = SysfsTree.open(directory, tree.bounds(), tree.readDeadline())) {
      return facts.signature();
    } catch (IOException e) {
      return 1;
    }
  }

  @Override
  public void close() {
    tree.close();
  }

  /**
   * The kernel release that uname(2) gives, where the root is the live one; a copied tree's kernel
   * is another's.
   */
  private static Optional<String> runningKernel(Path root) {
    return root.equals(LIVE)
        ? Optional.ofNullable(System.getProperty("os.version"))
        : Optional.empty();
  }
}
