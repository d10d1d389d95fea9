package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.IndexerMetrics.QuestionState;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.InconclusiveProbe;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProberEndpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whoever asks drivers, while the task runs: the sides of the profiles that live, the hosts that
 * can be asked, what is open and what was answered, taken up from the stores. Each change goes into
 * the stores and the topics in one transaction, so a restart asks nothing twice and loses no
 * answer. One stream thread; the counts are read by any.
 */
final class ProbeTask {

  /** Most questions in one tick of which answers are taken back; the others follow in the next. */
  private static final int MAX_WITHDRAWN_PER_TICK = 1000;

  private final ProbeLimits limits;
  private final ProbeStores stores;
  private final ProbeSinks sinks;
  private final IndexerMetrics metrics;
  private final ProbeSchedule schedule;
  private final Map<Fingerprint, ProbeSide> sides = new HashMap<>();

  /** The profiles that have each side, by the identity of its class. */
  private final Map<Fingerprint, Set<Fingerprint>> profilesOf = new HashMap<>();

  /** The endpoints of each host that asks drivers, by profile. */
  private final Map<String, Prober> probers = new HashMap<>();

  /** Stored answers that nobody needs any more; they go when something may be sent. */
  private final List<ProbePair> notNeeded = new ArrayList<>();

  private final TrustedAnswers trusted;

  private ProbeTask(
      ProbeLimits limits,
      boolean marked,
      ProbeStores stores,
      ProbeSinks sinks,
      IndexerMetrics metrics,
      long now) {
    this.trusted = new TrustedAnswers(marked);
    this.limits = limits;
    this.stores = stores;
    this.sinks = sinks;
    this.metrics = metrics;
    // Where the number is lost, the time is greater than any: one is given for each question.
    this.schedule = new ProbeSchedule(limits, stores.nextNumber().orElse(now));
  }

  /**
   * Takes up what is stored.
   *
   * @param marked true where answers without the mark of their host's key do not count
   */
  static ProbeTask load(
      ProbeLimits limits,
      boolean marked,
      ProbeStores stores,
      ProbeSinks sinks,
      IndexerMetrics metrics,
      long now) {
    ProbeTask task = new ProbeTask(limits, marked, stores, sinks, metrics, now);
    stores.forEachProfile((id, canonical) -> task.appear(id, side(canonical), now));
    stores.forEachProber((host, prober) -> task.appear(host, prober, now));
    stores.forEachVerdict(task::restore);
    stores.forEachInconclusive(task::restoreInconclusive);
    TreeMap<Long, Runnable> open = new TreeMap<>(Comparator.naturalOrder());
    stores.forEachOpen(
        (pair, request) -> open.put(request.getNumber(), () -> task.restore(pair, request)));
    open.values().forEach(Runnable::run);
    return task;
  }

  /** A stored profile that this version does not accept leads to no questions. */
  private static Optional<ProbeSide> side(String canonical) {
    try {
      return Profile.parse(canonical).probeSide();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void restore(ProbePair pair, ProbedPair verdict) {
    boolean needed = true;
    for (ProbedAnswer answer : verdict.getAnswers()) {
      needed &= schedule.restoreAnswer(pair, answer.getHost());
    }
    trusted.answered(pair, verdict);
    if (!needed) {
      notNeeded.add(pair);
    }
  }

  /** Takes up answers as they were told, unless there are others since they were lost. */
  void restore(ProbePair pair, Optional<ProbedPair> verdict) {
    if (stores.verdict(pair).isEmpty()) {
      if (verdict.filter(told -> !told.getAnswers().isEmpty()).isPresent()) {
        stores.putVerdict(pair, verdict.get());
        restore(pair, verdict.get());
      } else {
        stores.removeVerdict(pair);
      }
    }
  }

  private void restoreInconclusive(ProbePair pair, ProbedPair verdict) {
    InconclusiveProbe inVain = verdict.getInconclusive();
    if (inVain != null && !schedule.restoreTried(pair, inVain.getHost())) {
      notNeeded.add(pair);
    }
  }

  private void restore(ProbePair pair, ProbeRequest request) {
    if (!schedule.restoreOpen(pair, ProbeRecords.open(request))) {
      notNeeded.add(pair);
    }
  }

  /**
   * A profile has come, or is gone.
   *
   * @param canonical its content; empty where it is gone
   */
  void profile(Fingerprint id, Optional<String> canonical, long now) {
    Optional<ProbeSide> side = canonical.flatMap(ProbeTask::side);
    if (side.isPresent()) {
      stores.putProfile(id, canonical.orElseThrow());
      appear(id, side, now);
    } else {
      disappear(id, now);
    }
  }

  private void appear(Fingerprint id, Optional<ProbeSide> found, long now) {
    if (found.isEmpty() || sides.putIfAbsent(id, found.get()) != null) {
      return;
    }
    ProbeSide side = found.get();
    profilesOf.computeIfAbsent(side.destination(), _ -> new HashSet<>()).add(id);
    schedule.add(side, now);
    // Hosts may have been told of before the profile was.
    probers.forEach(
        (host, prober) -> {
          if (prober.getEndpoints().stream().anyMatch(e -> id(e).equals(id))) {
            schedule.setProber(host, endpoints(prober), now);
          }
        });
  }

  private void disappear(Fingerprint id, long now) {
    ProbeSide side = sides.remove(id);
    if (side == null) {
      return;
    }
    stores.removeProfile(id);
    Set<Fingerprint> profiles = profilesOf.getOrDefault(side.destination(), new HashSet<>());
    profiles.remove(id);
    if (profiles.isEmpty()) {
      profilesOf.remove(side.destination());
      schedule.remove(side, now).forEach(this::forget);
    }
  }

  private void forget(ProbePair pair) {
    stores.removeOpen(pair);
    forgetAnswers(pair);
  }

  private void forgetAnswers(ProbePair pair) {
    stores.told(pair).ifPresent(before -> sinks.forget(pair, before));
    stores.removeVerdict(pair);
    trusted.forget(pair);
  }

  /** Takes back the answers to a question that are not trusted any more; others are asked. */
  private void withdraw(ProbePair pair, long now) {
    Optional<byte[]> told = stores.told(pair);
    if (told.isEmpty()) {
      return;
    }
    ProbedPair before = ProbeStores.decode(told.get());
    ProbedPair after = ProbeRecords.trusted(before, trusted::isTrusted);
    List<ProbedAnswer> gone = new ArrayList<>(before.getAnswers());
    gone.removeAll(after.getAnswers());
    if (gone.isEmpty()) {
      return;
    }
    if (after.getAnswers().isEmpty()) {
      forgetAnswers(pair);
    } else {
      sinks.verdict(pair, told, stores.putVerdict(pair, after));
      trusted.answered(pair, after);
    }
    for (ProbedAnswer answer : gone) {
      metrics.probe(QuestionState.WITHDRAWN);
      schedule.withdrawAnswer(pair, answer.getHost(), now);
    }
  }

  /** The answers of a host that count from now on, by the generation of the key that marks them. */
  Generations accepted(String host) {
    return trusted.accepted(host);
  }

  /**
   * A host asks drivers, or does not any more.
   *
   * @param prober empty where it does not
   */
  void prober(String host, Optional<Prober> prober, long now) {
    if (prober.isEmpty()) {
      probers.remove(host);
      trusted.key(host, Optional.empty());
      stores.removeProber(host);
      schedule.removeProber(host);
    } else {
      stores.putProber(host, Codecs.PROBER.encode(prober.get()));
      appear(host, prober.get(), now);
    }
  }

  private void appear(String host, Prober prober, long now) {
    probers.put(host, prober);
    trusted.key(host, Optional.ofNullable(prober.getKey()));
    schedule.setProber(host, endpoints(prober), now);
  }

  private SortedMap<Fingerprint, String> endpoints(Prober prober) {
    SortedMap<Fingerprint, String> endpoints = new TreeMap<>();
    for (ProberEndpoint endpoint : prober.getEndpoints()) {
      Optional.ofNullable(sides.get(id(endpoint)))
          .ifPresent(side -> endpoints.putIfAbsent(side.destination(), endpoint.getEndpoint()));
    }
    return endpoints;
  }

  private static Fingerprint id(ProberEndpoint endpoint) {
    return Fingerprint.of(endpoint.getProfile().bytes());
  }

  /**
   * A result counts if it is of a question that is open at that host, and not else.
   *
   * @param generation of the key that marks it; 0 where nobody asks for marks
   */
  void result(ProbePair pair, ProbeResult result, int generation, long now) {
    boolean conclusive = result.getOutcome() != ProbeOutcomeKind.INCONCLUSIVE;
    Optional<ProbeSide> asked = destination(pair);
    if (asked.isEmpty()
        || !trusted.mayAnswer(result.getHost())
        || !schedule.take(pair, result.getHost(), result.getNumber(), conclusive, now)) {
      metrics.probe(QuestionState.IGNORED);
      return;
    }
    metrics.probe(ProbeRecords.state(result.getOutcome()));
    Optional<String> question = stores.open(pair).map(ProbeRequest::getText);
    stores.removeOpen(pair);
    if (question.isEmpty()) {
      return; // nobody knows what was asked; it is asked again
    }
    String text = question.get();
    if (conclusive) {
      ProbedPair verdict =
          ProbeRecords.answered(stores.verdict(pair), text, asked.get(), result, generation);
      Optional<byte[]> before = stores.told(pair);
      sinks.verdict(pair, before, stores.putVerdict(pair, verdict));
      trusted.answered(pair, verdict);
    } else {
      keep(pair, text, asked.get(), ProbeRecords.inconclusive(result));
    }
  }

  /** Nobody may believe that no host was asked. */
  private void keep(ProbePair pair, String text, ProbeSide asked, InconclusiveProbe inVain) {
    ProbedPair verdict = ProbeRecords.inconclusive(stores.verdict(pair), text, asked, inVain);
    Optional<byte[]> before = stores.told(pair);
    sinks.verdict(pair, before, stores.putInconclusive(pair, verdict));
  }

  private Optional<ProbeSide> destination(ProbePair pair) {
    return profilesOf.getOrDefault(pair.destination(), Set.of()).stream()
        .findFirst()
        .map(sides::get);
  }

  /** Asks what is to be asked now. */
  void tick(long now) {
    notNeeded.forEach(this::forget);
    notNeeded.clear();
    trusted.takeDoubted(MAX_WITHDRAWN_PER_TICK).forEach(pair -> withdraw(pair, now));
    ProbeSchedule.Turn turn = schedule.next(now);
    for (ProbePair expired : turn.expired()) {
      metrics.probe(QuestionState.EXPIRED);
      expire(expired);
    }
    for (Question question : turn.questions()) {
      metrics.probe(QuestionState.ASKED);
      sinks.request(
          question.host(), stores.putOpen(question.pair(), ProbeRecords.request(question)));
    }
    if (!turn.questions().isEmpty()) {
      stores.putNextNumber(schedule.nextNumber());
    }
  }

  private void expire(ProbePair pair) {
    Optional<ProbeRequest> request = stores.open(pair);
    stores.removeOpen(pair);
    Optional<ProbeSide> asked = destination(pair);
    if (request.isPresent() && asked.isPresent()) {
      ProbeRequest lost = request.get();
      keep(pair, lost.getText(), asked.get(), ProbeRecords.inconclusive(lost, limits));
    }
  }

  /** True where a tick would do something. */
  boolean hasWork(long now) {
    return !notNeeded.isEmpty() || trusted.hasDoubted() || schedule.hasWork(now);
  }

  ProbeSchedule.Counts counts() {
    return schedule.counts();
  }
}
