package io.fleetcompat.compatibility.facet;

/** Says that a text breaks the rules of its format. Never leaves this package. */
final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedException(String problem) {
    super(problem, null, false, false);
  }

  /** A sentence with what was expected and what was found. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
