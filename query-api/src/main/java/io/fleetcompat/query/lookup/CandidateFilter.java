package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoints that are worth showing as destinations of one source profile: without a verdict
 * that says more, only those of the same kind, vendor and type. For one thread.
 */
final class CandidateFilter {

  private final IndexView view;
  private final Likeness wanted;
  private final boolean declared;
  private final Map<Integer, Likeness> bySlot = new HashMap<>();

  /**
   * @param source the slot of the source's profile
   */
  CandidateFilter(IndexView view, int source) {
    this.view = view;
    this.wanted = likeness(source);
    this.declared = profile(source).filter(Profile::isDeclared).isPresent();
  }

  /** The likeness of the source; {@link Likeness#NONE} where its profile is not known. */
  Likeness wanted() {
    return wanted;
  }

  /** True where a profile of that outcome is worth showing. */
  boolean admits(Outcome outcome, int slot) {
    return switch (outcome) {
      case COMPATIBLE -> true;
      case UNKNOWN -> isLike(slot);
      // Where the source's driver declares something, how another version differs is worth knowing.
      case INCOMPATIBLE -> isLike(slot) || (declared && wanted.isOfKindAndVendor(likeness(slot)));
    };
  }

  /** True where the profile in a slot is known to be of the source's kind, vendor and type. */
  boolean isLike(int slot) {
    return wanted.isLike(likeness(slot));
  }

  Likeness likeness(int slot) {
    return bySlot.computeIfAbsent(slot, at -> profile(at).map(Likeness::of).orElse(Likeness.NONE));
  }

  private Optional<Profile> profile(int slot) {
    return Optional.ofNullable(view.matrix().profile(slot)).map(ProfileEntry::profile);
  }
}
