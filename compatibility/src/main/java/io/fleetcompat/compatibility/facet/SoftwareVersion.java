package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a vendor driver, {@code major.minor[.bugfix]}: decimal numbers of any size, compared
 * as numbers (docs/rules.md 3.1).
 */
public record SoftwareVersion(BigInteger major, BigInteger minor, BigInteger bugfix) {

  private static final Pattern SHAPE = Pattern.compile("([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?");

  static SoftwareVersion parse(String text) throws MalformedException {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedException("expected major.minor[.bugfix], found " + Quoted.of(text));
    }
    String bugfix = matcher.group(3);
    return new SoftwareVersion(
        new BigInteger(matcher.group(1)),
        new BigInteger(matcher.group(2)),
        bugfix == null ? BigInteger.ZERO : new BigInteger(bugfix));
  }

  /** The version with its bugfix, always: {@code 1.2} is {@code 1.2.0}. */
  @Override
  public String toString() {
    return major + "." + minor + "." + bugfix;
  }
}
