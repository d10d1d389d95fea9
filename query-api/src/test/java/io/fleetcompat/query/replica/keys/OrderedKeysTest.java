package io.fleetcompat.query.replica.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ordered set beside {@link TreeSet}, over random edits of every size. */
class OrderedKeysTest {

  private static final int HOSTS = 3000;
  private static final int EDITS = 150;

  private final List<String> names = new ArrayList<>();
  private final KeyOrder order = new KeyOrder();

  private final Comparator<Long> byNames =
      Comparator.<Long>comparingLong(CandidateKey::capacityOrder)
          .thenComparing(key -> names.get(CandidateKey.host(key)))
          .thenComparing(CandidateKey::index);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyVersionEqualsTheNaiveSetAndStaysAsItWas(long seed) {
    Random random = new Random(seed);
    OrderedKeys keys = OrderedKeys.empty(order);
    TreeSet<Long> naive = new TreeSet<>(byNames);
    List<OrderedKeys> versions = new ArrayList<>();
    List<List<Long>> expected = new ArrayList<>();
    for (int i = 0; i < EDITS; i++) {
      admitSome(random);
      SortedSet<Long> removed = someOf(naive, random);
      SortedSet<Long> added = newOnes(naive, random);
      keys = keys.with(longs(removed), longs(added));
      naive.removeAll(removed);
      naive.addAll(added);
      versions.add(keys);
      expected.add(List.copyOf(naive));
      assertSeeks(keys, naive, random);
    }
    keys = keys.with(longs(naive), new long[0]);
    assertThat(keys.size()).isZero();
    assertThat(keys.from(0).hasNext()).isFalse();
    for (int i = 0; i < EDITS; i++) {
      assertThat(walk(versions.get(i), 0))
          .as("seed %d, edit %d", seed, i)
          .isEqualTo(expected.get(i));
    }
  }

  private void admitSome(Random random) {
    Map<String, Integer> newcomers = new HashMap<>();
    int count = names.size() < HOSTS ? 1 + random.nextInt(random.nextInt(20) == 0 ? 600 : 5) : 0;
    for (int i = 0; i < count; i++) {
      String name = "host-" + Integer.toHexString(random.nextInt()) + "-" + names.size();
      newcomers.put(name, names.size());
      names.add(name);
    }
    order.admit(newcomers);
  }

  private SortedSet<Long> someOf(SortedSet<Long> keys, Random random) {
    TreeSet<Long> some = new TreeSet<>(byNames);
    double share = random.nextInt(8) == 0 ? 0.9 : random.nextInt(3) == 0 ? 0.1 : 0.002;
    keys.stream().filter(key -> random.nextDouble() < share).forEach(some::add);
    return some;
  }

  private SortedSet<Long> newOnes(SortedSet<Long> keys, Random random) {
    TreeSet<Long> some = new TreeSet<>(byNames);
    int count = random.nextInt(random.nextInt(6) == 0 ? 3000 : 4);
    for (int i = 0; i < count; i++) {
      int host = random.nextInt(names.size());
      long key = CandidateKey.of(random.nextInt(4) - 1, host, random.nextInt(3));
      if (!keys.contains(key)) {
        some.add(key);
      }
    }
    return some;
  }

  private void assertSeeks(OrderedKeys keys, NavigableSet<Long> naive, Random random) {
    assertThat(keys.size()).isEqualTo(naive.size());
    long pivot = CandidateKey.of(random.nextInt(4) - 1, random.nextInt(names.size()), 1);
    int first = keys.first(key -> byNames.compare(key, pivot) >= 0);
    assertThat(first).isEqualTo(naive.headSet(pivot).size());
    assertThat(keys.contains(pivot)).isEqualTo(naive.contains(pivot));
    assertThat(walk(keys, first)).isEqualTo(List.copyOf(naive.tailSet(pivot)));
    if (first < keys.size()) {
      assertThat(keys.get(first)).isEqualTo(naive.ceiling(pivot));
    }
  }

  private static List<Long> walk(OrderedKeys keys, int from) {
    List<Long> walked = new ArrayList<>();
    for (OrderedKeys.Walk walk = keys.from(from); walk.hasNext(); ) {
      long peeked = walk.peek();
      walked.add(walk.next());
      assertThat(walked.getLast()).isEqualTo(peeked);
    }
    return walked;
  }

  private static long[] longs(SortedSet<Long> keys) {
    return keys.stream().mapToLong(Long::longValue).toArray();
  }

  @Test
  void aKeyThatIsNotThereCannotLeaveAndOneThatIsThereCannotCome() {
    names.add("a");
    order.admit(Map.of("a", 0));
    long[] key = {CandidateKey.of(1, 0, 0)};
    OrderedKeys none = OrderedKeys.empty(order);
    OrderedKeys one = none.with(new long[0], key);
    assertThatThrownBy(() -> none.with(key, new long[0])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> one.with(new long[0], key)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hostsThatComeAlwaysBetweenTheSameTwoStayInOrder() {
    String name = "m";
    for (int i = 0; i < 300; i++) {
      names.add(name);
      order.admit(Map.of(name, i));
      name = i % 2 == 0 ? name + "a" : name.substring(0, name.length() - 1) + "A";
    }
    for (int i = 1; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(Integer.signum(Long.compare(order.label(i), order.label(j))))
            .isEqualTo(Integer.signum(names.get(i).compareTo(names.get(j))));
      }
    }
  }
}
