package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Listing;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code *.facts} files of a directory, of which none goes before another. Two that give a fact
 * different values make it malformed; the facts of a file that is too old are malformed where no
 * other file states them, and say that it is, never how old: a document must not change by itself.
 * A file that cannot be read whole, or has a line that is no fact, may say anything, so then no
 * fact of the host is believed. For one thread.
 */
final class FactFiles {

  private static final Node ROOT = new Node("");
  private static final String SUFFIX = ".facts";

  private final FactsDirectory directory;
  private final Scan host;
  private final HostFacts facts = new HostFacts();

  private FactFiles(FactsDirectory directory, Scan host) {
    this.directory = directory;
    this.host = host;
  }

  /**
   * The facts, and what was wrong reported to the scan of the host; a missing directory has none.
   *
   * @param deadline of reading one file
   */
  static HostFacts read(FactsDirectory directory, Duration deadline, Scan host) {
    FactFiles files = new FactFiles(directory, host);
    if (!Files.notExists(directory.path())) {
      files.readAll(deadline);
    }
    return files.facts;
  }

  private void readAll(Duration deadline) {
    try (SysfsTree tree = host.beside(directory.path(), deadline);
        Scan scan = tree.scan()) {
      Listing listing = scan.list(ROOT);
      if (listing.failure().isPresent()
          || listing.misnamed().stream().anyMatch(entry -> entry.name().endsWith(SUFFIX))) {
        doubt(name(), "names that are not known");
      }
      listing.names().stream()
          .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
          .forEach(name -> read(scan, name));
      scan.problems().forEach(p -> host.problem(place(p.path()), p.code(), p.detail()));
    } catch (IOException e) {
      host.problem(
          directory.path().toString(),
          ProblemCode.UNREADABLE,
          "expected a directory of facts: " + e.getMessage());
      doubt(name(), "none");
    }
  }

  private void read(Scan scan, String name) {
    // Before it is read: a file that is written meanwhile is not newer than it says.
    Optional<Instant> written = scan.modified(ROOT, name);
    Attribute content =
        scan.read(ROOT, List.of(name), Bounds.FILE_BYTES).getOrDefault(name, Attribute.ABSENT);
    switch (content) {
      case Attribute.Text(String text) ->
          add(place(name), text, written.flatMap(directory::staleness));
      case Attribute.Absent _ when !scan.mayBeThere(ROOT, name) -> {} // gone since it was listed
      case Attribute.Absent _ -> doubt(place(name), "a link to nothing");
      case Attribute.Directory _ -> doubt(place(name), "a directory");
      case Attribute.Malformed(String problem) -> doubt(place(name), problem);
      case Attribute.Unreadable(String errno) -> doubt(place(name), errno);
    }
  }

  private void add(String file, String text, Optional<String> staleness) {
    staleness.ifPresent(words -> host.problem(file, ProblemCode.MALFORMED, words));
    FactFile content = FactFile.parse(file, text, staleness, directory.catalogue());
    content.problems().forEach(problem -> host.problem(file, ProblemCode.MALFORMED, problem));
    content.strange().ifPresent(line -> doubt(file, "no fact in line " + line));
    for (StatedFact fact : content.facts()) {
      facts
          .find(fact)
          .filter(fact::contradicts)
          .ifPresent(other -> contradiction(fact, other.place()));
      if (!facts.add(fact)) {
        host.problem(
            file,
            ProblemCode.TOO_LARGE,
            "line %d: expected at most %d facts of %d bytes together, found more"
                .formatted(fact.place().line(), Limits.FACTS, Bounds.FACT_BYTES));
        doubt(file, "more than there is room for");
        return;
      }
    }
  }

  private void contradiction(StatedFact fact, StatedFact.Place other) {
    host.problem(
        fact.place().file(),
        ProblemCode.MALFORMED,
        "line %d: %s: expected the value of %s, found another"
            .formatted(fact.place().line(), fact.name(), other));
  }

  private void doubt(String file, String found) {
    host.problem(
        file,
        ProblemCode.UNREADABLE,
        "expected to read it whole, found %s: it may say anything, so no fact of this host is believed"
            .formatted(found));
    facts.doubt(file, directory.catalogue().names());
  }

  private String name() {
    return String.valueOf(directory.path().getFileName());
  }

  private String place(String file) {
    return file.isEmpty() ? name() : name() + "/" + file;
  }
}
