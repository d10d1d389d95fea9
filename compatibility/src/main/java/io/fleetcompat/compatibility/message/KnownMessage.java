package io.fleetcompat.compatibility.message;

import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.List;
import java.util.Optional;

/**
 * A message that is known, and what it says about a migration. Immutable.
 *
 * @param text the message, with {@code <…>} for what differs
 * @param patterns a line is such a message where it has all texts of one of them, in order; in the
 *     letters of {@link PastedText}
 * @param layer {@code qemu}, {@code libvirt} or {@code kernel}
 * @param place the side, or the guest, where it is found, as the file spells it
 * @param failure when the migration fails of it; empty where it depends
 * @param rules the rules that it speaks of, as answers spell them; none where it is no matter of a
 *     pair of devices
 * @param means a sentence
 * @param next what to look at next
 * @param sources where the message is written
 */
public record KnownMessage(
    String id,
    String text,
    List<List<String>> patterns,
    String layer,
    String place,
    Optional<FailureTime> failure,
    List<RuleReference> rules,
    String means,
    List<String> next,
    List<Citation> sources) {

  public KnownMessage {
    patterns = patterns.stream().map(List::copyOf).toList();
    rules = List.copyOf(rules);
    next = List.copyOf(next);
    sources = List.copyOf(sources);
  }

  /**
   * A rule that a message speaks of.
   *
   * @param rule as answers spell it
   * @param pack the pack that has it; empty for a rule that the code itself has
   * @param origin a link to where it is defined
   */
  public record RuleReference(String rule, Optional<String> pack, String origin) {}

  /** True for a line that is such a message; in time that grows with its length. */
  boolean isIn(PastedText.Line line) {
    return patterns.stream().anyMatch(pattern -> has(line, pattern));
  }

  /**
   * Where lines were put together, the message has to be in all of them, and either one of its
   * texts is broken, or something beside the words says that the lines are one.
   */
  private static boolean has(PastedText.Line line, List<String> pattern) {
    boolean one = line.surelyOne();
    int begin = -1;
    int from = 0;
    for (String text : pattern) {
      int at = line.letters().indexOf(text, from);
      if (at < 0) {
        return false;
      }
      from = at + text.length();
      begin = begin < 0 ? at : begin;
      one |= isBroken(line, at, from);
    }
    return line.breaks().isEmpty()
        || (one && begin < line.breaks().getFirst() && from > line.breaks().getLast() + 1);
  }

  private static boolean isBroken(PastedText.Line line, int begin, int end) {
    return line.breaks().stream().anyMatch(place -> begin < place && place + 1 < end);
  }
}
