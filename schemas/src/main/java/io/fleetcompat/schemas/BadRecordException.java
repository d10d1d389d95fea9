package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;

/**
 * A record that cannot be used: what was expected and what was found. It is an answer, not a fault:
 * whoever reads records counts it, keeps it aside and goes on. It has no stack trace, since one
 * hostile sender must not make readers spend their time on them.
 */
public final class BadRecordException extends Exception {

  private static final long serialVersionUID = 1;

  /** Longest text that a message shows, in characters: what is found may be hostile. */
  private static final int MAX_SHOWN = 300;

  /** The reason why it cannot be used; the spelling is stable. */
  public enum Code {
    /** The bytes do not follow the schema that they name. */
    UNDECODABLE("undecodable"),
    /** No released schema has the fingerprint that the bytes begin with. */
    UNKNOWN_SCHEMA("unknown-schema"),
    /** The record's key and the host that it speaks of differ. */
    HOST_MISMATCH("host-mismatch"),
    /** Another document than the one that has its version. */
    CONFLICT("conflict"),
    /** Nobody has marked it with the key of its host, which is asked for here. */
    UNSIGNED("unsigned"),
    /** The mark that it has is not one that the key of its host makes. */
    FORGED("forged"),
    /** Its host has sent it, and has sent newer ones since. */
    REPLAYED("replayed"),
    /** Larger than {@link Limits#RECORD_BYTES}, or what follows from it would be. */
    TOO_LARGE("too-large"),
    /** Well formed, but its content breaks a rule. */
    INVALID("invalid"),
    /** Our own code failed on it: a fault of the reader, not of the sender. */
    FAULT("fault");

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
    super(
        code
            + ": expected "
            + Quoted.bare(expected, MAX_SHOWN)
            + ", found "
            + Quoted.bare(found, MAX_SHOWN),
        null,
        false,
        false);
    this.code = code;
    this.expected = Quoted.bare(expected, MAX_SHOWN);
    this.found = Quoted.bare(found, MAX_SHOWN);
  }

  public Code code() {
    return code;
  }

  /** Bounded, without control characters. */
  public String expected() {
    return expected;
  }

  /** Bounded, without control characters. */
  public String found() {
    return found;
  }
}
