package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Answers "which profiles are there, and what does the matrix say of them?". Any thread. */
public final class Profiles {

  private Profiles() {}

  /**
   * A profile.
   *
   * @param number in rows of the matrix
   * @param hosts how many have it
   * @param endpoints how many have it
   */
  public record KnownProfile(int number, Profile profile, int hosts, int endpoints) {}

  /** A source, and the destinations of which the matrix says more than that they are excluded. */
  public record MatrixLine(
      Fingerprint source, List<Fingerprint> compatible, List<Fingerprint> unknown) {}

  /**
   * A page.
   *
   * @param next where the next page begins; empty where nothing is left
   */
  public record Page<T>(List<T> found, OptionalInt next) {}

  /**
   * A page of profiles.
   *
   * @param from where it begins: 0, or what the page before said
   * @throws IllegalArgumentException where no page ends there
   */
  public static Page<KnownProfile> list(IndexView view, int from, int limit, Deadline deadline) {
    return page(view, from, limit, deadline, entry -> known(view, entry));
  }

  /** A page of the matrix; likewise. */
  public static Page<MatrixLine> lines(IndexView view, int from, int limit, Deadline deadline) {
    return page(view, from, limit, deadline, entry -> line(view, entry));
  }

  public static Optional<KnownProfile> find(IndexView view, Fingerprint id) {
    return entry(view, id).map(entry -> known(view, entry));
  }

  public static Optional<MatrixLine> line(IndexView view, Fingerprint source) {
    return entry(view, source).map(entry -> line(view, entry));
  }

  private static Optional<ProfileEntry> entry(IndexView view, Fingerprint id) {
    return Optional.ofNullable(view.matrix().profile(view.matrix().slot(id)));
  }

  private static <T> Page<T> page(
      IndexView view, int from, int limit, Deadline deadline, Function<ProfileEntry, T> each) {
    int slots = view.matrix().slots();
    if (from < 0 || from > slots) {
      throw new IllegalArgumentException("expected 0 to " + slots + ", found " + from);
    }
    List<T> found = new ArrayList<>();
    for (int slot = from; slot < slots; slot++) {
      ProfileEntry profile = view.matrix().profile(slot);
      if (profile == null) {
        continue;
      }
      if (found.size() == limit) {
        return new Page<>(found, OptionalInt.of(slot));
      }
      deadline.check();
      found.add(each.apply(profile));
    }
    return new Page<>(found, OptionalInt.empty());
  }

  private static KnownProfile known(IndexView view, ProfileEntry entry) {
    Members members = view.fleet().members().members(entry.slot());
    return new KnownProfile(
        entry.number(),
        entry.profile(),
        members == null ? 0 : members.hosts(),
        members == null ? 0 : members.endpoints());
  }

  private static MatrixLine line(IndexView view, ProfileEntry source) {
    return new MatrixLine(
        source.profile().fingerprint(),
        destinations(view, source, Cell.COMPATIBLE),
        destinations(view, source, Cell.UNKNOWN));
  }

  private static List<Fingerprint> destinations(IndexView view, ProfileEntry source, Cell cell) {
    return view.matrix().slotsThatAre(cell, source.slot()).stream()
        .map(view.matrix()::fingerprint)
        .toList();
  }
}
