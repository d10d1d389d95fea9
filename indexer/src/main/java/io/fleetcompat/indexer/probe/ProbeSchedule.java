package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The order in which drivers are asked: each question once at a time, of one host and then of
 * another, within the limits of a host and of the fleet; what told nothing is asked again, later
 * and elsewhere. It knows no Kafka and no clock. One stream thread; the counts are read by any.
 */
public final class ProbeSchedule {

  /** The time until a question is looked at again for which no host was free. */
  private static final long NO_HOST_MILLIS = 200;

  private final ProbeLimits limits;
  private final AskedClasses classes;
  private final ProberHosts hosts;

  /** Questions in the hands of hosts, the oldest first. */
  private final Map<ProbePair, AskedPair> open = new LinkedHashMap<>();

  private long nextNumber;
  private volatile Counts counts = new Counts(0, 0, 0);

  /**
   * The work of one time.
   *
   * @param expired questions that are in nobody's hands any more
   * @param questions to be asked now
   */
  record Turn(List<ProbePair> expired, List<Question> questions) {}

  /** Numbers of questions: kept track of, in the hands of hosts, beyond the bound. */
  record Counts(int pairs, int open, int refused) {}

  ProbeSchedule(ProbeLimits limits, long nextNumber) {
    this.limits = limits;
    this.classes = new AskedClasses(limits.pairs());
    this.hosts = new ProberHosts(limits);
    this.nextNumber = nextNumber;
  }

  /** Profiles have come that have this side. */
  void add(ProbeSide side, long now) {
    classes.add(
        side,
        now,
        made ->
            hosts.forEach(
                side.destination(), (host, endpoint) -> made.addProber(host, endpoint, now)));
    count();
  }

  /** No profile has this side any more; gives the questions that nobody needs answered now. */
  List<ProbePair> remove(ProbeSide side, long now) {
    List<ProbePair> gone = new ArrayList<>();
    for (AskedPair pair : classes.remove(side, now)) {
      release(pair);
      gone.add(pair.id);
    }
    count();
    return gone;
  }

  /** A host asks drivers, at these endpoints, each by the identity of its class. */
  void setProber(String host, SortedMap<Fingerprint, String> endpoints, long now) {
    leave(host, hosts.put(host, endpoints));
    endpoints.forEach(
        (of, endpoint) ->
            classes.find(of).ifPresent(asked -> asked.addProber(host, endpoint, now)));
  }

  /** A host does not ask drivers any more. */
  void removeProber(String host) {
    leave(host, hosts.remove(host));
  }

  private void leave(String host, Set<Fingerprint> asked) {
    asked.forEach(of -> classes.find(of).ifPresent(c -> c.removeProber(host)));
  }

  /** Takes up what was answered before the start; false where nobody needs it any more. */
  boolean restoreAnswer(ProbePair id, String host) {
    Optional<AskedPair> pair = classes.find(id);
    pair.ifPresent(
        known -> {
          known.answered.add(host);
          if (known.isSettled()) {
            classes.of(known).forget(known);
          }
        });
    return pair.isPresent();
  }

  /** The answer of a host counts no more: another one is asked. */
  void withdrawAnswer(ProbePair id, String host, long now) {
    classes
        .find(id)
        .ifPresent(
            pair -> {
              boolean atRest = pair.isAtRest();
              if (pair.answered.remove(host) && atRest) {
                classes.of(pair).await(pair, now);
              }
            });
  }

  /** Takes up a host that told nothing before the start; false where nobody needs it any more. */
  boolean restoreTried(ProbePair id, String host) {
    Optional<AskedPair> pair = classes.find(id);
    pair.ifPresent(known -> known.tried.add(host));
    return pair.isPresent();
  }

  /** Takes up a question that was asked before the start; false where nobody needs it any more. */
  boolean restoreOpen(ProbePair id, AskedPair.Open asked) {
    Optional<AskedPair> pair = classes.find(id);
    pair.ifPresent(
        known -> {
          classes.of(known).forget(known);
          hold(known, asked);
        });
    return pair.isPresent();
  }

  private void hold(AskedPair pair, AskedPair.Open asked) {
    pair.open = Optional.of(asked);
    open.put(pair.id, pair);
    hosts.hold(asked.host());
    count();
  }

  private void release(AskedPair pair) {
    pair.open.ifPresent(asked -> hosts.release(asked.host()));
    pair.open = Optional.empty();
    open.remove(pair.id);
    count();
  }

  /** True where there is something to do at that time. */
  boolean hasWork(long now) {
    return !open.isEmpty() || classes.haveWork(now);
  }

  /** The questions to be asked now, which are open from now on. */
  Turn next(long now) {
    List<ProbePair> expired = expire(now);
    List<Question> questions = new ArrayList<>();
    for (AskedClass of : classes.inTurn()) {
      Optional<Question> question = hasRoom(questions) ? next(of, now) : Optional.empty();
      while (question.isPresent()) {
        questions.add(question.get());
        question = hasRoom(questions) ? next(of, now) : Optional.empty();
      }
    }
    return new Turn(expired, questions);
  }

  private boolean hasRoom(List<Question> questions) {
    return questions.size() < limits.perTick() && open.size() < limits.open();
  }

  private Optional<Question> next(AskedClass of, long now) {
    Optional<AskedPair> due = of.poll(now);
    if (due.isEmpty()) {
      return Optional.empty();
    }
    AskedPair pair = due.get();
    Optional<String> host = of.host(pair, name -> hosts.isFree(name, now));
    if (host.isEmpty()) {
      of.await(pair, now + NO_HOST_MILLIS);
      return Optional.empty();
    }
    return Optional.of(ask(of, pair, host.get(), now));
  }

  private Question ask(AskedClass of, AskedPair pair, String host, long now) {
    long expiresAt = now + limits.timeLimit().toMillis();
    long number = nextNumber++;
    hold(pair, new AskedPair.Open(host, number, expiresAt));
    hosts.asked(host, now);
    return new Question(pair.id, pair.text, of.side, host, of.endpoint(host), number, expiresAt);
  }

  /** Questions that nobody waits for any more: their hosts are left alone for a while. */
  private List<ProbePair> expire(long now) {
    List<ProbePair> expired = new ArrayList<>();
    for (AskedPair pair : List.copyOf(open.values())) {
      AskedPair.Open asked = pair.open.orElseThrow();
      if (asked.expiresAt() + limits.patience().toMillis() > now) {
        break;
      }
      hosts.failed(asked.host(), now);
      again(pair, asked.host(), now);
      expired.add(pair.id);
    }
    return expired;
  }

  /**
   * Takes what came of a question; false where that question is not open at that host: then it
   * changes nothing, so a result counts once, however often it comes.
   *
   * @param conclusive whether the driver has said yes or no
   */
  boolean take(ProbePair id, String host, long number, boolean conclusive, long now) {
    Optional<AskedPair> found =
        classes
            .find(id)
            .filter(
                pair ->
                    pair.open
                        .filter(asked -> asked.host().equals(host) && asked.number() == number)
                        .isPresent());
    found.ifPresent(pair -> take(pair, host, conclusive, now));
    return found.isPresent();
  }

  private void take(AskedPair pair, String host, boolean conclusive, long now) {
    hosts.succeeded(host);
    if (!conclusive) {
      again(pair, host, now);
      return;
    }
    release(pair);
    pair.answered.add(host);
    pair.attempts = 0;
    if (!pair.isSettled()) {
      classes.of(pair).await(pair, now);
    }
  }

  /** Later and elsewhere. */
  private void again(AskedPair pair, String host, long now) {
    release(pair);
    pair.tried.add(host);
    pair.attempts++;
    classes.of(pair).await(pair, now + limits.backoff(pair.attempts));
  }

  /** The number that the next question gets. */
  long nextNumber() {
    return nextNumber;
  }

  private void count() {
    counts = new Counts(classes.pairs(), open.size(), classes.refused());
  }

  Counts counts() {
    return counts;
  }
}
