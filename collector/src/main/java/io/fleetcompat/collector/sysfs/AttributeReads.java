package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The attributes of nodes, as text or with the reason why there is none. For one thread. */
final class AttributeReads {

  private final DeadlineReads reads;
  private final ProblemLog problems;

  AttributeReads(DeadlineReads reads, ProblemLog problems) {
    this.reads = reads;
    this.problems = problems;
  }

  /** Reads attributes in the order of their names; those that are absent are left out. */
  SortedMap<String, Attribute> read(Node node, Collection<String> names, int limit) {
    List<FileRead.Request> requests =
        names.stream().map(name -> new FileRead.Request(node.at(name), limit)).toList();
    List<FileRead.Result> results = reads.read(requests);
    SortedMap<String, Attribute> found = new TreeMap<>();
    int i = 0;
    for (String name : names) {
      FileRead.Result result = results.get(i++);
      result
          .finding()
          .ifPresent(finding -> problems.add(node.at(name), finding.code(), finding.detail()));
      if (!result.attribute().equals(Attribute.ABSENT)) {
        found.put(name, result.attribute());
      }
    }
    return found;
  }
}
