package io.fleetcompat.collector.facts;

import io.fleetcompat.collector.TreeOnDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recording: what tools printed and what files said on a host, and which facts follow. Its form
 * is explained in {@code producers/devlink-connectx6.txt}.
 *
 * @param run the script and its arguments
 * @param status the exit status that is expected
 * @param facts the facts that are expected
 * @param says words that are expected on standard error
 */
record Recording(List<String> run, int status, SortedMap<String, String> facts, List<String> says) {

  /** Reads a recording, putting its tools and its tree where they are run. */
  static Recording unpack(Path file, ProducerHost host) throws IOException {
    TreeOnDisk tree = new TreeOnDisk(host.root());
    List<String> run = List.of();
    int status = -1;
    boolean hasSource = false;
    SortedMap<String, String> facts = new TreeMap<>();
    List<String> says = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String word = line.substring(0, Math.max(0, line.indexOf(' ')));
      String rest = line.substring(word.length() + 1);
      StringBuilder content = new StringBuilder();
      while (i + 1 < lines.size() && lines.get(i + 1).startsWith("|")) {
        content.append(lines.get(++i).substring(1)).append('\n');
      }
      switch (word) {
        case "#" -> hasSource |= rest.startsWith("Source: ");
        case "run" -> run = Arrays.asList(rest.split(" ", -1));
        case "tool" -> host.tool(rest, content.toString());
        case "file" -> tree.file(rest, content.toString());
        case "directory" -> tree.directory(rest);
        case "link" -> {
          String[] ends = rest.split(" -> ", -1);
          tree.link(ends[0], ends[1]);
        }
        case "status" -> status = Integer.parseInt(rest);
        case "fact" -> {
          int equals = rest.indexOf('=');
          facts.put(rest.substring(0, equals), rest.substring(equals + 1));
        }
        case "says" -> says.add(rest);
        default -> throw new IllegalStateException("%s, line %d: %s".formatted(file, i + 1, line));
      }
    }
    if (!hasSource || run.isEmpty() || status < 0) {
      throw new IllegalStateException(file + ": expected a source, a run and a status");
    }
    return new Recording(run, status, facts, says);
  }
}
