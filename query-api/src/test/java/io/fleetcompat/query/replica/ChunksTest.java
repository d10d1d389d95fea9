package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The persistent array beside a map, over random edits. */
class ChunksTest {

  private static final int INDEXES = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyVersionEqualsTheNaiveMapAndStaysAsItWas(long seed) {
    Random random = new Random(seed);
    Chunks.Editor<Integer> edit = Chunks.<Integer>empty().edit();
    Map<Integer, Integer> naive = new HashMap<>();
    List<Chunks<Integer>> versions = new ArrayList<>();
    List<Map<Integer, Integer>> expected = new ArrayList<>();
    for (int version = 0; version < 40; version++) {
      int sets = random.nextInt(version % 5 == 0 ? 2000 : 3);
      for (int i = 0; i < sets; i++) {
        int index = random.nextInt(random.nextBoolean() ? 300 : INDEXES);
        Integer value = random.nextInt(4) == 0 ? null : random.nextInt();
        edit.set(index, value);
        naive.put(index, value);
        assertThat(edit.get(index)).isEqualTo(value);
      }
      Chunks<Integer> built = edit.build();
      assertThat(sets == 0 && version > 0).isEqualTo(version > 0 && built == versions.getLast());
      versions.add(built);
      expected.add(new HashMap<>(naive));
      if (random.nextBoolean()) {
        edit = built.edit();
      }
    }
    for (int version = 0; version < versions.size(); version++) {
      for (int index = -1; index < INDEXES + 5000; index++) {
        assertThat(versions.get(version).get(index)).isEqualTo(expected.get(version).get(index));
      }
    }
  }
}
