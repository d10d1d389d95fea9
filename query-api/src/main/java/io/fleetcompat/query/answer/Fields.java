package io.fleetcompat.query.answer;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.settings.Nearest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members that a caller wants of each entry of an answer. Immutable; any thread. */
public final class Fields {

  /** Longest part of a question that a message quotes, in characters. */
  private static final int MAX_QUOTED = 120;

  /** All members, as an answer has them for whoever asks for none by name. */
  public static final Fields ALL = new Fields(EnumSet.complementOf(EnumSet.of(Field.NAMES)));

  private final EnumSet<Field> wanted;

  private Fields(EnumSet<Field> wanted) {
    this.wanted = wanted;
  }

  /**
   * Parses names with commas between them; all members where there is no text.
   *
   * @param known those that the answer has
   * @throws IllegalArgumentException for another name, a name twice, and {@code names} beside
   *     others, saying what was expected and found
   */
  public static Fields parse(Optional<String> text, Set<Field> known) {
    if (text.isEmpty()) {
      return ALL;
    }
    EnumSet<Field> wanted = EnumSet.noneOf(Field.class);
    for (String name : text.get().split(",", -1)) {
      Field field =
          known.stream()
              .filter(each -> each.spelling().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(unknown(name, known)));
      if (!wanted.add(field)) {
        throw new IllegalArgumentException(
            "fields: expected each name once, found " + Quoted.of(name, MAX_QUOTED) + " again");
      }
    }
    if (wanted.contains(Field.NAMES) && wanted.size() > 1) {
      throw new IllegalArgumentException(
          "fields: expected 'names' alone or names of members, found both");
    }
    return new Fields(wanted);
  }

  private static String unknown(String name, Set<Field> known) {
    List<String> names = known.stream().map(Field::spelling).sorted().toList();
    return "fields: expected some of %s with commas between them, found %s%s"
        .formatted(
            names,
            Quoted.of(name, MAX_QUOTED),
            Nearest.of(name, names).map(near -> "; did you mean '" + near + "'?").orElse(""));
  }

  /** True where nothing but names is wanted. */
  public boolean namesOnly() {
    return wanted.contains(Field.NAMES);
  }

  boolean has(Field field) {
    return wanted.contains(field);
  }

  /** True where all members are wanted: many answers are written faster as a whole. */
  boolean hasAll() {
    return this == ALL;
  }

  /** True where nothing is wanted that only the judge's reasons tell. */
  public boolean needsNoReasons() {
    return wanted.stream().noneMatch(Field.OF_REASONS::contains);
  }
}
