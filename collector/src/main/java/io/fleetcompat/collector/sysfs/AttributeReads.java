package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The attributes of nodes, as text or with the reason why there is none. For one thread. */
final class AttributeReads {

  private final DeadlineReads reads;
  private final ProblemLog problems;
  private final Optional<Recording> recording;

  AttributeReads(DeadlineReads reads, ProblemLog problems, Optional<Recording> recording) {
    this.reads = reads;
    this.problems = problems;
    this.recording = recording;
  }

  /** Reads attributes in the order of their names; those that are absent are left out. */
  SortedMap<String, Attribute> read(Node node, Collection<String> names, int limit) {
    return read(node, names, name -> new FileRead.Request(node.at(name), limit));
  }

  /** Reads one attribute with the newline at its end. */
  Attribute readWhole(Node node, String name) {
    return read(node, List.of(name), _ -> request(node, name)).getOrDefault(name, Attribute.ABSENT);
  }

  private static FileRead.Request request(Node node, String name) {
    return new FileRead.Request(node.at(name), Bounds.ATTRIBUTE_BYTES, true);
  }

  private SortedMap<String, Attribute> read(
      Node node, Collection<String> names, Function<String, FileRead.Request> request) {
    List<FileRead.Result> results = reads.read(names.stream().map(request).toList());
    SortedMap<String, Attribute> found = new TreeMap<>();
    int i = 0;
    for (String name : names) {
      FileRead.Result result = results.get(i++);
      result
          .finding()
          .ifPresent(finding -> problems.add(node.at(name), finding.code(), finding.detail()));
      if (result.equals(FileRead.Result.HANGS)) {
        recording.ifPresent(record -> record.addHanging(node.at(name)));
      }
      if (!result.attribute().equals(Attribute.ABSENT)) {
        found.put(name, result.attribute());
      }
    }
    return found;
  }
}
