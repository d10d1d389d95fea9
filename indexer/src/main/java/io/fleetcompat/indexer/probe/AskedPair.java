package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The state of one question: who has answered it, who is asked, and when it is to be asked next.
 * One stream thread.
 */
final class AskedPair {

  /** The hosts whose answers settle a question: one answers, and another confirms it. */
  static final int HOSTS = 2;

  /** In order of the time at which they are to be asked; then in that in which they came. */
  static final Comparator<AskedPair> BY_TIME =
      Comparator.<AskedPair>comparingLong(pair -> pair.due).thenComparingLong(pair -> pair.order);

  final ProbePair id;
  final String text;
  final ProbeSide destination;

  /** The sides that lead to the question: without one, nobody needs its answer. */
  final Set<Fingerprint> sources = new HashSet<>();

  final Set<String> answered = new HashSet<>();

  /** The hosts that told nothing, since all of them were asked once. */
  final Set<String> tried = new HashSet<>();

  private final long order;
  long due;
  int attempts;
  Optional<Open> open = Optional.empty();

  /** A question that is in the hands of a host. */
  record Open(String host, long number, long expiresAt) {}

  AskedPair(ProbePair id, String text, ProbeSide destination, long order, long due) {
    this.id = id;
    this.text = text;
    this.destination = destination;
    this.order = order;
    this.due = due;
  }

  /** True of one that is in nobody's hands, and settled: nothing is to be done for it. */
  boolean isAtRest() {
    return open.isEmpty() && isSettled();
  }

  boolean isSettled() {
    return answered.size() >= HOSTS;
  }
}
