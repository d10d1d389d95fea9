package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole index after some batch of records: hosts, profiles, matrix, and who is where.
 * Immutable; any number of threads.
 */
public final class IndexView {

  private final Names names;
  private final Parts parts;
  private final Chunks<Host> hosts;
  private final Chunks<ProfileEntry> profiles;
  private final Chunks<JudgedRow> rows;
  private final Chunks<Integer> slotByNumber;
  private final int slots;
  private final MatrixRules rules;
  private final Membership fleet;
  private final Pools pools;
  private final int endpoints;
  private final int profileCount;

  /** The dictionaries that all views of one replica share. */
  record Names(
      Dictionary<String> hosts,
      Dictionary<Fingerprint> profiles,
      Dictionary<String> pools,
      KeyOrder order) {
    static Names create() {
      return new Names(new Dictionary<>(), new Dictionary<>(), new Dictionary<>(), new KeyOrder());
    }

    /**
     * The number of that host; given now if it is new.
     *
     * @throws IllegalStateException where a replica cannot tell more hosts apart
     */
    int host(String name) {
      int known = hosts.find(name);
      if (known < 0 && hosts.size() == CandidateKey.MAX_HOSTS) {
        throw new IllegalStateException(
            "expected at most "
                + CandidateKey.MAX_HOSTS
                + " names of hosts; start the replica again");
      }
      return known < 0 ? hosts.add(name) : known;
    }
  }

  /**
   * What a commit puts together.
   *
   * @param unplaced capacities of hosts whose placement is not known, or no longer
   */
  record Parts(
      Names names,
      Chunks<Host> hosts,
      Chunks<Capacities> unplaced,
      Chunks<ProfileEntry> profiles,
      Chunks<JudgedRow> rows,
      Chunks<Integer> slotByNumber,
      int slots,
      MatrixRules rules,
      Membership fleet,
      Pools pools,
      int endpoints,
      int profileCount) {}

  IndexView(Parts parts) {
    this.parts = parts;
    names = parts.names;
    hosts = parts.hosts;
    profiles = parts.profiles;
    rows = parts.rows;
    slotByNumber = parts.slotByNumber;
    slots = parts.slots;
    rules = parts.rules;
    fleet = parts.fleet;
    pools = parts.pools;
    endpoints = parts.endpoints;
    profileCount = parts.profileCount;
  }

  /** The view of an empty index. */
  public static IndexView empty() {
    return empty(Names.create());
  }

  /** An empty view with this one's names: numbers of hosts and slots go on meaning the same. */
  IndexView emptied() {
    return empty(names);
  }

  private static IndexView empty(Names names) {
    return new IndexView(
        new Parts(
            names,
            Chunks.empty(),
            Chunks.empty(),
            Chunks.empty(),
            Chunks.empty(),
            Chunks.empty(),
            0,
            MatrixRules.NONE,
            Membership.empty(names.order()),
            Pools.NONE,
            0,
            0));
  }

  Parts parts() {
    return parts;
  }

  /** Whether and how the matrix answers for a pair. */
  public enum Cell {
    COMPATIBLE,
    UNKNOWN,
    INCOMPATIBLE,
    NOT_INDEXED
  }

  /**
   * The bit test: what the matrix says of a source and a destination profile. It stands in the row
   * of the one with the greater number, which was judged later.
   */
  public Cell cell(int source, int destination) {
    ProfileEntry from = profiles.get(source);
    ProfileEntry to = profiles.get(destination);
    if (from == null || to == null || !rules.known() || !isJudged(from) || !isJudged(to)) {
      return Cell.NOT_INDEXED;
    }
    boolean sourceIsLater = from.number() >= to.number();
    ProfileEntry later = sourceIsLater ? from : to;
    JudgedRow row = rows.get(later.slot());
    if (row == null || row.number() != later.number()) {
      return Cell.NOT_INDEXED;
    }
    JudgedNumbers verdicts = sourceIsLater ? row.to() : row.from();
    ProfileEntry earlier = sourceIsLater ? to : from;
    return verdicts == null ? Cell.NOT_INDEXED : verdicts.cell(earlier.number());
  }

  private boolean isJudged(ProfileEntry profile) {
    return profile.number() < rules.generation();
  }

  /** The host of that name; null where there is none. */
  public @Nullable Host host(String name) {
    int id = names.hosts().find(name);
    return id < 0 ? null : host(id);
  }

  /** The host of that number; null where it has left. */
  public @Nullable Host host(int id) {
    return hosts.get(id);
  }

  /** The profile in that slot; null where its content is not known, or no longer. */
  public @Nullable ProfileEntry profile(int slot) {
    return profiles.get(slot);
  }

  /** The identity of the profile in that slot. */
  public Fingerprint fingerprint(int slot) {
    return names.profiles().name(slot);
  }

  /** The slot of that profile; -1 where it was never seen. */
  public int slot(Fingerprint fingerprint) {
    int slot = names.profiles().find(fingerprint);
    return slot < slots ? slot : -1;
  }

  /** The slot of the profile that has that number in matrix rows; -1 where none has. */
  public int slotOfNumber(int number) {
    Integer slot = slotByNumber.get(number);
    return slot == null ? -1 : slot;
  }

  /** The slots of all destinations of a source that the matrix says this of, by number. */
  public List<Integer> destinations(int source, Cell cell) {
    List<Integer> found = new ArrayList<>();
    for (int number = 0; number < rules.generation(); number++) {
      int slot = slotOfNumber(number);
      if (slot >= 0 && cell(source, slot) == cell) {
        found.add(slot);
      }
    }
    return found;
  }

  /** Slots are below this. */
  public int slots() {
    return slots;
  }

  public MatrixRules rules() {
    return rules;
  }

  public Membership fleet() {
    return fleet;
  }

  /** By name; hosts without the label {@code pool} are in none. */
  public Pools pools() {
    return pools;
  }

  /**
   * What verdicts follow from, apart from hosts: whoever keeps something that was made of it keeps
   * this beside it, and never a whole view. Immutable.
   */
  public static final class Matrix {
    private final MatrixRules rules;
    private final Chunks<JudgedRow> rows;
    private final Chunks<ProfileEntry> profiles;
    private final int slots;

    private Matrix(IndexView view) {
      rules = view.rules;
      rows = view.rows;
      profiles = view.profiles;
      slots = view.slots;
    }

    /** Whether it is still that view's. */
    public boolean isOf(IndexView view) {
      return rows == view.rows
          && profiles == view.profiles
          && slots == view.slots
          && rules.equals(view.rules);
    }
  }

  public Matrix matrix() {
    return new Matrix(this);
  }

  public int endpoints() {
    return endpoints;
  }

  public int profileCount() {
    return profileCount;
  }

  /** Profiles that some host has and the matrix does not cover yet; costs a look at every slot. */
  public int pendingProfiles() {
    int pending = 0;
    for (int slot = 0; slot < slots; slot++) {
      ProfileEntry profile = profiles.get(slot);
      boolean judged = profile != null && rows.get(slot) != null && isJudged(profile);
      if (!judged && fleet.members(slot) != null) {
        pending++;
      }
    }
    return pending;
  }
}
