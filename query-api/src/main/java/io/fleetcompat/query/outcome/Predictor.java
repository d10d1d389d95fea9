package io.fleetcompat.query.outcome;

import io.fleetcompat.query.history.HistoryException;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PastSightings;
import io.fleetcompat.query.lookup.Prediction;
import io.fleetcompat.query.lookup.Predictions;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.past.PastSnapshots.Answer;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.avro.PredictionBasis;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The search for what the index answered for a migration when it began. A device is gone from its
 * source once it has moved, so without the time, or the profiles, nobody can tell any more. Any
 * thread.
 */
public final class Predictor {

  private static final String HINT =
      "; tell when the migration began (at), to a process with a history, or the profiles that both"
          + " had (sourceProfile, destinationProfile)";

  private final Sightings sightings;
  private final Optional<PastSnapshots> past;
  private final Supplier<PairVerdicts<?>> verdicts;

  /**
   * @param past empty where this process keeps no history
   * @param verdicts makes caches of verdicts, for one view
   */
  public Predictor(
      Sightings sightings, Optional<PastSnapshots> past, Supplier<PairVerdicts<?>> verdicts) {
    this.sightings = sightings;
    this.past = past;
    this.verdicts = verdicts;
  }

  /** A prediction, and what it was made from. */
  public record Based(Prediction prediction, PredictionBasis basis) {}

  /** The prediction may be had later. */
  public static final class LaterException extends Exception {

    private static final long serialVersionUID = 1;

    LaterException(String why) {
      super(why);
    }
  }

  /**
   * The prediction for a migration.
   *
   * @throws LaterException where the history is behind
   * @throws InterruptedException where the process ends
   */
  public Based of(IndexView now, MigrationReport report)
      throws LaterException, InterruptedException {
    boolean bothAreTold =
        report.source().profile().isPresent() && report.destination().profile().isPresent();
    if (report.began().isPresent() && past.isPresent()) {
      return new Based(
          asOf(report.began().get(), past.get(), report), PredictionBasis.INDEX_OF_THEN);
    }
    if (report.began().isPresent() && !bothAreTold) {
      return new Based(
          new Prediction.Missing(
              "this process keeps no history, and the index of now may answer otherwise than that"
                  + " of then"
                  + HINT),
          PredictionBasis.INDEX_OF_REPORT);
    }
    return new Based(
        hinted(of(now, sightings, report)),
        bothAreTold ? PredictionBasis.PROFILES : PredictionBasis.INDEX_OF_REPORT);
  }

  private Prediction asOf(Instant time, PastSnapshots snapshots, MigrationReport report)
      throws LaterException, InterruptedException {
    try {
      return switch (snapshots.at(time)) {
        case Answer.Found(Snapshot snapshot) ->
            of(snapshot.view(), new PastSightings(snapshot.asOf()), report);
        case Answer.Ahead(Instant now) ->
            new Prediction.Missing("it began in the future: it is %s now".formatted(now));
        case Answer.TooOld(Instant since) ->
            new Prediction.Missing(
                "the index of then is not known: all changes are known since " + since);
        case Answer.NotBegun() -> throw new LaterException("the history has not begun yet");
        case Answer.Behind(String what) -> throw new LaterException(what);
      };
    } catch (HistoryException e) {
      throw new LaterException("the history cannot be read now");
    }
  }

  private Prediction of(IndexView view, Sightings then, MigrationReport report) {
    return new Predictions(view, then, verdicts.get()).of(report.source(), report.destination());
  }

  private static Prediction hinted(Prediction prediction) {
    return prediction instanceof Prediction.Missing(String why)
        ? new Prediction.Missing(why + HINT)
        : prediction;
  }
}
