package io.fleetcompat.compatibility.judge;

import java.util.Optional;

/**
 * The progress of a question to drivers, beside their answers: the last host that told nothing, and
 * whether any can be asked. It explains why there is no answer, and decides nothing.
 *
 * @param last since the last answer, if there is one; empty where no host was asked in vain
 * @param probers whether there are hosts that can be asked
 */
public record ProbeProgress(Optional<InconclusiveAnswer> last, Probers probers) {

  /** The progress of a question of which nothing is known. */
  public static final ProbeProgress NOT_KNOWN =
      new ProbeProgress(Optional.empty(), Probers.NOT_KNOWN);

  private static final String NONE =
      "no host of the destination's class that is heard of may ask its driver (start its collector"
          + " with collect --probe: docs/operations.md)";

  /** Whether hosts of the destination's class ask their drivers. */
  public enum Probers {
    NOT_KNOWN,
    NONE,
    SOME
  }

  /** The reason why no driver has answered, and what comes next. */
  @Override
  public String toString() {
    return last.map(asked -> "it has not answered: " + asked + next())
        .orElseGet(() -> "nobody has written the source's version there yet" + first());
  }

  private String first() {
    return switch (probers) {
      case NOT_KNOWN ->
          ", which a collector of the destination's class does where it may (collect --probe)";
      case NONE -> ", and " + NONE;
      case SOME -> "; a collector of the destination's class is going to be asked to";
    };
  }

  private String next() {
    return switch (probers) {
      case NOT_KNOWN -> "";
      case NONE -> "; now " + NONE;
      case SOME -> "; it is asked again, on another host where there is one";
    };
  }
}
