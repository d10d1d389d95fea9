package io.fleetcompat.cli.faults;

import io.fleetcompat.settings.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  /** The things that can be done. */
  enum Verb {
    /** SIGKILL. */
    KILL,
    /** SIGTERM, and the end awaited. */
    STOP,
    START,
    /** SIGSTOP. */
    FREEZE,
    /** SIGCONT. */
    THAW,
    /** Nothing passes between a process and Kafka. */
    CUT,
    /** Nothing that a process sends arrives at Kafka. */
    CUT_OUT,
    /** Nothing that Kafka sends arrives at a process. */
    CUT_IN,
    /** So many packets of a hundred are lost, both ways. */
    LOSE,
    /** The network is whole again. */
    JOIN,
    /** Time goes by, and hosts change. */
    FOR,
    /** Hosts stand still until all answers are right. */
    SETTLE,
    /** The topics that this version has and the one before has not are made. */
    TOPICS,
    /** SIGTERM, and a start as the version of this tree. */
    UPGRADE,
    /** So many bytes a second can be written by brokers and indexers; 0 ends it. */
    LIMIT_DISK,
    /** Records that nobody can read, on every topic. */
    GARBAGE,
    /** All documents of the hosts that there are, once more, the newest first. */
    REPLAY
  }

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
    try {
      Verb verb = Verb.valueOf(words.getFirst().replace('-', '_').toUpperCase(Locale.ROOT));
      return new Step(verb, words.subList(1, words.size()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected one of %s, found '%s'".formatted(Arrays.toString(Verb.values()), text), e);
    }
  }

  String word(int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException("expected more words, found '" + this + "'");
    }
    return words.get(index);
  }

  static Duration duration(String text) {
    return Times.parse(text);
  }

  @Override
  public String toString() {
    return verb + " " + String.join(" ", words);
  }
}
