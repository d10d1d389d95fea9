package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The text forms: {@code key=value} lines in two files, or in one file under headers. */
final class SelfCompatibleText {

  private static final String SELF_HEADER = "SELF:";
  private static final String COMPATIBLE_HEADER = "COMPATIBLE:";

  private static final java.util.regex.Pattern COMMENT =
      java.util.regex.Pattern.compile("(^|\\s)#.*", java.util.regex.Pattern.DOTALL);

  private SelfCompatibleText() {}

  /** A line {@code key=value}, with its number from 1. */
  private record Entry(int line, String key, String value) {}

  /** Lines that belong together: one self, or one pattern. */
  private record Block(boolean self, List<Entry> entries) {
    static Block of(String header) {
      return new Block(header.equals(SELF_HEADER), new ArrayList<>());
    }
  }

  /** The file {@code migration/self}: several blocks are several selves. */
  static List<SortedMap<String, String>> parseSelf(String text) throws MalformedException {
    return selves(separatedBlocks(text, SELF_HEADER));
  }

  /** The file {@code migration/compatible}. */
  static List<Pattern> parseCompatible(String text) throws MalformedException {
    return patterns(separatedBlocks(text, COMPATIBLE_HEADER));
  }

  /**
   * The file {@code migration_compatible}: headers begin blocks, blank lines mean nothing. An empty
   * block is an empty self, but no pattern.
   */
  static SelfCompatible parseOneFile(String text) throws MalformedException {
    List<Block> blocks = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = COMMENT.matcher(raw).replaceFirst("").strip();
      if (line.equals(SELF_HEADER) || line.equals(COMPATIBLE_HEADER)) {
        blocks.add(Block.of(line));
      } else if (!line.isEmpty() && blocks.isEmpty()) {
        throw new MalformedException(
            "expected SELF: or COMPATIBLE: in line " + number + ", found " + Quoted.of(line));
      } else if (!line.isEmpty()) {
        blocks.getLast().entries().add(entry(number, line));
      }
    }
    List<Block> selves = blocks.stream().filter(Block::self).toList();
    List<Block> patterns = blocks.stream().filter(block -> !block.self()).toList();
    boolean noPatterns = patterns.isEmpty();
    patterns = patterns.stream().filter(block -> !block.entries().isEmpty()).toList();
    return new SelfCompatible(
        selves.isEmpty() ? new Parsed.Absent<>() : new Parsed.Value<>(selves(selves)),
        noPatterns ? new Parsed.Absent<>() : new Parsed.Value<>(patterns(patterns)));
  }

  /** Blocks between blank lines and header lines; there is no empty one. */
  private static List<Block> separatedBlocks(String text, String header) throws MalformedException {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.of(header));
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.equals(header)) {
        blocks.add(Block.of(header));
      } else {
        blocks.getLast().entries().add(entry(number, line));
      }
    }
    blocks.removeIf(block -> block.entries().isEmpty());
    return blocks;
  }

  private static Entry entry(int number, String line) throws MalformedException {
    int equals = line.indexOf('=');
    String key = equals < 0 ? "" : line.substring(0, equals).strip();
    if (key.isEmpty()) {
      throw new MalformedException(
          "expected key=value in line " + number + ", found " + Quoted.of(line));
    }
    return new Entry(number, key, line.substring(equals + 1).strip());
  }

  private static List<SortedMap<String, String>> selves(List<Block> blocks)
      throws MalformedException {
    PatternCheck.require(blocks.size(), SelfCompatible.MAX_SELVES, "selves");
    List<SortedMap<String, String>> selves = new ArrayList<>();
    for (Block block : blocks) {
      SelfBuilder self = new SelfBuilder();
      for (Entry entry : block.entries()) {
        atLine(entry, () -> self.add(entry.key(), entry.value()));
      }
      selves.add(self.build());
    }
    return List.copyOf(selves);
  }

  private static List<Pattern> patterns(List<Block> blocks) throws MalformedException {
    PatternCheck.require(blocks.size(), SelfCompatible.MAX_PATTERNS, "patterns");
    List<Pattern> patterns = new ArrayList<>();
    for (Block block : blocks) {
      PatternBuilder pattern = new PatternBuilder(true);
      for (Entry entry : block.entries()) {
        atLine(entry, () -> pattern.add(entry.key(), List.of(entry.value())));
      }
      patterns.add(pattern.build());
    }
    return List.copyOf(patterns);
  }

  @FunctionalInterface
  private interface Step {
    Object run() throws MalformedException;
  }

  /** Says in which line something is malformed. */
  private static void atLine(Entry entry, Step step) throws MalformedException {
    try {
      step.run();
    } catch (MalformedException e) {
      throw new MalformedException("line " + entry.line() + ": " + e.problem());
    }
  }
}
