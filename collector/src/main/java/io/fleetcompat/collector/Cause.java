package io.fleetcompat.collector;

import java.util.Locale;

/** The reasons for a look at a host; its document names the one that it was sent for. */
enum Cause {
  /** The collector has just started. */
  START,
  /** The kernel told of a change. */
  UEVENT,
  /** The time for a full scan had come. */
  SCAN,
  /** The time to send the whole document again had come. */
  REFRESH,
  /** Kafka has lost the documents that it had. */
  RESEND,
  /** Files of a tree that is not live have changed. */
  POLL,
  /** Somebody else told of a change. */
  HINT;

  /** True where the whole document is sent though nothing of it is new. */
  boolean sendsUnchanged() {
    return this == REFRESH || this == RESEND;
  }

  /** The word of documents for it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
