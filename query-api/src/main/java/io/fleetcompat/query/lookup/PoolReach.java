package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * The live hosts of a pool to which devices of a profile may go, by profile: worked out when it is
 * asked for, and then kept. One thread.
 */
public final class PoolReach {

  private static final RoaringBitmap NOWHERE = new RoaringBitmap();

  private final ViewOverrides overrides;
  private final PoolPairs pairs;
  private final Deadline deadline;
  private final Map<Integer, RoaringBitmap> hosts = new HashMap<>();
  private final Map<Integer, RoaringBitmap> reach = new HashMap<>();

  /**
   * A pool of which the view may have no host: then nothing is within reach.
   *
   * @param countedAsLive hosts that count as live whether or not they are
   */
  public PoolReach(
      ViewOverrides overrides,
      String pool,
      Set<String> countedAsLive,
      PairVerdicts<?> verdicts,
      Deadline deadline) {
    this.overrides = overrides;
    this.pairs = new PoolPairs(overrides, pool, verdicts);
    this.deadline = deadline;
    IndexView view = overrides.view();
    Membership members = view.fleet().pools().get(pool);
    for (int slot = 0; members != null && slot < view.matrix().slots(); slot++) {
      RoaringBitmap live = hosts(members.endpoints(slot).placedFresh(), _ -> true);
      live.or(hosts(members.endpoints(slot).placedQuiet(), countedAsLive::contains));
      if (!live.isEmpty()) {
        hosts.put(slot, live);
      }
    }
  }

  private RoaringBitmap hosts(OrderedKeys keys, Predicate<String> counts) {
    RoaringBitmap hosts = new RoaringBitmap();
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); ) {
      int host = CandidateKey.host(walk.next());
      if (counts.test(overrides.view().fleet().host(host).name())) {
        hosts.add(host);
      }
    }
    return hosts;
  }

  /**
   * The numbers of the hosts, not to be changed; the own host of a device may be among them.
   *
   * @param slot of a profile; negative for none, which goes nowhere
   */
  public RoaringBitmap of(int slot) {
    return slot < 0 ? NOWHERE : reach.computeIfAbsent(slot, this::find);
  }

  /** True where nobody knows of some live host with a like profile whether it would take it. */
  public boolean isUnknown(int slot) {
    return hosts.keySet().stream()
        .anyMatch(to -> isLike(slot, to) && pairs.outcome(slot, to) == Outcome.UNKNOWN);
  }

  /** True, too, where nobody knows what one of them is. */
  private boolean isLike(int source, int destination) {
    ProfileEntry from = overrides.view().matrix().profile(source);
    ProfileEntry to = overrides.view().matrix().profile(destination);
    return from == null
        || to == null
        || Likeness.of(from.profile()).isLike(Likeness.of(to.profile()));
  }

  private RoaringBitmap find(int source) {
    deadline.check();
    RoaringBitmap found = new RoaringBitmap();
    hosts.forEach(
        (destination, there) -> {
          if (pairs.outcome(source, destination) == Outcome.COMPATIBLE) {
            found.or(there);
          }
        });
    return found;
  }
}
