package io.fleetcompat.oracle;

/** The content of 3.2 makes the facet malformed, or could not be read: either is UNKNOWN. */
final class BadFacetException extends Exception {
  private static final long serialVersionUID = 1L;

  BadFacetException(String why) {
    super(why);
  }
}
