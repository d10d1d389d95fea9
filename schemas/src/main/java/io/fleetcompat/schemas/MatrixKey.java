package io.fleetcompat.schemas;

/**
 * The key of a record of the matrix: of one rule set, or one that says which is in force, or which
 * are refused. Everything of a rule set is in the one partition of this topic, since only there do
 * records have an order: its rules come first, then rows, then the generation that says so, then it
 * is in force.
 */
public sealed interface MatrixKey {

  /** The key of what is known of one rule set. */
  sealed interface OfRules extends MatrixKey {

    RuleSetId rules();
  }

  /** The key of the record that has the rules themselves: {@code SET/rules}. */
  record Rules(RuleSetId rules) implements OfRules {

    static final String SPELLING = "rules";

    @Override
    public String toString() {
      return rules + "/" + SPELLING;
    }
  }

  /**
   * The key of the record that says how far the matrix is judged by the rules: {@code
   * SET/generation}.
   */
  record Generation(RuleSetId rules) implements OfRules {

    static final String SPELLING = "generation";

    @Override
    public String toString() {
      return rules + "/" + SPELLING;
    }
  }

  /**
   * The key of a profile's row: {@code SET/PROFILE}.
   *
   * @param profile fingerprint in hexadecimal
   */
  record Row(RuleSetId rules, String profile) implements OfRules {

    @Override
    public String toString() {
      return rules + "/" + profile;
    }
  }

  /** The key of the one record that says which rule set is in force. */
  record InForce() implements MatrixKey {

    static final String SPELLING = "in-force";

    @Override
    public String toString() {
      return SPELLING;
    }
  }

  /** The key of the one record that says that rules were read again and are refused. */
  record Refused() implements MatrixKey {

    static final String SPELLING = "refused";

    @Override
    public String toString() {
      return SPELLING;
    }
  }

  /**
   * A key from before rule sets had rows of their own: a profile, or {@code generation}. What is
   * under it is read by nobody, and removed by the indexer.
   */
  record Superseded(String key) implements MatrixKey {

    /** The key that told of the one generation. */
    public static final Superseded GENERATION = new Superseded(Generation.SPELLING);

    @Override
    public String toString() {
      return key;
    }
  }
}
