package io.fleetcompat.query.watch;

/** The outcome of an attempt to begin to watch. */
public sealed interface FeedStart {

  /** It began. */
  record Begun(FeedCursor cursor) implements FeedStart {}

  /** The id is no id of an event. */
  record Malformed() implements FeedStart {}

  /** Not all that came after the id is there any more. */
  record TooOld(String found) implements FeedStart {}

  /** The feed is not there yet. */
  record NotReady(String reason) implements FeedStart {}
}
