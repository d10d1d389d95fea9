package io.fleetcompat.schemas;

/** The key of a record of the matrix: a profile, which has a row, or the generation. */
public sealed interface MatrixKey {

  /**
   * The key of a profile's row, spelled as the profile is.
   *
   * @param profile fingerprint in hexadecimal
   */
  record Row(String profile) implements MatrixKey {

    @Override
    public String toString() {
      return profile;
    }
  }

  /** The key of the one record that says how far the matrix is judged. */
  record Generation() implements MatrixKey {

    static final String SPELLING = "generation";

    @Override
    public String toString() {
      return SPELLING;
    }
  }
}
