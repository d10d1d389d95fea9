package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The profiles of a view, and what the matrix says of them. Any thread. */
public final class Profiles {

  private static final int SLOTS_PER_CHECK = 4096;

  private Profiles() {}

  /**
   * A profile.
   *
   * @param number in rows of the matrix
   * @param like kind, vendor and type in words
   * @param hosts how many have it
   * @param endpoints how many have it
   * @param example one of those; empty where there is none
   */
  public record KnownProfile(
      int number,
      Profile profile,
      String like,
      int hosts,
      int endpoints,
      Optional<String> example) {}

  /**
   * A source, and the destinations of which the matrix says more than that they are excluded.
   *
   * @param overridden those of which answers say something else, on whatever hosts: the matrix
   *     itself knows no overrides
   */
  public record MatrixLine(
      Fingerprint source,
      List<Fingerprint> compatible,
      List<Fingerprint> unknown,
      List<Fingerprint> overridden) {}

  /**
   * The place of a profile in lists: the same in every replica, whatever changes meanwhile.
   *
   * @param number in rows of the matrix; while the index is built again, two may have the same
   */
  public record Position(int number, Fingerprint id) implements Comparable<Position> {

    private static final Comparator<Position> ORDER =
        Comparator.comparingInt(Position::number).thenComparing(Position::id);

    private static Position of(ProfileEntry entry) {
      return new Position(entry.number(), entry.profile().fingerprint());
    }

    @Override
    public int compareTo(Position other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * A page.
   *
   * @param last the position of the last that was found; empty where nothing is left after it
   */
  public record Page<T>(List<T> found, Optional<Position> last) {}

  /**
   * A page of profiles, by number.
   *
   * @param after the position that the page before ended with; empty for the first
   */
  public static Page<KnownProfile> list(
      IndexView view, Optional<Position> after, int limit, Deadline deadline) {
    return page(view, after, limit, deadline, entry -> known(view, entry));
  }

  /** A page of the matrix; likewise. */
  public static Page<MatrixLine> lines(
      ViewOverrides overrides,
      PairVerdicts<?> verdicts,
      Optional<Position> after,
      int limit,
      Deadline deadline) {
    return page(
        overrides.view(),
        after,
        limit,
        deadline,
        entry -> line(overrides, verdicts, entry, deadline));
  }

  public static Optional<KnownProfile> find(IndexView view, Fingerprint id) {
    return entry(view, id).map(entry -> known(view, entry));
  }

  public static Optional<MatrixLine> line(
      ViewOverrides overrides, PairVerdicts<?> verdicts, Fingerprint source, Deadline deadline) {
    return entry(overrides.view(), source).map(entry -> line(overrides, verdicts, entry, deadline));
  }

  private static Optional<ProfileEntry> entry(IndexView view, Fingerprint id) {
    return Optional.ofNullable(view.matrix().profile(view.matrix().slot(id)));
  }

  private static <T> Page<T> page(
      IndexView view,
      Optional<Position> after,
      int limit,
      Deadline deadline,
      Function<ProfileEntry, T> each) {
    NavigableMap<Position, ProfileEntry> next = next(view, after, limit + 1, deadline);
    boolean more = next.size() > limit;
    if (more) {
      next.pollLastEntry();
    }
    List<T> found = new ArrayList<>(next.size());
    for (ProfileEntry profile : next.values()) {
      deadline.check();
      found.add(each.apply(profile));
    }
    return new Page<>(found, more ? Optional.of(next.lastKey()) : Optional.empty());
  }

  /** The first profiles after a position; costs a look at every profile. */
  private static NavigableMap<Position, ProfileEntry> next(
      IndexView view, Optional<Position> after, int most, Deadline deadline) {
    NavigableMap<Position, ProfileEntry> next = new TreeMap<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      if (slot % SLOTS_PER_CHECK == 0) {
        deadline.check();
      }
      ProfileEntry profile = view.matrix().profile(slot);
      if (profile == null || (next.size() == most && isAfterAll(profile, next))) {
        continue;
      }
      Position position = Position.of(profile);
      if (after.isEmpty() || after.get().compareTo(position) < 0) {
        next.put(position, profile);
        if (next.size() > most) {
          next.pollLastEntry();
        }
      }
    }
    return next;
  }

  /** True for most profiles, by their number alone. */
  private static boolean isAfterAll(
      ProfileEntry profile, NavigableMap<Position, ProfileEntry> next) {
    return profile.number() > next.lastKey().number();
  }

  private static KnownProfile known(IndexView view, ProfileEntry entry) {
    ProfileEndpoints endpoints = view.fleet().members().endpoints(entry.slot());
    return new KnownProfile(
        entry.number(),
        entry.profile(),
        ProfileWords.like(Likeness.of(entry.profile())),
        endpoints == null ? 0 : endpoints.hosts(),
        endpoints == null ? 0 : endpoints.endpoints(),
        ProfileWords.example(view, view.fleet().members(), entry.slot()));
  }

  /** Costs a look at every profile. */
  private static MatrixLine line(
      ViewOverrides overrides, PairVerdicts<?> verdicts, ProfileEntry source, Deadline deadline) {
    IndexView view = overrides.view();
    List<Position> compatible = new ArrayList<>();
    List<Position> unknown = new ArrayList<>();
    List<Position> overridden = new ArrayList<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      if (slot % SLOTS_PER_CHECK == 0) {
        deadline.check();
      }
      ProfileEntry destination = view.matrix().profile(slot);
      if (destination != null) {
        switch (view.matrix().cell(source.slot(), slot)) {
          case COMPATIBLE -> compatible.add(Position.of(destination));
          case UNKNOWN -> unknown.add(Position.of(destination));
          case INCOMPATIBLE, NOT_INDEXED -> {}
        }
        if (isOverridden(overrides, verdicts, source.slot(), slot)) {
          overridden.add(Position.of(destination));
        }
      }
    }
    return new MatrixLine(
        source.profile().fingerprint(), ids(compatible), ids(unknown), ids(overridden));
  }

  /** True where an override of profiles or drivers changes the verdict: pools are of hosts. */
  private static boolean isOverridden(
      ViewOverrides overrides, PairVerdicts<?> verdicts, int source, int destination) {
    List<RuleOverride> concerning =
        overrides.find(source, Optional.empty(), destination, Optional.empty());
    return !concerning.isEmpty()
        && verdicts
            .judge(overrides.view(), source, destination, concerning)
            .verdict()
            .isOverridden();
  }

  private static List<Fingerprint> ids(List<Position> positions) {
    return positions.stream().sorted().map(Position::id).toList();
  }
}
