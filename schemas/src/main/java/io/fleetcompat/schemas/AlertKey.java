package io.fleetcompat.schemas;

/**
 * The identity of an alert: there is at most one of a rule and a pool.
 *
 * @param rule the name of the rule
 */
public record AlertKey(String rule, String pool) {

  /** The names that rules may have: what Prometheus takes as a label's name, too. */
  public static final String RULE_SHAPE = "[a-zA-Z_][a-zA-Z0-9_]{0,63}";

  /** {@code RULE/POOL}. */
  @Override
  public String toString() {
    return rule + "/" + pool;
  }
}
