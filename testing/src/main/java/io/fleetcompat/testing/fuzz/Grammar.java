package io.fleetcompat.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A grammar of inputs that are good, or nearly: {@code src/test/fuzz/NAME.grammar}. A line {@code
 * rule:} is followed by its alternatives, a line each, in which {@code <rule>} stands for another;
 * all else is literal, spelled as a corpus spells it. {@code <nothing>} is empty, {@code include
 * NAME} adds the rules of another file, and lines that begin with {@code #} say nothing. The first
 * rule begins. The first alternative of each should lead to an end: it is taken where a sentence
 * has become deep or long. Immutable; any number of threads.
 */
final class Grammar {

  private static final Pattern USE = Pattern.compile("<([a-z-]+)>");
  private static final String INCLUDE = "include ";
  private static final String NOTHING = "<nothing>";

  /** The depth from which on the first alternatives are taken. */
  private static final int DEEP = 24;

  /** The bytes after which the first alternatives are taken. */
  private static final int LONG = 4000;

  private final String start;
  private final Map<String, List<String>> rules;

  private Grammar(String start, Map<String, List<String>> rules) {
    this.start = start;
    this.rules = rules;
  }

  static Grammar of(String name) throws IOException {
    Map<String, List<String>> rules = new TreeMap<>();
    String start = read(name, rules);
    for (List<String> alternatives : rules.values()) {
      for (String alternative : alternatives) {
        for (MatchResult use : USE.matcher(alternative).results().toList()) {
          if (!rules.containsKey(use.group(1))) {
            throw new IOException("expected a rule " + use.group() + " in " + file(name));
          }
        }
      }
    }
    return new Grammar(start, rules);
  }

  private static Path file(String name) {
    return Corpus.DIRECTORY.resolve(name + ".grammar");
  }

  /** The first rule of a file, whose rules are added. */
  private static String read(String name, Map<String, List<String>> rules) throws IOException {
    String first = "";
    List<String> alternatives = new ArrayList<>();
    for (String line : Files.readAllLines(file(name))) {
      if (line.startsWith(INCLUDE)) {
        read(line.substring(INCLUDE.length()), rules);
      } else if (line.startsWith(" ")) {
        alternatives.add(line.strip().replace(NOTHING, ""));
      } else if (line.endsWith(":")) {
        String rule = line.substring(0, line.length() - 1);
        first = first.isEmpty() ? rule : first;
        alternatives = new ArrayList<>();
        if (rules.put(rule, alternatives) != null) {
          throw new IOException("expected one rule " + rule + ", found another in " + file(name));
        }
      }
    }
    return first;
  }

  /** A sentence. */
  byte[] sentence(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    expand(start, 0, random, out);
    return out.toByteArray();
  }

  private void expand(String name, int depth, SplittableRandom random, ByteArrayOutputStream out) {
    List<String> alternatives = rules.getOrDefault(name, List.of());
    boolean end = depth > DEEP || out.size() > LONG;
    String chosen =
        end ? alternatives.getFirst() : alternatives.get(random.nextInt(alternatives.size()));
    int from = 0;
    for (MatchResult use : USE.matcher(chosen).results().toList()) {
      out.writeBytes(InputText.decode(chosen.substring(from, use.start())));
      expand(use.group(1), depth + 1, random, out);
      from = use.end();
    }
    out.writeBytes(InputText.decode(chosen.substring(from)));
  }

  /** The literal words of all rules, which a fuzzer may put anywhere. */
  SortedSet<String> words() {
    SortedSet<String> words = new TreeSet<>();
    for (List<String> alternatives : rules.values()) {
      for (String alternative : alternatives) {
        for (String literal : USE.split(alternative, -1)) {
          words.add(new String(InputText.decode(literal), StandardCharsets.ISO_8859_1));
        }
      }
    }
    words.remove("");
    return words;
  }
}
