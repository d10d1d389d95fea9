package io.fleetcompat.inventory;

/** The directory {@code migration/compatible} of a node, as a collector writes it down. */
public final class CompatibleDirectory {

  private CompatibleDirectory() {}

  /**
   * True for the name of a directory in it that is one of the alternatives: a number. Directories
   * of other names mean nothing.
   */
  public static boolean isAlternative(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
