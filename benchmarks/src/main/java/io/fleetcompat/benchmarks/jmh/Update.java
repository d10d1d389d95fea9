package io.fleetcompat.benchmarks.jmh;

import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One host's decoded record into the next view of a replica (law 8): a view for every change. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx3g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"})
public class Update {

  private static final int PROFILES = 1000;
  private static final int ENDPOINTS = 16;
  private static final int HOSTS_PER_POOL = 500;
  private static final long SEED = 20261121;

  /** Hosts that change in turn, to and fro between two versions; as many at every size. */
  private static final int CHANGING = 1000;

  @Param({"1000", "10000", "100000"})
  public int hosts;

  private final Placement[] placements = new Placement[2 * CHANGING];
  private final HostCapacity[] capacities = new HostCapacity[2 * CHANGING];
  private ViewEdit edit = new ViewEdit(IndexView.empty());
  private int next;

  @Setup(Level.Trial)
  public void fill() throws BadRecordException {
    IndexedFleet fleet =
        new IndexedFleet(SEED, ENDPOINTS, PROFILES, Math.ceilDiv(hosts, HOSTS_PER_POOL));
    edit = new ViewEdit(IndexView.empty());
    for (int host = 0; host < hosts; host++) {
      edit.replay(IndexChange.placed(IndexedFleet.host(host), fleet.placement(host, 1)));
      edit.replay(heard(fleet.capacity(host, 1, Instant.EPOCH)));
    }
    edit.commit();
    int[] changing = new Random(SEED).ints(0, hosts).distinct().limit(CHANGING).toArray();
    for (int i = 0; i < 2 * CHANGING; i++) {
      int version = 2 - i / CHANGING;
      placements[i] = fleet.placement(changing[i % CHANGING], version);
      capacities[i] = fleet.capacity(changing[i % CHANGING], version, Instant.EPOCH);
    }
  }

  /** A driver upgrade: nearly all profiles of the host become others. */
  @Benchmark
  public IndexView placement() throws BadRecordException {
    Placement placement = placements[next()];
    edit.replay(IndexChange.placed(placement.getHost(), placement));
    return edit.commit();
  }

  /** Nearly all its types have another capacity. */
  @Benchmark
  public IndexView capacity() throws BadRecordException {
    HostCapacity capacity = capacities[next()];
    edit.replay(heard(capacity));
    return edit.commit();
  }

  private static IndexChange heard(HostCapacity capacity) throws BadRecordException {
    return IndexChange.heard(capacity.getHost(), capacity, 0);
  }

  private int next() {
    next = (next + 1) % placements.length;
    return next;
  }
}
