package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException.Code;

/** The rule for names of hosts, which are keys of topics and first parts of endpoints. */
public final class HostName {

  /** Longest name, in characters: that of a DNS name. */
  public static final int MAX_LENGTH = 253;

  /** The rule, as a sentence that messages quote. */
  public static final String RULE =
      "a host name of 1 to " + MAX_LENGTH + " characters without '/' and control characters";

  private HostName() {}

  public static boolean isValid(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_LENGTH
        && name.indexOf('/') < 0
        && name.codePoints().noneMatch(HostName::isForbidden);
  }

  static void require(String name) throws BadRecordException {
    if (!isValid(name)) {
      throw new BadRecordException(Code.INVALID, RULE, Quoted.of(name));
    }
  }

  private static boolean isForbidden(int codePoint) {
    // A lone surrogate has no UTF-8 form, so it would come back as another name.
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || Character.getType(codePoint) == Character.LINE_SEPARATOR
        || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR;
  }
}
