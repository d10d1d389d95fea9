package io.fleetcompat.compatibility.message;

import io.fleetcompat.compatibility.facet.NormalForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A text that somebody pasted: lines in the letters of messages (lower case, straight quotes, one
 * blank at a time), of which some may be one line that a terminal or a mail program has broken.
 */
final class PastedText {

  /** The most lines that one message was broken into. */
  private static final int MOST_PARTS = 3;

  private static final String SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u00b4`";
  private static final String DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033";
  private static final String DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212";

  private final List<Part> parts = new ArrayList<>();

  /** A line, with the number of blanks before it and whether a backslash says that it goes on. */
  private record Part(String shown, String letters, int indent, boolean goesOn) {}

  /**
   * Lines that follow one another, as one.
   *
   * @param shown as they were pasted
   * @param letters to look for messages in
   * @param breaks places in {@code letters} where a line ended
   * @param surelyOne whether something beside the words says that they are one
   */
  record Line(String shown, String letters, List<Integer> breaks, boolean surelyOne) {

    Line {
      breaks = List.copyOf(breaks);
    }
  }

  PastedText(String text) {
    text.lines().map(PastedText::part).forEach(parts::add);
  }

  private static Part part(String line) {
    String shown = line.stripTrailing();
    boolean goesOn = shown.endsWith("\\");
    String words = goesOn ? shown.substring(0, shown.length() - 1) : shown;
    String bare = words.stripLeading();
    return new Part(shown, letters(bare), words.length() - bare.length(), goesOn);
  }

  /** The text in the letters in which messages are compared. */
  static String letters(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char letter = letter(c);
      boolean again = letter == ' ' && (plain.isEmpty() || plain.charAt(plain.length() - 1) == ' ');
      if (!again) {
        plain.append(letter);
      }
    }
    return NormalForm.lowerCase(plain.toString());
  }

  private static char letter(char c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return ' ';
    }
    if (SINGLE_QUOTES.indexOf(c) >= 0) {
      return '\'';
    }
    if (DOUBLE_QUOTES.indexOf(c) >= 0) {
      return '"';
    }
    return DASHES.indexOf(c) >= 0 ? '-' : c;
  }

  /** The number of lines. */
  int size() {
    return parts.size();
  }

  /** The line at an index, with as few as possible of those after it, that something is in. */
  Optional<Line> at(int index, Predicate<Line> wanted) {
    for (int count = 1; count <= MOST_PARTS && index + count <= parts.size(); count++) {
      List<Part> together = parts.subList(index, index + count);
      Line apart = join(together, " ");
      if (wanted.test(apart)) {
        return Optional.of(apart);
      }
      Line within = join(together, "");
      if (count > 1 && wanted.test(within)) {
        return Optional.of(within);
      }
    }
    return Optional.empty();
  }

  /**
   * The parts as one line.
   *
   * @param between a blank, or nothing where a word was broken
   */
  private static Line join(List<Part> parts, String between) {
    Part first = parts.getFirst();
    StringBuilder letters = new StringBuilder(first.letters().stripTrailing());
    StringBuilder shown = new StringBuilder(first.shown());
    List<Integer> breaks = new ArrayList<>();
    boolean surelyOne = true;
    for (int i = 1; i < parts.size(); i++) {
      Part next = parts.get(i);
      surelyOne &= parts.get(i - 1).goesOn() || next.indent() > first.indent();
      breaks.add(letters.length());
      letters.append(between).append(next.letters().stripTrailing());
      shown.append(' ').append(next.shown().strip());
    }
    // A message may end with a blank, which the line in the log has and a copy of it may lack.
    return new Line(shown.toString(), letters.append(' ').toString(), breaks, surelyOne);
  }
}
