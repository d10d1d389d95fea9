package io.fleetcompat.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The short name of a rule set, for keys: the first 64 bits of the SHA-256 of its spelling.
 *
 * @param hex 16 hexadecimal digits, lower case
 */
public record RuleSetId(String hex) implements Comparable<RuleSetId> {

  static final String SHAPE = "[0-9a-f]{16}";

  private static final Pattern ONLY = Pattern.compile(SHAPE);
  private static final int BYTES = 8;

  public RuleSetId {
    if (!ONLY.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "expected 16 hexadecimal digits, found " + hex.length() + " characters");
    }
  }

  /** The name of the rule set that is spelled so. */
  public static RuleSetId of(String ruleSet) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(ruleSet.getBytes(StandardCharsets.UTF_8));
      return new RuleSetId(HexFormat.of().formatHex(hash, 0, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The name in this text; empty where it is none. */
  public static Optional<RuleSetId> parse(String text) {
    return ONLY.matcher(text).matches() ? Optional.of(new RuleSetId(text)) : Optional.empty();
  }

  @Override
  public int compareTo(RuleSetId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
