package io.fleetcompat.indexer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.WrittenRules;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** Rows as the indexer judges them, and rows in which something was changed. */
class DerivedRowsTest {

  private static final RuleSet RULES = RuleSet.of(Set.of());
  private static final Profile FIRST = Profiles.ofVersion("1.0.0");
  private static final int LAST = 7;

  private final TreeMap<Integer, Profile> profiles = new TreeMap<>();
  private final Map<Integer, MatrixRow> told = new HashMap<>();
  private DerivedRows rows;

  @BeforeEach
  void judge() {
    // Numbers have gaps where profiles are gone.
    profiles.put(0, FIRST);
    profiles.put(3, Profiles.ofVersion("1.1.0"));
    profiles.put(LAST, Profiles.ofVersion("2.0.0"));
    IndexerMetrics metrics = new IndexerMetrics(new SimpleMeterRegistry());
    Matrix matrix = new Matrix(new PairJudge(new Judge(RULES)::outcome, metrics));
    profiles.forEach(
        (number, profile) -> told.put(number, matrix.add(number, profile).encode(number)));
    rows = DerivedRows.of(record(WrittenRules.of(RULES).ruleSet()), profiles).orElseThrow();
  }

  @Test
  void rowsThatTheIndexerJudgedDifferInNothing() {
    profiles.keySet().forEach(n -> assertThat(rows.difference(n, row(n))).isEmpty());
    assertThat(rows.pairs(0)).isEqualTo(1);
    assertThat(rows.pairs(LAST)).isEqualTo(5);
  }

  @Test
  void oneBitThatIsAnotherIsFoundInEachOfTheSetsWithItsPair() throws IOException {
    for (String set : List.of("compatible", "unknown", "compatibleSources", "unknownSources")) {
      MatrixRow row = row(LAST);
      RoaringBitmap bits = new RoaringBitmap();
      bits.deserialize(((ByteBuffer) row.get(set)).duplicate());
      bits.flip(0L, 1L);
      ByteBuffer bytes = ByteBuffer.allocate(bits.serializedSizeInBytes());
      bits.serialize(bytes);
      row.put(set, bytes.flip());
      assertThat(rows.difference(LAST, row))
          .as(set)
          .hasValueSatisfying(what -> assertThat(what).contains(FIRST.fingerprint().toString()));
    }
  }

  @Test
  void aRowOfAnotherNumberAndOneThatNobodyCanReadAreDifferences() {
    assertThat(rows.difference(LAST, row(3))).contains("expected the row of number 7, found 3");
    MatrixRow garbage = row(LAST);
    garbage.put("unknown", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(rows.difference(LAST, garbage))
        .hasValueSatisfying(what -> assertThat(what).contains("a row that can be read"));
    MatrixRow first = row(LAST);
    first.put("compatibleSources", null);
    assertThat(rows.difference(LAST, first))
        .hasValueSatisfying(what -> assertThat(what).contains("first form"));
  }

  @Test
  void rulesThatThisVersionDoesNotHaveMakeNoRows() {
    assertThat(DerivedRows.of(record("999[]"), profiles)).isEmpty();
  }

  private MatrixRow row(int number) {
    return MatrixRow.newBuilder(told.get(number)).build();
  }

  private static RuleSetRecord record(String spelled) {
    return new RuleSetRecord(spelled, List.of(), List.of(), Map.of(), Instant.EPOCH);
  }
}
