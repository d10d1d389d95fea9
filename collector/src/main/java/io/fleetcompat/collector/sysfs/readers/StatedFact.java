package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attribute;
import java.util.Optional;

/**
 * A fact as a file states it.
 *
 * @param device in normal form; empty for a fact about the host
 * @param fact malformed where the value cannot be used
 * @param isStale true where the file is too old to be believed
 */
record StatedFact(
    String name, Optional<String> device, Attribute fact, Place place, boolean isStale) {

  static final String SEVERAL = "expected one value in a file, found several";

  /** A line of a file. */
  record Place(String file, int line) {

    @Override
    public String toString() {
      return "line " + line + " of " + file;
    }
  }

  /** The same fact of a file that says it twice and not alike: whoever wrote it may mean either. */
  StatedFact orAnotherValue() {
    return new StatedFact(name, device, new Attribute.Malformed(SEVERAL), place, isStale);
  }

  /**
   * The fact that counts where another file states it too. No file goes before another: a believed
   * one counts and one that is too old does not, what is malformed stays so, and of two values
   * neither is believed.
   */
  StatedFact and(StatedFact other) {
    if (isStale != other.isStale) {
      return isStale ? other : this;
    }
    if (contradicts(other)) {
      String files = place.file() + " and " + other.place.file();
      return new StatedFact(
          name,
          device,
          new Attribute.Malformed("expected one value in all files, found several: " + files),
          place,
          isStale);
    }
    return other.fact instanceof Attribute.Text ? this : other;
  }

  /** True where two files that are both believed give it different values. */
  boolean contradicts(StatedFact other) {
    return !isStale
        && !other.isStale
        && fact instanceof Attribute.Text
        && other.fact instanceof Attribute.Text
        && !fact.equals(other.fact);
  }
}
