package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.ProberKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The trust in answers of drivers, by the generation of the host's key that marks each (ADR 0036):
 * where a key was taken away, what was answered with it is doubted in hindsight. For one thread.
 */
final class TrustedAnswers {

  private final boolean marked;
  private final Map<String, ProberKey> keys = new HashMap<>();

  /** The questions that a host has answered. */
  private final Map<String, Set<ProbePair>> answeredBy = new HashMap<>();

  private final Map<ProbePair, List<String>> hostsOf = new HashMap<>();
  private final Set<ProbePair> doubted = new LinkedHashSet<>();

  /**
   * @param marked true where answers without a mark do not count
   */
  TrustedAnswers(boolean marked) {
    this.marked = marked;
  }

  /** The generations of a host's key that count, as its partition's task told; empty: not told. */
  void key(String host, Optional<ProberKey> told) {
    if (!marked) {
      return;
    }
    if (told.isEmpty()) {
      keys.remove(host);
      return;
    }
    ProberKey before = keys.put(host, told.get());
    if (before == null || before.getTrustedFrom() < told.get().getTrustedFrom()) {
      doubted.addAll(answeredBy.getOrDefault(host, Set.of()));
    }
  }

  /**
   * The generations of a host's key that may mark its answers: any of a host that is not asked, of
   * which no answer is taken.
   */
  Generations accepted(String host) {
    return Optional.ofNullable(keys.get(host))
        .map(key -> new Generations(key.getOldest(), key.getNewest(), false))
        .orElse(Generations.ANY);
  }

  /** False of a host that is not asked, where answers are to be marked. */
  boolean mayAnswer(String host) {
    return !marked || keys.containsKey(host);
  }

  /** False where the answer of a host, with the mark of that generation, counts no more. */
  boolean isTrusted(String host, int generation) {
    ProberKey key = keys.get(host);
    return !marked || generation >= (key == null ? 1 : key.getTrustedFrom());
  }

  /** These are the answers to a question now. */
  void answered(ProbePair pair, ProbedPair verdict) {
    if (!marked) {
      return;
    }
    forget(pair);
    List<Integer> generations = ProbeRecords.generations(Optional.of(verdict));
    List<String> hosts = new ArrayList<>();
    for (ProbedAnswer answer : verdict.getAnswers()) {
      String host = answer.getHost();
      if (!isTrusted(host, generations.get(hosts.size()))) {
        doubted.add(pair);
      }
      hosts.add(host);
      answeredBy.computeIfAbsent(host, _ -> new HashSet<>()).add(pair);
    }
    hostsOf.put(pair, hosts);
  }

  /** There are no answers to a question any more. */
  void forget(ProbePair pair) {
    List<String> hosts = hostsOf.remove(pair);
    if (hosts != null) {
      hosts.forEach(
          host ->
              answeredBy.computeIfPresent(
                  host,
                  (_, pairs) -> {
                    pairs.remove(pair);
                    return pairs.isEmpty() ? null : pairs;
                  }));
    }
  }

  boolean hasDoubted() {
    return !doubted.isEmpty();
  }

  /** Some questions with an answer that may not be trusted any more, each once. */
  List<ProbePair> takeDoubted(int most) {
    List<ProbePair> taken = doubted.stream().limit(most).toList();
    taken.forEach(doubted::remove);
    return taken;
  }
}
