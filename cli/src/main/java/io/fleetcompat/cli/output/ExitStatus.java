package io.fleetcompat.cli.output;

/** The exit statuses of every command. */
public final class ExitStatus {

  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int INCOMPATIBLE = 3;
  public static final int UNKNOWN = 4;
  public static final int NOT_FOUND = 5;
  public static final int TOO_STALE = 6;

  /** A step that did not have the effect that was expected. */
  public static final int DIFFERS = 7;

  /** Compatible, and nothing is free there. */
  public static final int NOTHING_FREE = 8;

  private ExitStatus() {}

  /** The status that a verdict means, by its name in JSON. */
  public static int ofVerdict(String verdict) {
    return switch (verdict) {
      case "COMPATIBLE" -> OK;
      case "INCOMPATIBLE" -> INCOMPATIBLE;
      default -> UNKNOWN;
    };
  }
}
