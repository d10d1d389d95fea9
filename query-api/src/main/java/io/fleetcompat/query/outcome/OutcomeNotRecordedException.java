package io.fleetcompat.query.outcome;

/** Kafka has not taken an outcome, or nobody knows whether it has. */
public final class OutcomeNotRecordedException extends Exception {

  private static final long serialVersionUID = 1;

  OutcomeNotRecordedException(String why) {
    super(why);
  }

  OutcomeNotRecordedException(String why, Throwable cause) {
    super(why, cause);
  }
}
