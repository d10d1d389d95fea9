package io.fleetcompat.benchmarks.keys;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The heap that a set or a dictionary keeps for each of 100,000 entries, found by collecting it.
 */
public final class Retained {

  private static final int ENTRIES = 100_000;
  private static final int COPIES = 8;

  private Retained() {}

  public static void measure(Report report) {
    CandidateFleet fleet = new CandidateFleet(ENTRIES);
    Table table = new Table("what", "library", "bytes an entry");
    for (CandidateSet.Library library : CandidateSet.Library.values()) {
      table.row("keys", library, retained(() -> fleet.filled(library)));
    }
    for (NameNumbers.Library library : NameNumbers.Library.values()) {
      table.row("names, without the strings", library, retained(() -> fleet.numbered(library)));
    }
    report.table(table);
  }

  private static double retained(Supplier<Object> each) {
    @Nullable Object[] kept = new Object[COPIES];
    kept[0] = each.get(); // for the classes that it loads
    kept[0] = null;
    try {
      long before = used();
      for (int i = 0; i < COPIES; i++) {
        kept[i] = each.get();
      }
      return (double) (used() - before) / COPIES / ENTRIES;
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  private static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
