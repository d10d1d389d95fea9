package io.fleetcompat.cli.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Faults drawn by chance, each with its end. One thread. */
final class RandomFaults {

  private static final List<String> ALL =
      List.of("broker-1", "indexer-1", "indexer-2", "api-1", "api-2", "collector-1");
  private static final List<String> OURS = ALL.subList(1, ALL.size());
  private static final List<String> OF_MACHINES =
      List.of(
          "kill %1$s; for %2$ds; start %1$s",
          "stop %1$s; for %2$ds; start %1$s",
          "freeze %1$s; for %2$ds; thaw %1$s",
          "garbage; for %2$ds",
          "replay; for %2$ds");
  private static final List<String> OF_NETWORKS =
      List.of(
          "cut %1$s; for %2$ds; join %1$s",
          "cut-out %1$s; for %2$ds; join %1$s",
          "cut-in %1$s; for %2$ds; join %1$s",
          "lose %1$s 30; for %2$ds; join %1$s");
  private static final int MOST_SECONDS = 15;
  private static final int MOST_PAUSE_SECONDS = 4;

  private final Random random;
  private final boolean network;

  /**
   * @param network whether processes have networks of their own, which can be cut
   */
  RandomFaults(Random random, boolean network) {
    this.random = random;
    this.network = network;
  }

  /** Faults one after the other, for about that time. */
  List<Step> round(Duration time) {
    List<Step> steps = new ArrayList<>();
    for (long left = time.toSeconds(); left > 0; ) {
      int lasting = 1 + random.nextInt(MOST_SECONDS);
      int pause = 1 + random.nextInt(MOST_PAUSE_SECONDS);
      steps.addAll(Step.parse(fault(lasting)));
      steps.addAll(Step.parse("for %ds".formatted(pause)));
      left -= lasting + pause;
    }
    return steps;
  }

  private String fault(int seconds) {
    return network && random.nextBoolean()
        ? one(OF_NETWORKS).formatted(one(OURS), seconds)
        : one(OF_MACHINES).formatted(one(ALL), seconds);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
