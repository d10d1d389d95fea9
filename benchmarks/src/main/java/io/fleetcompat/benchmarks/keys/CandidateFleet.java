package io.fleetcompat.benchmarks.keys;

import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.KeyOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Hosts with one endpoint of one profile each, in the order of candidates. */
public final class CandidateFleet {

  private static final long SEED = 20261125;
  private static final int CAPACITIES = 16;

  private final String[] names;
  private final long[] keys;
  private final long[] sorted;
  private final KeyOrder order = new KeyOrder();

  public CandidateFleet(int hosts) {
    Random random = new Random(SEED);
    names = IntStream.range(0, hosts).mapToObj(i -> name(random, i)).toArray(String[]::new);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < hosts; i++) {
      numbers.put(names[i], i);
    }
    order.admit(numbers);
    keys = new long[hosts];
    Arrays.setAll(keys, i -> CandidateKey.of(random.nextInt(CAPACITIES), i, 0));
    sorted =
        LongStream.of(keys).boxed().sorted(order::compare).mapToLong(Long::longValue).toArray();
  }

  private static String name(Random random, int i) {
    return "compute-%05x-%d.example.net".formatted(random.nextInt(1 << 20), i);
  }

  /** The key of a host. */
  public long key(int host) {
    return keys[host];
  }

  /** The key of a host after its capacity has changed, which no set holds. */
  public long changed(int host) {
    return CandidateKey.of(CAPACITIES, host, 0);
  }

  public String name(int host) {
    return names[host];
  }

  public KeyOrder order() {
    return order;
  }

  public CandidateSet filled(CandidateSet.Library library) {
    return CandidateSet.empty(library, order).with(new long[0], sorted);
  }

  public NameNumbers numbered(NameNumbers.Library library) {
    NameNumbers numbers = NameNumbers.empty(library);
    for (String name : names) {
      numbers.add(name);
    }
    return numbers;
  }
}
