package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.ProblemLog;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.DocumentSize;
import io.fleetcompat.schemas.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code *.facts} files of a directory: {@code name=value} lines for what sysfs does not say. Empty
 * lines and lines that begin with {@code #} are ignored; a later file wins.
 */
final class Facts {

  private Facts() {}

  /**
   * The facts, and what was wrong reported to the scan of the host; a missing directory has none.
   */
  static Attributes read(Path directory, Duration deadline, Scan host, HostFindings findings) {
    SortedMap<String, Attribute> facts = new TreeMap<>();
    if (!Files.isDirectory(directory)) {
      return Attributes.NONE;
    }
    try (SysfsTree tree = SysfsTree.open(directory, host.bounds(), deadline);
        Scan scan = tree.scan()) {
      Node root = new Node("");
      List<String> files =
          scan.list(root).names().stream()
              .filter(name -> name.endsWith(".facts") && !name.startsWith("."))
              .toList();
      scan.read(root, files, Bounds.FILE_BYTES)
          .forEach(
              (name, attribute) -> {
                if (attribute instanceof Attribute.Text(String text)) {
                  parse(directory.getFileName() + "/" + name, text, facts, host, findings);
                }
              });
      scan.problems()
          .forEach(
              p -> host.problem(directory.getFileName() + "/" + p.path(), p.code(), p.detail()));
    } catch (IOException e) {
      host.problem(
          directory.toString(),
          ProblemCode.UNREADABLE,
          "expected a directory of facts: " + e.getMessage());
    }
    return Attributes.of(facts);
  }

  private static void parse(
      String file,
      String text,
      SortedMap<String, Attribute> facts,
      Scan host,
      HostFindings findings) {
    for (String line : text.split("\n", -1)) {
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip();
      String value = line.substring(equals + 1).strip();
      if (name.isEmpty() || name.length() > Limits.WORD || value.length() > Limits.VALUE) {
        host.problem(
            file,
            ProblemCode.MALFORMED,
            "expected name=value of at most %d and %d characters, found %s"
                .formatted(Limits.WORD, Limits.VALUE, Quoted.of(line, ProblemLog.MAX_TEXT)));
      } else if (facts.size() >= Limits.FACTS) {
        host.problem(
            file, ProblemCode.TOO_LARGE, "expected at most " + Limits.FACTS + " facts, found more");
        return;
      } else if (findings.admit(DocumentSize.of(name) + DocumentSize.of(value))) {
        facts.put(name, new Attribute.Text(value));
      }
    }
  }
}
