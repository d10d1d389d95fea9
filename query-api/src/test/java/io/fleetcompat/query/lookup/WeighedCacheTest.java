package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The entries that the cache keeps, and those that it pushes out. */
class WeighedCacheTest {

  private static final int DENSE = 4000;

  private record Kept(long key, int weight) implements WeighedCache.Entry {}

  @Test
  void denseKeysNeverPushEachOtherOut() {
    assertAllAreKept(new WeighedCache<>(1 << 13, DENSE));
    assertAllAreKept(WeighedCache.ofDenseKeys(1 << 13, DENSE));
  }

  private static void assertAllAreKept(WeighedCache<Kept> cache) {
    for (int key = 0; key < DENSE; key++) {
      cache.keep(new Kept(key, 1));
    }
    for (int key = DENSE - 1; key >= 0; key--) {
      assertThat(cache.find(key)).as("key %d", key).isEqualTo(new Kept(key, 1));
    }
    assertThat(cache.bytes()).isEqualTo(DENSE);
  }

  @Test
  void noOlderEntryOfAKeyIsLeftWhereTheHandClearedItsFirstPlace() {
    WeighedCache<Kept> cache = WeighedCache.ofDenseKeys(4, 4);
    cache.keep(new Kept(0, 1));
    cache.keep(new Kept(2, 1)); // moves the first into the second place
    cache.keep(new Kept(1, 3)); // five: the hand clears the first place
    assertThat(cache.find(2)).isNull();
    assertThat(cache.find(0)).isEqualTo(new Kept(0, 1));
    cache.keep(new Kept(0, 0));
    assertThat(cache.find(0)).isEqualTo(new Kept(0, 0));
    assertThat(cache.bytes()).isEqualTo(3);
  }

  @Test
  void anEntryThatIsTooHeavyAloneIsNotKeptAndPushesNothingOut() {
    WeighedCache<Kept> cache = new WeighedCache<>(4, 10);
    cache.keep(new Kept(1, 4));
    cache.keep(new Kept(2, 11));
    assertThat(cache.find(1)).isNotNull();
    assertThat(cache.find(2)).isNull();
    assertThat(cache.bytes()).isEqualTo(4);
  }

  @Test
  void twoKeysOfOnePlaceStayBothInWhateverOrderTheyCome() {
    WeighedCache<Kept> cache = new WeighedCache<>(2, 100);
    for (int key : new int[] {1, 2, 1, 2, 2, 1, 1, 2}) {
      cache.keep(new Kept(key, 1));
    }
    assertThat(cache.find(1)).isNotNull();
    assertThat(cache.find(2)).isNotNull();
    assertThat(cache.bytes()).isEqualTo(2);
  }
}
