package io.fleetcompat.schemas;

/**
 * A record that cannot be used: what was expected and what was found. It is an answer, not a fault:
 * whoever reads records counts it, keeps it aside and goes on. It has no stack trace, since one
 * hostile sender must not make readers spend their time on them.
 */
public final class BadRecordException extends Exception {

  private static final long serialVersionUID = 1;

  /** Longest {@link #found()}, in characters: what is found may be hostile. */
  private static final int MAX_FOUND = 300;

  /** Why it cannot be used; the spelling is stable. */
  public enum Code {
    /** The bytes do not follow the schema that they name. */
    UNDECODABLE("undecodable"),
    /** No released schema has the fingerprint that the bytes begin with. */
    UNKNOWN_SCHEMA("unknown-schema"),
    /** The record's key and the host that it speaks of differ. */
    HOST_MISMATCH("host-mismatch"),
    /** Larger than {@link Topics#MAX_RECORD_BYTES}, or what follows from it would be. */
    TOO_LARGE("too-large"),
    /** Well formed, but its content breaks a rule. */
    INVALID("invalid");

    private final String spelling;

    Code(String spelling) {
      this.spelling = spelling;
    }

    @Override
    public String toString() {
      return spelling;
    }
  }

  private final Code code;
  private final String expected;
  private final String found;

  public BadRecordException(Code code, String expected, String found) {
    super(code + ": expected " + expected + ", found " + shown(found), null, false, false);
    this.code = code;
    this.expected = expected;
    this.found = shown(found);
  }

  public Code code() {
    return code;
  }

  public String expected() {
    return expected;
  }

  /** Bounded, without control characters. */
  public String found() {
    return found;
  }

  private static String shown(String text) {
    String bounded = text.length() > MAX_FOUND ? text.substring(0, MAX_FOUND) + "…" : text;
    return bounded.replaceAll("\\p{Cntrl}", "?");
  }
}
