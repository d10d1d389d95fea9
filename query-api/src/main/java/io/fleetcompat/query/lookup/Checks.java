package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Overridden;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.settings.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The check of whether a device may go to a place. Any thread.
 *
 * @param <V> the form that verdicts have in answers
 */
public final class Checks<V> {

  /** Pairs of one question for which the names are looked for that were meant. */
  private static final int MOST_SUGGESTED = 5;

  /** Longest part of a name that a detail quotes, in characters. */
  private static final int MAX_QUOTED = 120;

  private static final int OUTCOMES_PER_CHECK = 256;

  private final PairVerdicts<V> verdicts;
  private final Sightings sightings;

  public Checks(PairVerdicts<V> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /**
   * The answer.
   *
   * @param silent the verdict where the silence of a host changed that of the pair
   */
  public record Check<V>(
      IndexedEndpoint source,
      IndexedEndpoint destination,
      PairVerdict<V> pair,
      Optional<Verdict> silent,
      Sighting sourceSeen,
      Sighting destinationSeen) {}

  /**
   * The answer where the host of the destination has no endpoint to check the source against.
   *
   * @param pair what is to be said of it
   */
  public record Unmatched<V>(
      IndexedEndpoint source,
      String destinationHost,
      PairVerdict<V> pair,
      Sighting sourceSeen,
      Sighting destinationSeen) {}

  /**
   * A check with every rule that was applied.
   *
   * @param overridden what would be reasons if operators had not turned the rules off
   * @param satisfied the rules that are met, where the profiles are COMPATIBLE
   */
  public record Explanation<V>(
      Check<V> check,
      List<Reason> reasons,
      List<Overridden> overridden,
      List<Satisfied> satisfied) {}

  /** Two endpoints that are named. */
  public record Pair(EndpointReference source, EndpointReference destination) {}

  /** The answer to one of many pairs. */
  public sealed interface Result<V> {

    Pair pair();

    record Checked<V>(Pair pair, Check<V> check) implements Result<V> {}

    /**
     * A pair of which an endpoint is not in the index.
     *
     * @param verdict an UNKNOWN that says which; INCOMPATIBLE for a type that is not offered
     */
    record NotIndexed<V>(Pair pair, PairVerdict<V> verdict) implements Result<V> {}
  }

  /** The overrides that count now. */
  public ViewOverrides overrides(IndexView view) {
    return ViewOverrides.of(view, sightings.now());
  }

  public Check<V> check(IndexView view, IndexedEndpoint source, IndexedEndpoint destination) {
    return check(overrides(view), source, destination);
  }

  private Check<V> check(
      ViewOverrides overrides, IndexedEndpoint source, IndexedEndpoint destination) {
    PairVerdict<V> pair = verdicts.of(overrides, source, destination);
    long now = sightings.now();
    Sighting from = sightings.of(source.host(), now);
    Sighting to = sightings.of(destination.host(), now);
    Silence silence = new Silence(source, from, destination, to);
    Optional<Verdict> silent =
        silence.changes(pair.outcome())
            ? Optional.of(silence.changed(judge(overrides, source, destination)))
            : Optional.empty();
    return new Check<>(source, destination, pair, silent, from, to);
  }

  /** The verdict of a check with all its reasons, judged anew. */
  Verdict verdict(ViewOverrides overrides, Check<?> check) {
    return check.silent().orElseGet(() -> judge(overrides, check.source(), check.destination()));
  }

  private Verdict judge(
      ViewOverrides overrides, IndexedEndpoint source, IndexedEndpoint destination) {
    Verdict verdict = verdicts.judge(overrides, source, destination).verdict();
    return verdict.withValues(source.dynamic());
  }

  /** The answers to many pairs, in their order. */
  public List<Result<V>> check(IndexView view, List<Pair> pairs, Deadline deadline) {
    List<Result<V>> results = new ArrayList<>(pairs.size());
    ViewOverrides overrides = overrides(view);
    int missing = 0;
    for (Pair pair : pairs) {
      deadline.check();
      Result<V> result = check(overrides, pair, missing < MOST_SUGGESTED);
      missing += result instanceof Result.NotIndexed ? 1 : 0;
      results.add(result);
    }
    return results;
  }

  /** Whoever is told outcomes, one after another. */
  public interface Outcomes {
    /**
     * @param destination in its normal spelling
     * @param capacity {@link CandidateKey#NO_CAPACITY} where there is none
     * @param use of a device that exists
     */
    void add(String destination, Outcome outcome, int capacity, Optional<Use> use);
  }

  /** Tells the outcomes of checks of one source, in the order of the destinations. */
  public void outcomes(
      IndexView view,
      IndexedEndpoint source,
      List<EndpointReference> destinations,
      Outcomes told,
      Deadline deadline) {
    SourceOutcomes outcomes = new SourceOutcomes(overrides(view), source, verdicts, sightings);
    int asked = 0;
    for (EndpointReference destination : destinations) {
      if (asked++ % OUTCOMES_PER_CHECK == 0) {
        deadline.check();
      }
      Found there = Found.find(view, destination);
      if (there instanceof Found.Endpoint(IndexedEndpoint to)) {
        told.add(to.spelledAs(destination), outcomes.of(to), to.capacity(), outcomes.use(to));
      } else {
        told.add(
            destination.spelled(),
            absent(view, source, there),
            CandidateKey.NO_CAPACITY,
            Optional.empty());
      }
    }
  }

  /** The outcome for a destination that is not there: a no where a device does not offer it. */
  private static Outcome absent(IndexView view, IndexedEndpoint source, Found destination) {
    boolean refused =
        destination instanceof Found.NoEndpoint there
            && there.hidden().isEmpty()
            && NotOffered.byParent(view, source, there).isPresent();
    return refused ? Outcome.INCOMPATIBLE : Outcome.UNKNOWN;
  }

  /**
   * @param suggests whether what was meant is looked for, where something is not found
   */
  private Result<V> check(ViewOverrides overrides, Pair pair, boolean suggests) {
    IndexView view = overrides.view();
    Found source = Found.find(view, pair.source());
    Found destination = Found.find(view, pair.destination());
    if (source instanceof Found.Endpoint(IndexedEndpoint from)
        && destination instanceof Found.Endpoint(IndexedEndpoint to)) {
      return new Result.Checked<>(pair, check(overrides, from, to));
    }
    if (source instanceof Found.Endpoint(IndexedEndpoint from)
        && destination instanceof Found.NoEndpoint there) {
      Optional<PairVerdict<V>> verdict = verdict(view, from, there);
      if (verdict.isPresent()) {
        return new Result.NotIndexed<>(pair, verdict.get());
      }
    }
    String missing =
        missing("source", source)
            + meant(view, source, suggests)
            + missing("destination", destination)
            + meant(view, destination, suggests);
    return new Result.NotIndexed<>(pair, verdicts.notIndexed(missing.strip()));
  }

  /**
   * The answer to a device and an endpoint that a host is not known to have, or a type that a
   * device of the host is known not to offer. Empty where the endpoint is there, and where nothing
   * else is.
   */
  public Optional<Unmatched<V>> unmatched(
      IndexView view, IndexedEndpoint source, Found destination) {
    return destination instanceof Found.NoEndpoint there
        ? verdict(view, source, there)
            .map(verdict -> unmatched(view, source, there.host(), verdict))
        : Optional.empty();
  }

  private Optional<PairVerdict<V>> verdict(
      IndexView view, IndexedEndpoint source, Found.NoEndpoint there) {
    return there.hidden().isPresent()
        ? Optional.of(verdicts.notIndexed(missing("destination", there).strip()))
        : NotOffered.byParent(view, source, there).map(verdicts::of);
  }

  /**
   * The answer to a device and a host that offers nothing like it: what it offers instead. It is
   * UNKNOWN where the host may offer it all the same.
   */
  public Unmatched<V> notOffered(IndexView view, IndexedEndpoint source, String hostName) {
    Host host = Objects.requireNonNull(view.fleet().find(hostName));
    return unmatched(view, source, hostName, verdicts.of(NotOffered.verdict(view, source, host)));
  }

  private Unmatched<V> unmatched(
      IndexView view, IndexedEndpoint source, String hostName, PairVerdict<V> verdict) {
    long now = sightings.now();
    Host host = Objects.requireNonNull(view.fleet().find(hostName));
    return new Unmatched<>(
        source, hostName, verdict, sightings.of(source.host(), now), sightings.of(host, now));
  }

  private static String meant(IndexView view, Found found, boolean suggests) {
    String question = suggests ? Nearest.question(Suggestions.of(view, found)) : "";
    return question.isEmpty() ? "" : question.substring(1);
  }

  private static String missing(String side, Found found) {
    return switch (found) {
      case Found.Endpoint endpoint -> "";
      case Found.Ambiguous(String asked, List<String> names) ->
          " the %s %s may be any of %d;".formatted(side, quote(asked), names.size());
      case Found.NoHost(String host) ->
          " the " + side + " host " + quote(host) + " is not in the index;";
      case Found.NoEndpoint(String host, String endpoint, Optional<String> hidden) ->
          " the %s host %s has no endpoint %s in the index%s;"
              .formatted(
                  side,
                  quote(host),
                  quote(endpoint),
                  hidden.map(why -> ", which may be there all the same: " + why).orElse(""));
    };
  }

  private static String quote(String text) {
    return Quoted.of(text, MAX_QUOTED);
  }

  /** The same as a check, with every rule that was applied. */
  public Explanation<V> explain(
      IndexView view, IndexedEndpoint source, IndexedEndpoint destination) {
    ViewOverrides overrides = overrides(view);
    Check<V> check = check(overrides, source, destination);
    boolean compatible = check.pair().outcome() == Outcome.COMPATIBLE;
    Verdict verdict = verdict(overrides, check).on(source.hostName(), destination.hostName());
    return new Explanation<>(
        check,
        verdict.reasons(),
        verdict.overridden(),
        compatible ? satisfied(view, source, destination) : List.of());
  }

  /** The profile of an endpoint; empty where its content is not known. */
  public static Optional<Profile> profile(IndexView view, IndexedEndpoint endpoint) {
    return Optional.ofNullable(view.matrix().profile(endpoint.slot())).map(ProfileEntry::profile);
  }

  /**
   * The rules that two endpoints satisfy; empty where their profiles or the rules are not known.
   */
  private static List<Satisfied> satisfied(
      IndexView view, IndexedEndpoint source, IndexedEndpoint destination) {
    Optional<Profile> from = profile(view, source);
    Optional<Profile> to = profile(view, destination);
    return from.isPresent()
            && to.isPresent()
            && view.matrix().judgement() instanceof Judgement.Known known
        ? known.judge().explain(from.get(), to.get(), view.drivers()).satisfied()
        : List.of();
  }
}
