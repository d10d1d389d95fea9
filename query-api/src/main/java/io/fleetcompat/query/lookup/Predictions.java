package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.AbsentDestination;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.lookup.Prediction.PredictedSide;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import io.fleetcompat.query.replica.LastSeen.Vouching;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.schemas.avro.Liveness;
import java.util.List;
import java.util.Optional;

/**
 * The predictions of a view: what {@code /v1/check} answers for a pair, with every rule that was
 * applied. The view may be of the past. Any thread.
 */
public final class Predictions {

  /** Longest part of a name that an answer quotes, in characters. */
  private static final int MAX_QUOTED = 120;

  private final IndexView view;
  private final Sightings sightings;
  private final PairVerdicts<?> verdicts;

  /**
   * @param sightings of the time of the view
   */
  public Predictions(IndexView view, Sightings sightings, PairVerdicts<?> verdicts) {
    this.view = view;
    this.sightings = sightings;
    this.verdicts = verdicts;
  }

  /**
   * One side of a migration.
   *
   * @param profile the profile that its endpoint had, where the caller knows it: then the endpoint
   *     need not be there, and that its host is silent now changes nothing
   */
  public record Side(EndpointReference reference, Optional<Fingerprint> profile) {}

  /** A host whose profile is told: its silence now says nothing of then. */
  private static final Sighting HEARD =
      new Sighting(Sightings.NOT_KNOWN, 0, 0, Vouching.VOUCHED, Liveness.FRESH);

  /** The sides whose profile the caller knows. */
  private record Heard(boolean sourceIsTold, boolean destinationIsTold) {}

  /** A side that is found, or why it is not. */
  private sealed interface Located {

    record At(IndexedEndpoint endpoint) implements Located {}

    record OnHost(Host host) implements Located {}

    /** Nobody knows whether the endpoint is there. */
    record Hidden(String why) implements Located {}

    record Nowhere(String why) implements Located {}
  }

  /**
   * The prediction for a pair.
   *
   * @param source an endpoint
   * @param destination an endpoint, or a host alone: then that endpoint of it which fits best
   */
  public Prediction of(Side source, Side destination) {
    Located from = locate("source", source);
    Located to = locate("destination", destination);
    if (from instanceof Located.Nowhere(String why)) {
      return new Prediction.Missing(why);
    }
    if (to instanceof Located.Nowhere(String why)) {
      return new Prediction.Missing(why);
    }
    if (!(from instanceof Located.At(IndexedEndpoint device))) {
      return new Prediction.Missing(
          from instanceof Located.Hidden(String why) ? why : "the source is a host alone");
    }
    Heard heard = new Heard(source.profile().isPresent(), destination.profile().isPresent());
    return switch (to) {
      case Located.At(IndexedEndpoint endpoint) -> pair(device, endpoint, heard);
      case Located.OnHost(Host host) -> onHost(device, host, heard);
      case Located.Hidden(String why) -> unmatched(device, AbsentDestination.unknown(why));
      case Located.Nowhere(String why) -> new Prediction.Missing(why);
    };
  }

  /**
   * The outcome for two profiles on hosts of no pool; empty where the index does not have both, or
   * has not judged them.
   */
  public Optional<Outcome> ofProfiles(Fingerprint source, Fingerprint destination) {
    int from = slot(source);
    int to = slot(destination);
    if (from < 0 || to < 0 || view.matrix().cell(from, to) == Cell.NOT_INDEXED) {
      return Optional.empty();
    }
    List<RuleOverride> without = overrides().find(from, Optional.empty(), to, Optional.empty());
    return Optional.of(verdicts.judge(view, from, to, without).verdict().outcome());
  }

  /** The slot of a profile whose content is known; -1 where there is none. */
  private int slot(Fingerprint profile) {
    int slot = view.matrix().ids().find(profile);
    return slot >= 0 && view.matrix().profile(slot) != null ? slot : -1;
  }

  private Prediction onHost(IndexedEndpoint source, Host host, Heard heard) {
    BestEndpoint search = new BestEndpoint(verdicts, sightings);
    return switch (search.find(overrides(), source, host.name())) {
      case BestEndpoint.Result.Best(IndexedEndpoint best) -> pair(source, best, heard);
      case BestEndpoint.Result.NotOffered _ ->
          unmatched(source, NotOffered.verdict(view, source, host));
      case BestEndpoint.Result.NoEndpoints _ ->
          new Prediction.Missing(
              "the destination host %s has no endpoint but the source".formatted(quote(host)));
      case BestEndpoint.Result.NoHost _ -> noHost("destination", host.name());
    };
  }

  private Prediction unmatched(IndexedEndpoint source, Verdict verdict) {
    return new Prediction.Made(verdict, view.ruleSet(), side(source), Optional.empty(), List.of());
  }

  private Prediction pair(IndexedEndpoint source, IndexedEndpoint destination, Heard heard) {
    Verdict judged = verdicts.judge(overrides(), source, destination).verdict();
    long now = sightings.now();
    Silence silence =
        new Silence(
            source,
            heard.sourceIsTold() ? HEARD : sightings.of(source.host(), now),
            destination,
            heard.destinationIsTold() ? HEARD : sightings.of(destination.host(), now));
    Verdict verdict = silence.changes(judged.outcome()) ? silence.changed(judged) : judged;
    PredictedSide from = side(source);
    PredictedSide to = side(destination);
    return new Prediction.Made(
        verdict, view.ruleSet(), from, Optional.of(to), satisfied(from.content(), to.content()));
  }

  private List<Satisfied> satisfied(Optional<Profile> from, Optional<Profile> to) {
    return from.isPresent()
            && to.isPresent()
            && view.matrix().judgement() instanceof Judgement.Known known
        ? known.judge().explain(from.get(), to.get(), view.drivers()).satisfied()
        : List.of();
  }

  private ViewOverrides overrides() {
    return ViewOverrides.of(view, sightings.now());
  }

  private PredictedSide side(IndexedEndpoint endpoint) {
    ProfileEntry entry = view.matrix().profile(endpoint.slot());
    return new PredictedSide(
        endpoint.fingerprint(view), Optional.ofNullable(entry).map(ProfileEntry::profile));
  }

  private Located locate(String what, Side side) {
    EndpointReference reference = side.reference();
    if (!(FoundHost.find(view, reference.host()) instanceof FoundHost.Known(Host host))) {
      return new Located.Nowhere(noHost(what, reference.host()).why());
    }
    if (side.profile().isPresent()) {
      int slot = slot(side.profile().get());
      return slot >= 0
          ? new Located.At(new IndexedEndpoint(host, reference.endpoint().orElse("?"), -1, slot))
          : new Located.Nowhere(
              "the %s's profile %s is not in the index".formatted(what, side.profile().get()));
    }
    if (reference.endpoint().isEmpty()) {
      return new Located.OnHost(host);
    }
    return switch (Found.find(view, reference)) {
      case Found.Endpoint(IndexedEndpoint endpoint) -> new Located.At(endpoint);
      case Found.NoHost(String name) -> new Located.Nowhere(noHost(what, name).why());
      case Found.Ambiguous(String asked, List<String> meant) ->
          new Located.Nowhere(
              "the %s %s may be any of %d"
                  .formatted(what, Quoted.of(asked, MAX_QUOTED), meant.size()));
      case Found.NoEndpoint(String name, String endpoint, Optional<String> hidden) -> {
        String missing =
            "the %s host %s has no endpoint %s in the index"
                .formatted(what, Quoted.of(name, MAX_QUOTED), Quoted.of(endpoint, MAX_QUOTED));
        yield hidden
            .<Located>map(
                why -> new Located.Hidden(missing + ", which may be there all the same: " + why))
            .orElseGet(() -> new Located.Nowhere(missing));
      }
    };
  }

  private static Prediction.Missing noHost(String what, String host) {
    return new Prediction.Missing(
        "the %s host %s is not in the index".formatted(what, Quoted.of(host, MAX_QUOTED)));
  }

  private static String quote(Host host) {
    return Quoted.of(host.name(), MAX_QUOTED);
  }
}
