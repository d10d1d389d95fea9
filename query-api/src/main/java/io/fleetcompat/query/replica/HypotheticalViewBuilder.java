package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.RuleOverrides;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A view of a fleet that there is not, being made from the view of now: hosts with other software,
 * hosts that come and go, other rules. Profiles that nobody has yet get the next numbers and a row
 * that the judge makes, as the indexer would make it, so that all else answers from this view as
 * from any other.
 *
 * <p>It changes nothing of the view that it is made from, and no dictionary that other views share:
 * what a caller invents is gone with the view. One use, one thread; any number of builders at once,
 * beside the follower.
 */
public final class HypotheticalViewBuilder {

  /** Most profiles that one view may invent. */
  public static final int MAX_PROFILES = 4096;

  private final IndexView base;
  private final Dictionary<Fingerprint> ids;
  private final Chunks.Editor<ProfileEntry> profiles;
  private final List<ProfileEntry> invented = new ArrayList<>();
  private final Map<Integer, HostEntry> touched = new HashMap<>();
  private FleetImage fleet;
  private int nextNumber;
  private Optional<Judge> rules = Optional.empty();
  private RuleOverrides overrides;

  /**
   * @param pools all pools that hosts come to or go from
   * @param invitesHosts whether hosts with new names will come
   */
  public HypotheticalViewBuilder(IndexView base, Set<String> pools, boolean invitesHosts) {
    this.base = base;
    this.ids = base.matrix().ids().copy();
    this.profiles = base.matrix().profiles().edit();
    int slots = base.matrix().slots();
    this.fleet = invitesHosts ? base.fleet().withOwnNames(pools, slots) : base.fleet();
    this.overrides = base.overrides();
    this.nextNumber = base.matrix().judgement().generation();
    for (int slot = 0; slot < slots; slot++) {
      ProfileEntry entry = profiles.get(slot);
      nextNumber = entry == null ? nextNumber : Math.max(nextNumber, entry.number() + 1);
    }
  }

  /**
   * The slot of a profile, which it gets now if nobody has it.
   *
   * @throws TooManyProfilesException beyond {@link #MAX_PROFILES}
   */
  public int slot(Profile profile) {
    int slot = ids.add(profile.fingerprint());
    if (profiles.get(slot) == null) {
      if (invented.size() == MAX_PROFILES) {
        throw new TooManyProfilesException();
      }
      ProfileEntry entry = new ProfileEntry(slot, nextNumber++, profile, 0);
      profiles.set(slot, entry);
      invented.add(entry);
    }
    return slot;
  }

  /** The refusal of more profiles than a view may invent. */
  public static final class TooManyProfilesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyProfilesException() {
      super(
          "expected a change that makes at most %d new profiles, found one that makes more"
              .formatted(MAX_PROFILES));
    }
  }

  /** Gives a host's endpoints other profiles, and perhaps another kernel. */
  public void change(Host host, IntUnaryOperator slots, Optional<String> kernel) {
    PlacedHost placed = placed(host);
    place(
        host.id(),
        host.name(),
        placed.with(placed.endpoints().withSlots(slots), kernel.or(placed::kernel)),
        host.told());
  }

  private PlacedHost placed(Host host) {
    HostEntry entry = touched.get(host.id());
    return entry == null
        ? host.placed()
        : Objects.requireNonNullElse(entry.placed(), host.placed());
  }

  /** Takes a host out of service: it is there, and nobody hears of it. */
  public void silence(Host host) {
    place(host.id(), host.name(), placed(host).silent(), host.told());
  }

  /** Removes a host. */
  public void remove(Host host) {
    place(host.id(), host.name(), null, ToldCapacities.NONE);
  }

  /**
   * Adds a host that has what another one has, but for mdev devices, with the room that it has.
   *
   * @param name of no host of the view
   */
  public void add(String name, Host like, Optional<String> pool) {
    pool.ifPresent(fleet.names()::poolNumber);
    place(
        fleet.names().number(name),
        name,
        placed(like).alike(pool),
        new ToldCapacities(like.told().epoch(), like.capacities().withoutUses()));
  }

  private void place(int id, String name, @Nullable PlacedHost placed, ToldCapacities told) {
    touched.put(id, new HostEntry(id, name, placed, told));
  }

  /** Judges every pair by other rules. */
  public void judgeBy(Judge judge) {
    rules = Optional.of(judge);
  }

  public void setOverrides(RuleOverrides others) {
    overrides = others;
  }

  /** The slots of the profiles that nobody had. */
  public RoaringBitmap invented() {
    RoaringBitmap slots = new RoaringBitmap();
    invented.forEach(entry -> slots.add(entry.slot()));
    return slots;
  }

  /**
   * The view after all that was changed.
   *
   * @param check asked for each profile that is judged: it throws where time is up
   */
  public IndexView build(Runnable check) {
    return new IndexView(
        matrix(check),
        touched.isEmpty() ? fleet : new HostChanges(fleet, touched.values()).build(),
        base.ruleSets(),
        overrides,
        base.probes(),
        base.health());
  }

  private MatrixImage matrix(Runnable check) {
    MatrixImage now = base.matrix();
    Chunks<ProfileEntry> all = profiles.build();
    if (rules.isPresent()) {
      return new MatrixImage(
          ids, all, Chunks.empty(), Judgement.withoutRows(rules.get()), ids.size(), now.answers());
    }
    Judgement judgement =
        now.judgement() instanceof Judgement.Known known && !known.isWithoutRows()
            ? known.upTo(nextNumber)
            : now.judgement();
    return new MatrixImage(ids, all, rows(all, check), judgement, ids.size(), now.answers());
  }

  private Chunks<JudgedRow> rows(Chunks<ProfileEntry> all, Runnable check) {
    Chunks.Editor<JudgedRow> rows = base.matrix().rows().edit();
    if (base.matrix().judgement() instanceof Judgement.Known known && !known.isWithoutRows()) {
      for (ProfileEntry profile : invented) {
        check.run();
        rows.set(profile.slot(), row(profile, all, known.judge()));
      }
    }
    return rows.build();
  }

  /** The row that the indexer would write of a profile that comes last. */
  private JudgedRow row(ProfileEntry profile, Chunks<ProfileEntry> all, Judge judge) {
    JudgedNumbers to = new JudgedNumbers(new RoaringBitmap(), new RoaringBitmap());
    JudgedNumbers from = new JudgedNumbers(new RoaringBitmap(), new RoaringBitmap());
    for (int slot = 0; slot < ids.size(); slot++) {
      ProfileEntry other = all.get(slot);
      if (other != null && other.number() <= profile.number()) {
        put(to, other.number(), judge.outcome(profile.profile(), other.profile()));
        put(from, other.number(), judge.outcome(other.profile(), profile.profile()));
      }
    }
    return new JudgedRow(profile.number(), to, from);
  }

  private static void put(JudgedNumbers numbers, int number, Outcome outcome) {
    switch (outcome) {
      case COMPATIBLE -> numbers.compatible().add(number);
      case UNKNOWN -> numbers.unknown().add(number);
      case INCOMPATIBLE -> {}
    }
  }
}
