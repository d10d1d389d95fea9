package io.fleetcompat.query.audit;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.audit.AuditedWave.Ways;
import io.fleetcompat.query.audit.UpgradeWave.Moved;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The consequences of a wave in the view of now: who is left behind, and which ways there are
 * between what its endpoints were and what they are. One use, one thread.
 */
final class WaveAudit {

  private final UpgradeWave wave;
  private final IndexView now;

  private WaveAudit(UpgradeWave wave, IndexView now) {
    this.wave = wave;
    this.now = now;
  }

  /**
   * @param now a view whose verdicts are by the rules that count
   */
  static AuditedWave of(UpgradeWave wave, Optional<ViewDifference> difference, IndexView now) {
    WaveAudit audit = new WaveAudit(wave, now);
    SortedSet<String> behind = audit.behind();
    return new AuditedWave(
        wave,
        difference,
        audit.ways(true),
        audit.ways(false),
        behind.size(),
        behind.stream().limit(PoolComparison.MOST_NAMED).toList());
  }

  private Ways ways(boolean forward) {
    long[] counts = new long[3];
    for (Moved moved : wave.moves()) {
      Cell cell = forward ? cell(moved.from(), moved.to()) : cell(moved.to(), moved.from());
      int which =
          switch (cell) {
            case COMPATIBLE -> 0;
            case UNKNOWN, NOT_INDEXED -> 1;
            case INCOMPATIBLE -> 2;
          };
      counts[which] += moved.devices() + moved.types();
    }
    return new Ways(counts[0], counts[1], counts[2]);
  }

  private Cell cell(Fingerprint source, Fingerprint destination) {
    int from = now.matrix().slot(source);
    int to = now.matrix().slot(destination);
    return from < 0 || to < 0 ? Cell.NOT_INDEXED : now.matrix().cell(from, to);
  }

  /** The live hosts of the wave's pools with endpoints that are as those of the wave were. */
  private SortedSet<String> behind() {
    SortedSet<String> behind = new TreeSet<>();
    List<Integer> slots =
        wave.moves().stream().map(moved -> now.matrix().slot(moved.from())).toList();
    for (String pool : wave.pools()) {
      Membership members = now.fleet().pools().get(pool);
      for (int slot : slots) {
        if (members != null && slot >= 0) {
          add(members.endpoints(slot).placedFresh(), behind);
        }
      }
    }
    return behind;
  }

  private void add(OrderedKeys live, Set<String> hosts) {
    for (OrderedKeys.Walk walk = live.from(0); walk.hasNext(); ) {
      hosts.add(now.fleet().host(CandidateKey.host(walk.next())).name());
    }
  }
}
