package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code *.facts} files of a directory: lines for what sysfs does not say ({@link FactLine}). Empty
 * lines and lines that begin with {@code #} are ignored; a later file wins. A fact that one file
 * states with several values is malformed: whoever wrote it may mean either. So are the facts of a
 * file that is too old. They say that it is, and never how old: a document must not change by
 * itself. For one thread.
 */
final class FactFiles {

  private static final Node ROOT = new Node("");
  private static final String SEVERAL = "expected one value in a file, found several";

  private final FactsDirectory directory;
  private final Scan host;
  private final HostFacts facts = new HostFacts();

  /** The facts of the file that is read, by device and name. */
  private final Map<String, Attribute> stated = new HashMap<>();

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
    if (Files.isDirectory(directory.path())) {
      files.readAll(deadline);
    }
    return files.facts;
  }

  private void readAll(Duration deadline) {
    try (SysfsTree tree = host.beside(directory.path(), deadline);
        Scan scan = tree.scan()) {
      for (String name : scan.list(ROOT).names()) {
        if (name.endsWith(".facts") && !name.startsWith(".") && !read(scan, name)) {
          break;
        }
      }
      scan.problems().forEach(p -> host.problem(place(p.path()), p.code(), p.detail()));
    } catch (IOException e) {
      host.problem(
          directory.path().toString(),
          ProblemCode.UNREADABLE,
          "expected a directory of facts: " + e.getMessage());
    }
  }

  /** Reads one file; false where there is no room for more facts. */
  private boolean read(Scan scan, String name) {
    // Before it is read: a file that is written meanwhile is not newer than it says.
    Optional<Instant> written = scan.modified(ROOT, name);
    Attribute content =
        scan.read(ROOT, List.of(name), Bounds.FILE_BYTES).getOrDefault(name, Attribute.ABSENT);
    return !(content instanceof Attribute.Text(String text))
        || parse(place(name), text, written.flatMap(directory::staleness));
  }

  private boolean parse(String file, String text, Optional<String> staleness) {
    staleness.ifPresent(words -> host.problem(file, ProblemCode.MALFORMED, words));
    stated.clear();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!FactLine.isEmpty(line) && !add(file, number, line, staleness)) {
        host.problem(
            file,
            ProblemCode.TOO_LARGE,
            "line %d: expected at most %d facts of %d bytes together, found more"
                .formatted(number, Limits.FACTS, Bounds.FACT_BYTES));
        return false;
      }
    }
    return true;
  }

  private boolean add(String file, int number, String line, Optional<String> staleness) {
    try {
      FactLine parsed = unambiguous(FactLine.parse(line));
      if (parsed.fact() instanceof Attribute.Malformed(String problem)) {
        malformed(file, number, parsed.name() + ": " + problem);
      }
      FactLine believed = staleness.map(parsed::unbelieved).orElse(parsed);
      return facts.add(believed, new HostFacts.Place(file, number));
    } catch (IllegalArgumentException e) {
      malformed(file, number, String.valueOf(e.getMessage()));
      return true;
    }
  }

  /** The line, malformed where the file has stated another value of its fact before. */
  private FactLine unambiguous(FactLine line) {
    String fact = line.device().orElse("") + " " + line.name();
    Attribute before = stated.putIfAbsent(fact, line.fact());
    if (before == null || before.equals(line.fact())) {
      return line;
    }
    FactLine several = line.unbelieved(SEVERAL);
    stated.put(fact, several.fact());
    return several;
  }

  private void malformed(String file, int line, String problem) {
    host.problem(file, ProblemCode.MALFORMED, "line %d: %s".formatted(line, problem));
  }

  private String place(String file) {
    return directory.path().getFileName() + "/" + file;
  }
}
