package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/**
 * One pass over a tree, which counts what it looks at, stops at the bounds, and keeps what was
 * wrong: the only thing that a reader has of a tree. For one thread.
 */
public final class Scan implements AutoCloseable {

  static final int LISTING_BUFFER = 32 << 10;

  private final FileCalls libc;
  private final Optional<Recording> recording;
  private final ProblemLog problems = new ProblemLog();
  private final Bounds bounds;
  private final NodeBudget budget;
  private final Directories directories;
  private final Links links;
  private final AttributeReads attributes;
  private int tooDeep;

  Scan(
      FileCalls libc,
      LinkResolver resolver,
      DeadlineReads reads,
      Bounds bounds,
      Optional<Recording> recording) {
    this.libc = libc;
    this.recording = recording;
    this.bounds = bounds;
    this.budget = new NodeBudget(bounds.nodes());
    this.directories = new Directories(libc, resolver, bounds, budget, problems, recording);
    this.links = new Links(libc, resolver, problems);
    this.attributes = new AttributeReads(reads, problems, recording);
  }

  public Bounds bounds() {
    return bounds;
  }

  /** Looks for a directory below a node, links followed; reports what is in the way. */
  public Look look(Node node, String name) {
    return directories.look(node.at(name));
  }

  /** The directory that a path leads to, links followed; empty where there is none to look into. */
  public Optional<Node> node(String path) {
    return directories.look(path) instanceof Look.Into(Node node)
        ? Optional.of(node)
        : Optional.empty();
  }

  public Optional<Node> child(Node node, String name) {
    return node(node.at(name));
  }

  /** Hands over every directory in a directory, links followed, with the name it has there. */
  public void each(String directory, BiConsumer<String, Node> reader) {
    each(directory, reader, (_, _) -> {});
  }

  /**
   * The same, and hands over the name of each entry that leads to no directory, with why.
   *
   * @param lost what the kernel lists and nobody can look at
   */
  public void each(
      String directory, BiConsumer<String, Node> reader, BiConsumer<String, String> lost) {
    node(directory).ifPresent(node -> each(node, reader, lost));
  }

  /**
   * Hands over every directory in a directory, links followed, with the name it has there. Gives
   * why these may not be all; empty where they are.
   */
  public Optional<String> each(Node directory, BiConsumer<String, Node> reader) {
    return each(directory, reader, (_, _) -> {});
  }

  private Optional<String> each(
      Node directory, BiConsumer<String, Node> reader, BiConsumer<String, String> lost) {
    Listing listing = list(directory);
    int refused = budget.refused();
    for (String name : listing.names()) {
      Optional<Node> found = child(directory, name);
      if (found.filter(node -> node.path().isEmpty()).isPresent()) {
        problem(
            directory.at(name),
            ProblemCode.MALFORMED,
            "expected a device, found a link to the root");
      } else if (found.isPresent()) {
        attempt(found.get(), () -> reader.accept(name, found.get()));
      } else {
        lost.accept(name, directory.at(name) + " leads to no directory that can be looked into");
      }
    }
    return listing
        .failure()
        .map(Scan::words)
        .or(() -> budget.refused() > refused ? budget.refusal() : Optional.empty());
  }

  private static String words(Attribute failure) {
    return switch (failure) {
      case Attribute.Malformed(String problem) -> problem;
      case Attribute.Unreadable(String errno) -> "it cannot be read: " + errno;
      case Attribute.Text _, Attribute.Directory _, Attribute.Absent _ -> "it is not whole";
    };
  }

  /** Reads one node; whatever goes wrong costs that node, not the host. */
  public void attempt(Node node, Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException | StackOverflowError e) {
      // A mistake of ours that this node brought to light: the others must not pay for it.
      problem(
          node.path(), ProblemCode.UNREADABLE, "expected to make sense of it, and failed: " + e);
    }
  }

  /** The last name of a link's target, or the reason why there is none; absent without a link. */
  public Attribute linkName(Node node, String name) {
    return links.name(node.at(name));
  }

  /** True where something is there that is no directory; links are followed. */
  public boolean isFile(Node node, String name) {
    return links.isFile(node.at(name));
  }

  /** The time at which something was last written; empty where it cannot be told. */
  public Optional<Instant> modified(Node node, String name) {
    return links.modified(node.at(name));
  }

  /** True unless nothing at all is there; what the kernel does not let us see may be. */
  public boolean mayBeThere(Node node, String name) {
    return links.mayBeThere(node.at(name));
  }

  /** True where an entry is a directory itself, not a link to one; and where it may be one. */
  public boolean isDirectory(DirectoryEntries.Entry entry, Node itself) {
    return directories.isDirectory(entry, itself);
  }

  /** The entries of a directory; names that are not UTF-8 are reported and kept apart. */
  public Listing list(Node node) {
    return directories.list(node);
  }

  /**
   * The entries of a directory on a walk through very many: if the scan is recorded, this look at
   * them is not.
   */
  public Listing walk(Node node) {
    return directories.walk(node);
  }

  /**
   * A directory beside the tree, under the same bounds; recorded if the scan is.
   *
   * @throws IOException if there is no such directory
   */
  public SysfsTree beside(Path directory, Duration readDeadline) throws IOException {
    return SysfsTree.open(
        directory, bounds, readDeadline, Set.of(), recording.map(Recording::beside));
  }

  /** Takes note of where an endpoint was found, if the scan is recorded. */
  public void found(EndpointName endpoint, Node node) {
    recording.ifPresent(record -> record.add(endpoint, node));
  }

  /** Reads attributes of a node by name, in that order; those that are absent are left out. */
  public SortedMap<String, Attribute> read(Node node, Collection<String> names) {
    return read(node, names, Bounds.ATTRIBUTE_BYTES);
  }

  /** Reads attributes of at most that many bytes each. */
  public SortedMap<String, Attribute> read(Node node, Collection<String> names, int limit) {
    return attributes.read(node, names, limit);
  }

  /**
   * Reads attributes that are lists within one value. The kernel cuts what does not fit its page: a
   * list that may have been cut is malformed, since what it lacks might be what matters.
   */
  public SortedMap<String, Attribute> readLists(Node node, Collection<String> names, int limit) {
    SortedMap<String, Attribute> lists = read(node, names, limit);
    lists.replaceAll((name, list) -> wholeList(node.at(name), list));
    return lists;
  }

  private Attribute wholeList(String path, Attribute list) {
    if (list instanceof Attribute.Text(String value) && FullPage.isFilledBy(value)) {
      problem(path, ProblemCode.TRUNCATED, FullPage.DETAIL);
      return new Attribute.Malformed(FullPage.DETAIL);
    }
    return list;
  }

  /** Reads one attribute as its file has it: with the newline at its end. */
  public Attribute readWhole(Node node, String name) {
    return attributes.readWhole(node, name);
  }

  /** One attribute's text; empty where there is no usable one. */
  public Optional<String> text(Node node, String name) {
    return read(node, List.of(name)).get(name) instanceof Attribute.Text(String value)
        ? Optional.of(value)
        : Optional.empty();
  }

  public void problem(String path, ProblemCode code, String detail) {
    problems.add(path, code, detail);
  }

  /** Reports a problem of the host as a whole. */
  public void problemOfHost(ProblemCode code, String detail) {
    problems.addOfHost(code, detail);
  }

  /** The problems of the scan, sorted by path; asked for once, at the end. */
  public List<Problem> problems() {
    budget.refusal().ifPresent(detail -> problemOfHost(ProblemCode.TOO_MANY_NODES, detail));
    return problems.sorted();
  }

  /** The number of directories that were not looked into, or not to the end, at a bound. */
  public int refused() {
    return budget.refused() + directories.cut() + tooDeep;
  }

  /** Reports a directory that lies deeper than is looked. */
  public void tooDeep(Node node) {
    tooDeep++;
    String detail = "expected at most %d directories deep".formatted(bounds.depth());
    problem(node.path(), ProblemCode.TOO_DEEP, detail);
  }

  /** Counts one more directory; true where it may be looked into. */
  public boolean admit() {
    return budget.admit();
  }

  @Override
  public void close() {
    libc.close();
  }
}
