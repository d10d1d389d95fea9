package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.ProbeAnswers;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The matrix as one view has it: all that verdicts follow from, apart from hosts. Whoever keeps
 * something that was made of it keeps this beside it, and never a whole view; as long as nothing of
 * it changes, all views have the same object. Immutable; any number of threads.
 *
 * @param ids the slot of every profile that was ever seen, shared by all views of a replica
 * @param profiles by slot: those whose content is known
 * @param rows by slot
 * @param judgement the rules under which the rows were judged, and how far
 * @param slots all slots of the view are below this
 * @param answers what drivers have answered
 */
public record MatrixImage(
    Dictionary<Fingerprint> ids,
    Chunks<ProfileEntry> profiles,
    Chunks<JudgedRow> rows,
    Judgement judgement,
    int slots,
    DriverAnswers answers) {

  /** Most profiles that a replica meets before it has to be started again. */
  static final int MAX_SLOTS = 1 << 22;

  static MatrixImage empty(Dictionary<Fingerprint> ids) {
    return new MatrixImage(
        ids, Chunks.empty(), Chunks.empty(), new Judgement.None(), 0, DriverAnswers.empty());
  }

  /** The same profiles and answers, judged by other rules, of which there are no rows. */
  MatrixImage judgedBy(Judgement withoutRows) {
    return new MatrixImage(ids, profiles, Chunks.empty(), withoutRows, slots, answers);
  }

  /** The answer of the matrix for a pair. */
  public enum Cell {
    COMPATIBLE,
    UNKNOWN,
    INCOMPATIBLE,
    NOT_INDEXED
  }

  /**
   * The answer of the matrix for a source and a destination profile: a bit test. The bit stands in
   * the row of the one with the greater number, which was judged later. Where it says that nothing
   * is known, a driver may have answered since.
   */
  public Cell cell(int source, int destination) {
    ProfileEntry from = profiles.get(source);
    ProfileEntry to = profiles.get(destination);
    if (from == null
        || to == null
        || !(judgement instanceof Judgement.Known rules)
        || !isJudged(from)
        || !isJudged(to)) {
      return Cell.NOT_INDEXED;
    }
    if (rules.isWithoutRows()) {
      return cell(rules.judge().outcome(from.profile(), to.profile(), answers));
    }
    boolean sourceIsLater = from.number() >= to.number();
    JudgedRow row = rowOf(sourceIsLater ? from : to);
    if (row == null) {
      return Cell.NOT_INDEXED;
    }
    JudgedNumbers verdicts = sourceIsLater ? row.to() : row.from();
    ProfileEntry earlier = sourceIsLater ? to : from;
    Cell judged = verdicts == null ? Cell.NOT_INDEXED : verdicts.cell(earlier.number());
    return judged == Cell.UNKNOWN && answer(source, destination).isPresent()
        ? cell(rules.judge().outcome(from.profile(), to.profile(), answers))
        : judged;
  }

  private static Cell cell(Outcome outcome) {
    return switch (outcome) {
      case COMPATIBLE -> Cell.COMPATIBLE;
      case UNKNOWN -> Cell.UNKNOWN;
      case INCOMPATIBLE -> Cell.INCOMPATIBLE;
    };
  }

  /** The answers of drivers to the question that a pair leads to; empty where there is none. */
  public Optional<ProbeVerdict> answer(int source, int destination) {
    ProfileEntry from = profiles.get(source);
    ProfileEntry to = profiles.get(destination);
    return from == null || to == null
        ? Optional.empty()
        : answers.find(from.profile(), to.profile());
  }

  /** The answers of drivers, for the judge. */
  public ProbeAnswers drivers() {
    return answers;
  }

  /** The cause why the cell of a pair is {@link Cell#NOT_INDEXED}. */
  public MissingVerdict missing(int source, int destination) {
    ProfileEntry from = profiles.get(source);
    ProfileEntry to = profiles.get(destination);
    if (!(judgement instanceof Judgement.Known)) {
      return new MissingVerdict.OtherRules(judgement);
    }
    if (from == null || !isJudged(from)) {
      return new MissingVerdict.NotJudged(source);
    }
    if (to == null || !isJudged(to)) {
      return new MissingVerdict.NotJudged(destination);
    }
    ProfileEntry later = from.number() >= to.number() ? from : to;
    return rowOf(later) == null
        ? new MissingVerdict.NoRow(later.slot())
        : new MissingVerdict.DamagedRow(later.slot());
  }

  /** True where the rows cover that profile. */
  private boolean isJudged(ProfileEntry profile) {
    return profile.number() < judgement.generation();
  }

  /** The row of that profile; null where it is not there, or of another number. */
  private @Nullable JudgedRow rowOf(ProfileEntry profile) {
    JudgedRow row = rows.get(profile.slot());
    return row == null || row.number() != profile.number() ? null : row;
  }

  /** True where the matrix covers the profile in that slot by our rules, and has its whole row. */
  boolean isComplete(int slot) {
    ProfileEntry profile = profiles.get(slot);
    if (profile == null || !(judgement instanceof Judgement.Known rules) || !isJudged(profile)) {
      return false;
    }
    if (rules.isWithoutRows()) {
      return true;
    }
    JudgedRow row = rowOf(profile);
    return row != null && row.from() != null;
  }

  /** The profile in that slot; null where its content is not known, or no longer. */
  public @Nullable ProfileEntry profile(int slot) {
    return profiles.get(slot);
  }

  /** The number of profiles whose content is known. */
  public int profileCount() {
    return profiles.size();
  }

  /** The identity of the profile in that slot. */
  public Fingerprint fingerprint(int slot) {
    return ids.name(slot);
  }

  /** The slot of that profile; -1 where it was never seen. */
  public int slot(Fingerprint fingerprint) {
    int slot = ids.find(fingerprint);
    return slot < slots ? slot : -1;
  }
}
