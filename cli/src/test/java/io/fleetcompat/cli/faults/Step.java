package io.fleetcompat.cli.faults;

import io.fleetcompat.settings.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a scenario: a verb, and what it is done to.
 *
 * @param words in the order of the line
 */
record Step(Verb verb, List<String> words) {

  /** A line is {@code 10 times: kill broker-1; for 2s; start broker-1}, or without its front. */
  private static final Pattern LINE = Pattern.compile("(?:(\\d+) times: )?(.+)");

  Step {
    words = List.copyOf(words);
  }

  static List<Step> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected a step, found '" + line + "'");
    }
    int times = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
    List<Step> once = Arrays.stream(matcher.group(2).split("; ", -1)).map(Step::one).toList();
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(once);
    }
    return all;
  }

  private static Step one(String text) {
    List<String> words = List.of(text.strip().split(" +", -1));
    return new Step(Verb.parse(words.getFirst()), words.subList(1, words.size()));
  }

  String word(int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException("expected more words, found '" + this + "'");
    }
    return words.get(index);
  }

  /** The words from that one on. */
  String rest(int index) {
    word(index);
    return String.join(" ", words.subList(index, words.size()));
  }

  Duration duration(int index) {
    return duration(word(index));
  }

  int number(int index) {
    return Integer.parseInt(word(index));
  }

  static Duration duration(String text) {
    return Times.parse(text);
  }

  @Override
  public String toString() {
    return verb + " " + String.join(" ", words);
  }
}
