package io.fleetcompat.oracle.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One step of a run: what happens, and the number that decides all that is open about it. So a run
 * is a list of these, and each of them can be left out.
 */
record Step(Kind kind, long entropy) {

  /** The things that may happen, and how often, in parts of a thousand or so. */
  enum Kind {
    CHANGE(40),
    REFRESH(8),
    BEAT(90),
    SEND(130),
    DELIVER(140),
    PROCESS(200),
    TICK(80),
    COMMIT(80),
    READ(120),
    ADVANCE(70),
    CRASH_TASK(6),
    REBALANCE(6),
    ZOMBIE_WORKS(8),
    COLLECTOR_STARTS(6),
    COLLECTOR_ENDS(3),
    TWIN_STARTS(2),
    REMOVE(3),
    FORGE(20),
    POISON(8),
    COMPACT(3),
    REPLICA_STARTS(4),
    DAMAGE(8),
    LOSE(5),
    RULES(3),
    /** Only in a fleet with keys. */
    KEYS(16);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  private static final int TOTAL = total();
  private static final int TOTAL_WITHOUT_KEYS = TOTAL - Kind.KEYS.weight;

  private static int total() {
    int total = 0;
    for (Kind kind : Kind.values()) {
      total += kind.weight;
    }
    return total;
  }

  /**
   * True of every third fleet of each harm: its hosts have keys, and the indexer asks for marks.
   */
  static boolean hasKeys(long seed) {
    return Long.remainderUnsigned(seed / 3, 3) == 2;
  }

  /**
   * The steps of a seed. Of three seeds, one has what machines do alone; with one, state and
   * records are lost as well; with one, somebody writes under the names of hosts.
   */
  static List<Step> of(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    Harm harm = List.of(Harm.values()).get((int) Long.remainderUnsigned(seed, 3));
    int total = hasKeys(seed) ? TOTAL : TOTAL_WITHOUT_KEYS;
    List<Step> steps = new ArrayList<>(count);
    while (steps.size() < count) {
      Step step = new Step(kind(random.nextInt(total)), random.nextLong());
      if (step.harm() == Harm.NONE || step.harm() == harm) {
        steps.add(step);
      }
    }
    return steps;
  }

  /** The harm that is done to what is written. */
  enum Harm {
    /** Nothing: machines end and start, and records are late. */
    NONE,
    /** State, or records of the index, are lost. */
    LOSS,
    /** Somebody writes under the name of a host. */
    FORGERY
  }

  Harm harm() {
    return switch (kind) {
      case FORGE, POISON -> Harm.FORGERY;
      case DAMAGE, LOSE -> Harm.LOSS;
      default -> Harm.NONE;
    };
  }

  private static Kind kind(int dice) {
    int left = dice;
    for (Kind kind : Kind.values()) {
      left -= kind.weight;
      if (left < 0) {
        return kind;
      }
    }
    throw new AssertionError(dice);
  }
}
