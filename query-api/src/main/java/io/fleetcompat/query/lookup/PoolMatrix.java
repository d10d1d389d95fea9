package io.fleetcompat.query.lookup;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The matrix of one pool: which of the profiles of its live hosts can go to which, as answers have
 * it. Pure data.
 *
 * @param profiles those that most endpoints have first, where there are too many; in order of kind,
 *     vendor, type and profile
 * @param omitted how many profiles are left out
 * @param rows for each profile as a source one letter for each as a destination, in the same order:
 *     C for COMPATIBLE, U for UNKNOWN, I for INCOMPATIBLE
 */
public record PoolMatrix(List<Member> profiles, int omitted, List<String> rows) {

  /** Most profiles of a pool that are compared, each with each. */
  static final int MAX_PROFILES = 200;

  /**
   * A profile.
   *
   * @param like kind, vendor and type in words
   * @param endpoints of live hosts that have it
   */
  public record Member(Fingerprint profile, String like, int endpoints) {}

  public PoolMatrix {
    profiles = List.copyOf(profiles);
    rows = List.copyOf(rows);
  }

  private record Slot(int slot, Member member) {
    Fingerprint id() {
      return member.profile();
    }
  }

  /** The matrix of that pool; empty where no host is in it. */
  public static Optional<PoolMatrix> of(
      ViewOverrides overrides, String pool, PairVerdicts<?> verdicts, Deadline deadline) {
    IndexView view = overrides.view();
    Membership members = view.fleet().pools().get(pool);
    if (members == null) {
      return Optional.empty();
    }
    List<Slot> all = slots(view, members);
    List<Slot> compared =
        all.stream()
            .sorted(comparingInt((Slot slot) -> -slot.member.endpoints()).thenComparing(Slot::id))
            .limit(MAX_PROFILES)
            .sorted(comparing((Slot slot) -> slot.member.like()).thenComparing(Slot::id))
            .toList();
    List<String> rows = new ArrayList<>();
    for (Slot source : compared) {
      deadline.check();
      StringBuilder row = new StringBuilder();
      for (Slot destination : compared) {
        row.append(letter(overrides, pool, source.slot, destination.slot, verdicts));
      }
      rows.add(row.toString());
    }
    return Optional.of(
        new PoolMatrix(
            compared.stream().map(Slot::member).toList(), all.size() - compared.size(), rows));
  }

  private static List<Slot> slots(IndexView view, Membership members) {
    List<Slot> slots = new ArrayList<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      ProfileEndpoints endpoints = members.endpoints(slot);
      int live = endpoints.placedFresh().size();
      if (live > 0) {
        Likeness like = new CandidateFilter(view, slot).wanted();
        slots.add(
            new Slot(
                slot, new Member(view.matrix().fingerprint(slot), ProfileWords.like(like), live)));
      }
    }
    return slots;
  }

  private static char letter(
      ViewOverrides overrides, String pool, int source, int destination, PairVerdicts<?> verdicts) {
    IndexView view = overrides.view();
    Optional<String> in = Optional.of(pool);
    List<RuleOverride> concerning = overrides.find(source, in, destination, in);
    if (!concerning.isEmpty()) {
      Outcome outcome = verdicts.judge(view, source, destination, concerning).verdict().outcome();
      return outcome.name().charAt(0);
    }
    Cell cell = view.matrix().cell(source, destination);
    return cell == Cell.NOT_INDEXED ? 'U' : cell.name().charAt(0);
  }
}
