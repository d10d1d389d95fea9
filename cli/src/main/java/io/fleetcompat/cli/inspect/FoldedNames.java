package io.fleetcompat.cli.inspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of devices as people write many of them: PCI addresses that follow each other, as the
 * virtual functions of a card do, are {@code FIRST-LAST}.
 */
final class FoldedNames {

  /** Names or ranges shown. */
  static final int MOST = 12;

  /** The shortest range that is worth it. */
  private static final int MIN_RANGE = 3;

  private static final Pattern BDF =
      Pattern.compile("([0-9a-fA-F]{4,8}):([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\\.([0-7])");

  private FoldedNames() {}

  /** A name, and its place among all PCI addresses; -1 for what is none. */
  private record Name(String text, long number) {

    static Name of(String text) {
      Matcher matcher = BDF.matcher(text);
      if (!matcher.matches()) {
        return new Name(text, -1);
      }
      long bus = Long.parseLong(matcher.group(1), 16) << 8 | Long.parseLong(matcher.group(2), 16);
      long slot = Long.parseLong(matcher.group(3), 16);
      return new Name(text, bus << 8 | slot << 3 | Long.parseLong(matcher.group(4), 16));
    }

    boolean isFollowedBy(Name other) {
      return number >= 0 && other.number == number + 1;
    }
  }

  /** The names in order, ranges folded; what is beyond the bound is a number. */
  static String of(Collection<String> names) {
    List<String> folded = fold(names);
    if (folded.size() <= MOST) {
      return String.join(", ", folded);
    }
    return String.join(", ", folded.subList(0, MOST)) + ", and " + (folded.size() - MOST) + " more";
  }

  private static List<String> fold(Collection<String> names) {
    List<Name> sorted =
        names.stream()
            .map(Name::of)
            .sorted(Comparator.comparingLong(Name::number).thenComparing(Name::text))
            .toList();
    List<String> folded = new ArrayList<>();
    int first = 0;
    while (first < sorted.size()) {
      int last = first;
      while (last + 1 < sorted.size() && sorted.get(last).isFollowedBy(sorted.get(last + 1))) {
        last++;
      }
      if (last - first + 1 >= MIN_RANGE) {
        folded.add(sorted.get(first).text + "-" + sorted.get(last).text);
      } else {
        sorted.subList(first, last + 1).forEach(name -> folded.add(name.text));
      }
      first = last + 1;
    }
    return folded;
  }
}
