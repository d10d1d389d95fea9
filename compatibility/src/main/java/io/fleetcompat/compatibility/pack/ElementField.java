package io.fleetcompat.compatibility.pack;

/** A field of the elements that {@link PairOperator.DominatedBy} compares. */
public record ElementField(String name, Comparison comparison) {

  /** The comparisons of a field. */
  public enum Comparison {
    /** The same text. */
    EQUAL("equal", "the same "),
    /** The same bits, however the mask is written: leading zeros and capitals do not matter. */
    EQUAL_MASK("equal-mask", "the same bits in "),
    /** A number that is not lower. */
    AT_LEAST("at-least", "at least the ");

    private final String spelling;
    private final String words;

    Comparison(String spelling, String words) {
      this.spelling = spelling;
      this.words = words;
    }

    /** The one that is spelled so; the schema lets nothing else through. */
    static Comparison of(String spelling) {
      for (Comparison each : values()) {
        if (each.spelling.equals(spelling)) {
          return each;
        }
      }
      throw new IllegalArgumentException("no comparison is spelled " + spelling);
    }
  }

  /** The demand on the field, in words. */
  public String words() {
    return comparison.words + name;
  }
}
