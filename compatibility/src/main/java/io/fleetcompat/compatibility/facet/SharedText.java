package io.fleetcompat.compatibility.facet;

/**
 * Texts that many profiles have and every pair compares, such as a vendor: one instance of each, as
 * long as anything holds it, so that two are compared at one look. Any number of threads.
 */
public final class SharedText {

  private SharedText() {}

  /** The one instance of a text; the JVM holds it weakly. */
  public static String of(String text) {
    return text.intern();
  }

  /** The same value with the one instance of its text. */
  public static Parsed<String> of(Parsed<String> value) {
    return value instanceof Parsed.Value<String>(String text)
        ? new Parsed.Value<>(of(text))
        : value;
  }

  /** True for equal texts: the hash, which each keeps, tells most that are not. */
  public static boolean areEqual(String one, String other) {
    return one.hashCode() == other.hashCode() && one.equals(other);
  }
}
