package io.fleetcompat.query.audit;

/** The index, or its history, is not there yet as far as an answer needs it. */
public final class HistoryBehindException extends RuntimeException {

  private static final long serialVersionUID = 1;

  HistoryBehindException(String what) {
    super(what);
  }
}
