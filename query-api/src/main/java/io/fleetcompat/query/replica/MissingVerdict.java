package io.fleetcompat.query.replica;

/** The cause why the matrix has no verdict for a pair of profiles. */
public sealed interface MissingVerdict {

  /** Nothing is judged yet, or by rules that this process does not have. */
  record OtherRules(Judgement found) implements MissingVerdict {}

  /**
   * A profile of the pair is not judged yet.
   *
   * @param slot of the profile
   */
  record NotJudged(int slot) implements MissingVerdict {}

  /**
   * The row that has the verdict is not there yet.
   *
   * @param slot of the profile whose row it is: the one of the pair that has the greater number
   */
  record NoRow(int slot) implements MissingVerdict {}

  /**
   * The row that has the verdict says nothing of the other profile, or both things at once.
   *
   * @param slot of the profile whose row it is
   */
  record DamagedRow(int slot) implements MissingVerdict {}
}
