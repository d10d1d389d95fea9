package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * One pass over a tree, which counts what it looks at, stops at the bounds, and keeps what was
 * wrong. For one thread.
 */
public final class Scan implements AutoCloseable {

  static final int LISTING_BUFFER = 32 << 10;

  private static final String MISNAMED = "expected a name in UTF-8";

  /** The word of openat2(2) with RESOLVE_BENEATH for a link out of the root. */
  private static final String OUTSIDE = "EXDEV";

  private static final String LINK = "expected a link";

  private final Libc libc = new Libc(LISTING_BUFFER);
  private final LinkResolver links;
  private final DeadlineReads reads;
  private final Bounds bounds;
  private final ProblemLog problems = new ProblemLog();
  private int nodes;
  private int refusedNodes;

  Scan(LinkResolver links, DeadlineReads reads, Bounds bounds) {
    this.links = links;
    this.reads = reads;
    this.bounds = bounds;
  }

  Bounds bounds() {
    return bounds;
  }

  /** The outcome of looking for a directory. */
  sealed interface Look {

    /** It may be looked into. */
    record Into(Node node) implements Look {}

    /** Nothing is there, or something that is no directory. */
    record Nothing() implements Look {}

    /**
     * It is there, or may be, but is not looked into: a link out of the root, an error, a bound.
     *
     * @param why the attribute that stands for all that may be in it
     */
    record Barred(Attribute why) implements Look {}
  }

  private static final Look NOTHING = new Look.Nothing();

  /** Looks for a directory below a node, links followed; reports what is in the way. */
  Look look(Node node, String name) {
    return look(node.at(name));
  }

  private Look look(String path) {
    return switch (links.resolve(libc, path)) {
      case Resolution.Found(String real, Stat stat) -> stat.isDirectory() ? enter(real) : NOTHING;
      case Resolution.Missing _ -> NOTHING;
      case Resolution.Dangling _ -> {
        problem(path, ProblemCode.DANGLING_LINK, "expected a directory, found a link to nothing");
        yield NOTHING;
      }
      case Resolution.Outside _ -> {
        problem(
            path,
            ProblemCode.OUTSIDE_ROOT,
            "expected a link within the root, found one that leaves it");
        yield new Look.Barred(new Attribute.Unreadable(OUTSIDE));
      }
      case Resolution.Failed(int errno) ->
          new Look.Barred(unreadable(path, "expected a directory", errno));
    };
  }

  private Look enter(String directory) {
    return admit()
        ? new Look.Into(new Node(directory))
        : new Look.Barred(
            new Attribute.Malformed("expected at most " + bounds.nodes() + " directories"));
  }

  /** The directory that a path leads to, links followed; empty where there is none to look into. */
  Optional<Node> node(String path) {
    return look(path) instanceof Look.Into(Node node) ? Optional.of(node) : Optional.empty();
  }

  Optional<Node> child(Node node, String name) {
    return node(node.at(name));
  }

  /** Hands over every directory in a directory, links followed, with the name it has there. */
  void each(String directory, BiConsumer<String, Node> reader) {
    node(directory).ifPresent(node -> each(node, reader));
  }

  void each(Node directory, BiConsumer<String, Node> reader) {
    for (String name : list(directory).names()) {
      Optional<Node> found = child(directory, name);
      if (found.filter(node -> node.path().isEmpty()).isPresent()) {
        problem(
            directory.at(name),
            ProblemCode.MALFORMED,
            "expected a device, found a link to the root");
      } else {
        found.ifPresent(node -> attempt(node, () -> reader.accept(name, node)));
      }
    }
  }

  /** Reads one node; whatever goes wrong costs that node, not the host. */
  void attempt(Node node, Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException | StackOverflowError e) {
      // A mistake of ours that this node brought to light: the others must not pay for it.
      problem(
          node.path(), ProblemCode.UNREADABLE, "expected to make sense of it, and failed: " + e);
    }
  }

  /**
   * The last name of a link's target, whether or not that exists; absent where there is no link,
   * and with the reason where there is none whose name can be used.
   */
  Attribute linkName(Node node, String name) {
    String path = node.at(name);
    return switch (links.locate(libc, path)) {
      case Resolution.Found found when found.stat().isLink() -> linkName(path, found);
      case Resolution.Found _, Resolution.Missing _, Resolution.Dangling _ -> Attribute.ABSENT;
      case Resolution.Outside _ -> new Attribute.Unreadable(OUTSIDE);
      case Resolution.Failed(int errno) -> unreadable(path, LINK, errno);
    };
  }

  private Attribute linkName(String path, Resolution.Found link) {
    String target = libc.readLink(links.absolute(link));
    if (target == null) {
      int errno = libc.errno();
      return errno == Errno.ENOENT ? Attribute.ABSENT : unreadable(path, LINK, errno);
    }
    return switch (links.resolve(libc, path)) {
      case Resolution.Failed(int errno) -> unreadable(path, LINK, errno);
      case Resolution.Outside _ -> {
        problem(
            path,
            ProblemCode.OUTSIDE_ROOT,
            "expected a link within the root, found " + Quoted.of(target, ProblemLog.MAX_TEXT));
        yield new Attribute.Unreadable(OUTSIDE);
      }
      case Resolution.Found _, Resolution.Missing _, Resolution.Dangling _ ->
          linkName(path, lastName(target));
    };
  }

  private Attribute linkName(String path, String last) {
    if (isName(last)) {
      return new Attribute.Text(last);
    }
    problem(
        path,
        ProblemCode.MALFORMED,
        "expected a link to something with a name, found " + Quoted.of(last, ProblemLog.MAX_TEXT));
    return new Attribute.Malformed("expected a link to something with a name");
  }

  private Attribute unreadable(String path, String expected, int errno) {
    problem(path, ProblemCode.UNREADABLE, expected + ", found " + Errno.name(errno));
    return new Attribute.Unreadable(Errno.name(errno));
  }

  private static String lastName(String target) {
    int end = target.length();
    while (end > 0 && target.charAt(end - 1) == '/') {
      end--;
    }
    return target.substring(target.lastIndexOf('/', end - 1) + 1, end);
  }

  /** True where a link's last name says what the link leads to, and may stand in a document. */
  private static boolean isName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.length() <= EndpointName.MAX_PART
        && isUtf8(name)
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** True where something is there that is no directory; links are followed. */
  boolean isFile(Node node, String name) {
    return links.resolve(libc, node.at(name)) instanceof Resolution.Found(String _, Stat stat)
        && !stat.isDirectory();
  }

  /**
   * True unless nothing at all is there: a link that leads nowhere is something, and what the
   * kernel does not let us see may be there; that is reported.
   */
  boolean mayBeThere(Node node, String name) {
    String path = node.at(name);
    return switch (links.locate(libc, path)) {
      case Resolution.Found _, Resolution.Outside _ -> true;
      case Resolution.Missing _, Resolution.Dangling _ -> false;
      case Resolution.Failed(int errno) -> {
        Attribute _ = unreadable(path, "expected something or nothing", errno);
        yield true;
      }
    };
  }

  /** True where an entry is a directory itself, not a link to one; and where it may be one. */
  boolean isDirectory(DirectoryEntries.Entry entry, Node itself) {
    if (entry.type() != DirectoryEntries.Entry.UNKNOWN) {
      return entry.type() == DirectoryEntries.Entry.DIRECTORY;
    }
    return switch (links.locate(libc, itself.path())) {
      case Resolution.Found(String _, Stat stat) -> stat.isDirectory();
      case Resolution.Missing _, Resolution.Dangling _, Resolution.Outside _ -> false;
      case Resolution.Failed _ -> true;
    };
  }

  /** Names in a directory, sorted; those that are not UTF-8 are reported and left out. */
  Listing list(Node node) {
    return switch (links.resolve(libc, node.path())) {
      case Resolution.Found found -> list(node, libc.list(links.absolute(found), bounds.entries()));
      case Resolution.Missing _, Resolution.Dangling _ -> Listing.NONE;
      case Resolution.Outside _ -> unreadable(node, ProblemCode.OUTSIDE_ROOT, OUTSIDE);
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
            .filter(entry -> isUtf8(entry.name()))
            .sorted(Comparator.comparing(DirectoryEntries.Entry::name))
            .toList();
    List<DirectoryEntries.Entry> misnamed =
        listing.entries().stream().filter(entry -> !isUtf8(entry.name())).toList();
    misnamed.forEach(entry -> problem(node.at(entry.name()), ProblemCode.MALFORMED, MISNAMED));
    if (listing.more()) {
      String detail = "expected at most " + bounds.entries() + " entries, found more";
      problem(node.path(), ProblemCode.TOO_MANY_NODES, detail);
      return new Listing(entries, misnamed, Optional.of(new Attribute.Malformed(detail)));
    }
    return new Listing(entries, misnamed, Optional.empty());
  }

  private Listing unreadable(Node node, ProblemCode code, String errno) {
    problem(node.path(), code, "expected a directory's names, found " + errno);
    return new Listing(List.of(), List.of(), Optional.of(new Attribute.Unreadable(errno)));
  }

  /**
   * The entries of a directory.
   *
   * @param misnamed what has a name that is not UTF-8, and so cannot be read
   * @param failure what to say of the directory as a whole where it could not be listed completely
   */
  record Listing(
      List<DirectoryEntries.Entry> entries,
      List<DirectoryEntries.Entry> misnamed,
      Optional<Attribute> failure) {

    static final Listing NONE = new Listing(List.of(), List.of(), Optional.empty());

    List<String> names() {
      return entries.stream().map(DirectoryEntries.Entry::name).toList();
    }
  }

  /** The content that is reported for an attribute whose name is not UTF-8. */
  static Attribute misnamed() {
    return new Attribute.Malformed(MISNAMED);
  }

  /** Reads attributes of a node by name; those that are absent are left out. */
  SortedMap<String, Attribute> read(Node node, Collection<String> names) {
    return read(node, names, Bounds.ATTRIBUTE_BYTES);
  }

  SortedMap<String, Attribute> read(Node node, Collection<String> names, int limit) {
    List<FileRead.Request> requests =
        names.stream().map(name -> new FileRead.Request(node.at(name), limit)).toList();
    List<FileRead.Result> results = reads.read(requests);
    SortedMap<String, Attribute> found = new TreeMap<>();
    int i = 0;
    for (String name : names) {
      FileRead.Result result = results.get(i++);
      report(node.at(name), result);
      if (!result.attribute().equals(Attribute.ABSENT)) {
        found.put(name, result.attribute());
      }
    }
    return found;
  }

  /** One attribute's text; empty where there is no usable one. */
  Optional<String> text(Node node, String name) {
    return read(node, List.of(name)).get(name) instanceof Attribute.Text(String value)
        ? Optional.of(value)
        : Optional.empty();
  }

  void problem(String path, ProblemCode code, String detail) {
    problems.add(path, code, detail);
  }

  /** Reports a problem of the host as a whole. */
  void problemOfHost(ProblemCode code, String detail) {
    problems.addOfHost(code, detail);
  }

  /** The problems of the scan, sorted by path; asked for once, at the end. */
  List<Problem> problems() {
    if (refusedNodes > 0) {
      problems.addOfHost(
          ProblemCode.TOO_MANY_NODES,
          "expected at most %d directories, refused %d".formatted(bounds.nodes(), refusedNodes));
    }
    return problems.sorted();
  }

  /** Counts one more directory; true where it may be looked into. */
  boolean admit() {
    if (nodes >= bounds.nodes()) {
      refusedNodes++;
      return false;
    }
    nodes++;
    return true;
  }

  @Override
  public void close() {
    libc.close();
  }

  private void report(String path, FileRead.Result result) {
    result.finding().ifPresent(finding -> problem(path, finding.code(), finding.detail()));
  }

  private static boolean isUtf8(String name) {
    return name.indexOf('\uFFFD') < 0;
  }
}
