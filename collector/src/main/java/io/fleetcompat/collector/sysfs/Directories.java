package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.ProblemCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The directories of a tree: which there are, and their entries, within the bounds. One thread. */
final class Directories {

  private static final Look NOTHING = new Look.Nothing();

  private final FileCalls libc;
  private final LinkResolver links;
  private final Bounds bounds;
  private final NodeBudget budget;
  private final ProblemLog problems;
  private final Optional<Recording> recording;
  private int cut;

  Directories(
      FileCalls libc,
      LinkResolver links,
      Bounds bounds,
      NodeBudget budget,
      ProblemLog problems,
      Optional<Recording> recording) {
    this.libc = libc;
    this.links = links;
    this.bounds = bounds;
    this.budget = budget;
    this.problems = problems;
    this.recording = recording;
  }

  /** Looks for a directory, links followed; reports what is in the way. */
  Look look(String path) {
    return switch (links.resolve(libc, path)) {
      case Resolution.Found(String real, Stat stat) -> stat.isDirectory() ? enter(real) : NOTHING;
      case Resolution.Missing _ -> NOTHING;
      case Resolution.Dangling _ -> {
        String detail = "expected a directory, found a link to nothing";
        problems.add(path, ProblemCode.DANGLING_LINK, detail);
        yield NOTHING;
      }
      case Resolution.Outside _ -> {
        String detail = "expected a link within the root, found one that leaves it";
        problems.add(path, ProblemCode.OUTSIDE_ROOT, detail);
        yield new Look.Barred(new Attribute.Unreadable(Resolution.Outside.ERRNO));
      }
      case Resolution.Failed(int errno) ->
          new Look.Barred(problems.unreadable(path, "expected a directory", errno));
    };
  }

  private Look enter(String directory) {
    if (budget.admit()) {
      return new Look.Into(new Node(directory));
    }
    recording.ifPresent(
        record -> record.add(new Fault(Fault.Kind.STAT, directory, Errno.EOVERFLOW)));
    return new Look.Barred(
        new Attribute.Malformed("expected at most " + bounds.nodes() + " directories"));
  }

  /** True where an entry is a directory itself, not a link to one; and where it may be one. */
  boolean isDirectory(DirectoryEntries.Entry entry, Node itself) {
    if (entry.type() != DirectoryEntries.Entry.UNKNOWN) {
      return entry.isDirectory();
    }
    return switch (links.locate(libc, itself.path())) {
      case Resolution.Found(String _, Stat stat) -> stat.isDirectory();
      case Resolution.Missing _, Resolution.Dangling _, Resolution.Outside _ -> false;
      case Resolution.Failed _ -> true;
    };
  }

  /** The entries of a directory; names that are not UTF-8 are reported and kept apart. */
  Listing list(Node node) {
    return list(node, libc);
  }

  /** The same, of which nothing is written down. */
  Listing walk(Node node) {
    return list(node, libc.unrecorded());
  }

  private Listing list(Node node, FileCalls calls) {
    return switch (links.resolve(calls, node.path())) {
      case Resolution.Found found ->
          list(node, calls.list(links.absolute(found), bounds.entries()));
      case Resolution.Missing _, Resolution.Dangling _ -> Listing.NONE;
      case Resolution.Outside _ ->
          unreadable(node, ProblemCode.OUTSIDE_ROOT, Resolution.Outside.ERRNO);
      case Resolution.Failed(int errno) ->
          unreadable(node, ProblemCode.UNREADABLE, Errno.name(errno));
    };
  }

  private Listing list(Node node, DirectoryEntries listing) {
    if (listing.errno() == Errno.ENOENT) {
      return Listing.NONE;
    }
    if (listing.errno() != 0) {
      return unreadable(node, ProblemCode.UNREADABLE, Errno.name(listing.errno()));
    }
    List<DirectoryEntries.Entry> entries =
        listing.entries().stream()
            .filter(DirectoryEntries.Entry::isUtf8)
            .sorted(Comparator.comparing(DirectoryEntries.Entry::name))
            .toList();
    List<DirectoryEntries.Entry> misnamed =
        listing.entries().stream().filter(entry -> !entry.isUtf8()).toList();
    misnamed.forEach(
        entry -> problems.add(node.at(entry.name()), ProblemCode.MALFORMED, Listing.MISNAMED));
    return new Listing(entries, misnamed, listing.more() ? tooMany(node) : Optional.empty());
  }

  /** The number of directories that have more entries than are looked at. */
  int cut() {
    return cut;
  }

  private Optional<Attribute> tooMany(Node node) {
    cut++;
    String detail = "expected at most " + bounds.entries() + " entries, found more";
    problems.add(node.path(), ProblemCode.TOO_MANY_NODES, detail);
    return Optional.of(new Attribute.Malformed(detail));
  }

  private Listing unreadable(Node node, ProblemCode code, String errno) {
    problems.add(node.path(), code, "expected a directory's names, found " + errno);
    return new Listing(List.of(), List.of(), Optional.of(new Attribute.Unreadable(errno)));
  }
}
