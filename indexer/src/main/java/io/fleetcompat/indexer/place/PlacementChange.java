package io.fleetcompat.indexer.place;

import io.fleetcompat.indexer.change.ChangedValues;
import io.fleetcompat.indexer.change.NewChange;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostExtent;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProblemEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The change of a host between two of its placements, but for its endpoints. What is the same costs
 * a comparison. Pure.
 */
final class PlacementChange {

  private final Placement before;
  private final Placement after;
  private final NewChange change = new NewChange();

  private PlacementChange(Placement before, Placement after) {
    this.before = before;
    this.after = after;
  }

  static NewChange between(Placement before, Placement after) {
    PlacementChange between = new PlacementChange(before, after);
    between.liveness();
    between.kernel();
    between.labels();
    between.claims();
    between.reading();
    between.findings();
    return between.change;
  }

  private void liveness() {
    if (before.getLiveness() != after.getLiveness()) {
      change
          .value(
              "liveness",
              Optional.of(before.getLiveness().name()),
              Optional.of(after.getLiveness().name()))
          .cause(
              switch (after.getLiveness()) {
                case FRESH -> ChangeCause.HOST_BACK;
                case STALE -> ChangeCause.HOST_STALE;
                case LOST -> ChangeCause.HOST_LOST;
              });
    }
  }

  private void kernel() {
    Optional<String> from = Optional.ofNullable(before.getKernel());
    Optional<String> to = Optional.ofNullable(after.getKernel());
    if (!from.equals(to)) {
      change.value("kernel", from, to).cause(SoftwareChange.upgradeIfKnown(from, to));
    }
  }

  private void labels() {
    String wasNamed = PlacementRecord.poolLabel(before);
    String isNamed = PlacementRecord.poolLabel(after);
    Optional<String> from = PlacementRecord.pool(before);
    Optional<String> to = PlacementRecord.pool(after);
    if (!from.equals(to) || !wasNamed.equals(isNamed)) {
      change
          .value("pool", from, to)
          .value("pool-label", Optional.of(wasNamed), Optional.of(isNamed))
          .cause(ChangeCause.POOL_CHANGED);
    }
    Map<String, String> had = new TreeMap<>(before.getLabels());
    Map<String, String> has = new TreeMap<>(after.getLabels());
    if (!from.equals(to) && wasNamed.equals(isNamed)) {
      had.remove(isNamed);
      has.remove(isNamed);
    }
    add(ChangeCause.LABEL_CHANGED, ChangedValues.between("label/", had, has));
  }

  private void add(ChangeCause cause, List<ChangedValue> differing) {
    if (!differing.isEmpty()) {
      change.values(differing).cause(cause);
    }
  }

  private void claims() {
    if (!before.getClaims().equals(after.getClaims())) {
      add(
          ChangeCause.CLAIM_CHANGED,
          ChangedValues.between("claim/", claims(before.getClaims()), claims(after.getClaims())));
    }
  }

  private static Map<String, String> claims(Map<String, Boolean> claims) {
    Map<String, String> words = new TreeMap<>();
    claims.forEach((name, claim) -> words.put(name, claim ? "migratable" : "not migratable"));
    return words;
  }

  private void reading() {
    if (!before.getFunctions().equals(after.getFunctions())
        || !functionProfile(before).equals(functionProfile(after))) {
      change
          .value(
              "functions",
              without(before.getFunctions(), after.getFunctions()),
              without(after.getFunctions(), before.getFunctions()))
          .cause(ChangeCause.READING_CHANGED);
    }
    if (!before.getProblems().equals(after.getProblems())) {
      change
          .values(
              ChangedValues.between(
                  "problem/", problems(before.getProblems()), problems(after.getProblems())))
          .cause(ChangeCause.READING_CHANGED);
    }
    if (!before.getExtent().equals(after.getExtent())) {
      change
          .values(
              ChangedValues.between("extent/", words(before.getExtent()), words(after.getExtent())))
          .cause(ChangeCause.READING_CHANGED);
    }
  }

  private static Optional<FingerprintBytes> functionProfile(Placement placement) {
    int index = placement.getFunctionProfile();
    return index < 0 ? Optional.empty() : Optional.of(placement.getProfiles().get(index));
  }

  private void findings() {
    if (!before.getFindings().equals(after.getFindings())) {
      change
          .value("findings", words(before.getFindings()), words(after.getFindings()))
          .cause(ChangeCause.HOST_FINDING);
    }
  }

  private static Optional<String> words(List<String> findings) {
    return Optional.of(String.join(", ", findings)).filter(words -> !words.isEmpty());
  }

  /** Functions that only the first has: there may be thousands that both have. */
  private static Optional<String> without(List<String> functions, List<String> others) {
    TreeSet<String> rest = new TreeSet<>(functions);
    rest.removeAll(new HashSet<>(others));
    return rest.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rest));
  }

  private static Map<String, String> problems(List<ProblemEntry> problems) {
    Map<String, String> byPath = new TreeMap<>();
    for (ProblemEntry problem : problems) {
      byPath.merge(
          problem.getPath(),
          problem.getCode() + ": " + problem.getDetail(),
          (one, other) -> one + "; " + other);
    }
    return byPath;
  }

  private static Map<String, String> words(HostExtent extent) {
    Map<String, String> words = new TreeMap<>();
    extent.getIncomplete().forEach((parent, why) -> words.put("incomplete/" + parent, why));
    extent
        .getSupportedSince()
        .forEach(
            (function, since) ->
                words.put("supported-since/" + function, Instant.ofEpochMilli(since).toString()));
    words.put("refused", String.valueOf(extent.getRefused()));
    return words;
  }
}
