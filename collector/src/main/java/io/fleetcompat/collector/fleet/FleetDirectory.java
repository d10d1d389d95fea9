package io.fleetcompat.collector.fleet;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.HostName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A fleet directory that somebody else keeps: which hosts are in it now. What cannot be used is
 * listed with its reason, and the others go on.
 *
 * <p>A host is a folder. Links in place of a host's folder or of its {@code sys} are refused, even
 * within the directory: what is read must be what was put there. Of several folders that claim one
 * name, the folder that is called so has it, else the first by name; that needs no memory, so every
 * reader decides alike, also after a restart.
 *
 * <p>Threading: one thread at a time.
 */
public final class FleetDirectory implements ListingSource {

  /** The most folders: more are refused as a whole: somebody gave the wrong directory. */
  public static final int MAX_FOLDERS = 100_000;

  private final Path directory;

  /** The content of each folder's {@code host.json} when it could last be read, and its stamp. */
  private final Map<String, Known> known = new HashMap<>();

  private record Known(Stamp stamp, HostDocument document) {}

  private record Stamp(long modified, long size, String key) {

    static final Stamp NONE = new Stamp(0, -1, "");

    static Stamp of(BasicFileAttributes attributes) {
      return new Stamp(
          attributes.lastModifiedTime().toMillis(),
          attributes.size(),
          String.valueOf(attributes.fileKey()));
    }
  }

  private record Claim(String folder, HostDocument document) {

    String name() {
      return document.name().orElse(folder);
    }
  }

  public FleetDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public Path path() {
    return directory;
  }

  /**
   * Looks at the directory.
   *
   * @throws IOException if there is no such directory, or it cannot be listed
   */
  @Override
  public FleetListing look() throws IOException {
    SortedMap<String, FleetListing.Problem> problems = new TreeMap<>();
    SortedSet<String> folders = folders();
    known.keySet().retainAll(folders);
    List<Claim> claims = new ArrayList<>();
    for (String folder : folders) {
      claim(folder, problems).ifPresent(claims::add);
    }
    return new FleetListing(settle(claims, problems), problems, folders);
  }

  private SortedSet<String> folders() throws IOException {
    SortedSet<String> folders = new TreeSet<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        String name = path.getFileName().toString();
        boolean plainFile = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        if (!name.startsWith(".") && !plainFile && Files.isDirectory(path)) {
          folders.add(name);
        }
        if (folders.size() > MAX_FOLDERS) {
          throw new IOException(
              "expected at most " + MAX_FOLDERS + " host folders in " + directory + ", found more");
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return folders;
  }

  private Optional<Claim> claim(String folder, SortedMap<String, FleetListing.Problem> problems) {
    Path path = directory.resolve(folder);
    try {
      requireFolder(path, "the host's folder");
      requireFolder(path.resolve("sys"), "its folder 'sys'");
      Claim claim = new Claim(folder, document(folder));
      HostDocument.requireName(claim.name());
      return Optional.of(claim);
    } catch (BadHostException | RuntimeException e) {
      FleetListing.Problem problem = problem(e);
      problems.put(folder, problem);
      // A document that is being rewritten must not look like a host that left.
      return Optional.ofNullable(known.get(folder))
          .filter(_ -> problem.mayStillBeHost())
          .map(last -> new Claim(folder, last.document()))
          .filter(last -> HostName.isValid(last.name()));
    }
  }

  private static FleetListing.Problem problem(Exception e) {
    return e instanceof BadHostException bad
        ? new FleetListing.Problem(bad.code(), String.valueOf(bad.getMessage()))
        : new FleetListing.Problem(
            FleetListing.Code.UNREADABLE, "expected to make sense of the folder, and failed: " + e);
  }

  private static void requireFolder(Path path, String what) throws BadHostException {
    if (Files.isSymbolicLink(path)) {
      throw new BadHostException(
          FleetListing.Code.LINK, "expected " + what + " to be a folder, found a link");
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new BadHostException(FleetListing.Code.NO_SYSFS, "expected " + what + ", found none");
    }
  }

  private HostDocument document(String folder) throws BadHostException {
    Path file = directory.resolve(folder).resolve(HostDocument.FILE);
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new BadHostException(
            FleetListing.Code.MALFORMED,
            "expected host.json to be a plain file, found something else");
      }
      Known last = known.get(folder);
      Stamp stamp = Stamp.of(attributes);
      if (last != null && last.stamp().equals(stamp)) {
        return last.document();
      }
      HostDocument document = HostDocument.parse(read(file));
      known.put(folder, new Known(stamp, document));
      return document;
    } catch (NoSuchFileException e) {
      known.put(folder, new Known(Stamp.NONE, HostDocument.EMPTY));
      return HostDocument.EMPTY;
    } catch (IOException e) {
      throw new BadHostException(
          FleetListing.Code.UNREADABLE,
          "expected a readable host.json, found " + Quoted.of(String.valueOf(e)));
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return stream.readNBytes(HostDocument.MAX_BYTES + 1);
    }
  }

  private SortedMap<String, FleetHost> settle(
      List<Claim> claims, SortedMap<String, FleetListing.Problem> problems) {
    SortedMap<String, FleetHost> hosts = new TreeMap<>();
    List<Claim> inOrder = new ArrayList<>(claims);
    inOrder.sort(
        Comparator.comparing((Claim c) -> !c.name().equals(c.folder()))
            .thenComparing(Claim::folder));
    for (Claim claim : inOrder) {
      Path folder = directory.resolve(claim.folder());
      FleetHost before =
          hosts.putIfAbsent(claim.name(), new FleetHost(claim.name(), folder, claim.document()));
      if (before != null) {
        problems.put(
            claim.folder(),
            new FleetListing.Problem(
                FleetListing.Code.NAME_TAKEN,
                "expected a host name of its own, found "
                    + Quoted.of(claim.name())
                    + ", which the folder "
                    + Quoted.of(before.folder().getFileName().toString())
                    + " has: correct host.json"));
      }
    }
    return hosts;
  }
}
