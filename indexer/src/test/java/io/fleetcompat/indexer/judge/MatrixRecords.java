package io.fleetcompat.indexer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.MatrixRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Record;
import org.roaringbitmap.RoaringBitmap;

/** The records of the matrix as a reader takes them, one by one, who looks for gaps after each. */
final class MatrixRecords {

  private final SortedMap<Integer, Profile> living;
  private final Map<MatrixKey, byte[]> newest = new HashMap<>();
  private final List<MatrixKey> log = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private Set<Pair> answered = new HashSet<>();
  private int swaps;

  private record Pair(int source, int destination) {}

  MatrixRecords(SortedMap<Integer, Profile> living) {
    this.living = living;
  }

  void take(Record<?, ?> record) {
    MatrixKey key = key(record);
    log.add(key);
    if (record.value() == null) {
      newest.remove(key);
    } else {
      requireRules(key);
      newest.put(key, (byte[]) record.value());
    }
    if (key instanceof MatrixKey.InForce) {
      swaps++;
    }
    lookForGaps(key);
  }

  private static MatrixKey key(Record<?, ?> record) {
    try {
      return RecordKeys.MATRIX.decode((byte[]) record.key());
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  private void requireRules(MatrixKey key) {
    if (key instanceof MatrixKey.OfRules of && !(key instanceof MatrixKey.Rules)) {
      assertThat(newest).containsKey(new MatrixKey.Rules(of.rules()));
    }
  }

  private void lookForGaps(MatrixKey after) {
    Set<Pair> now = new HashSet<>();
    for (int source : living.keySet()) {
      for (int destination : living.keySet()) {
        if (isAnswered(source, destination)) {
          now.add(new Pair(source, destination));
        }
      }
    }
    for (Pair pair : answered) {
      if (!now.contains(pair)
          && living.containsKey(pair.source)
          && living.containsKey(pair.destination)) {
        gaps.add(pair + " after " + after);
      }
    }
    assertThat(gaps).isEmpty();
    answered = now;
  }

  /** True where a reader answers for that pair, by the rules in force. */
  boolean isAnswered(int source, int destination) {
    RuleSetId set = RuleSetId.of(inForce());
    byte[] generation = newest.get(new MatrixKey.Generation(set));
    int later = Math.max(source, destination);
    Profile profile = living.get(later);
    try {
      return generation != null
          && profile != null
          && later < Codecs.MATRIX_GENERATION.decode(generation).getGeneration()
          && newest.containsKey(new MatrixKey.Row(set, profile.fingerprint().toString()));
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  String inForce() {
    byte[] record = newest.get(new MatrixKey.InForce());
    try {
      return record == null ? "none" : Codecs.RULES_IN_FORCE.decode(record).getRuleSet();
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  int swaps() {
    return swaps;
  }

  int written() {
    return log.size();
  }

  List<String> gaps() {
    return gaps;
  }

  int rowsWritten(RuleSet rules) {
    RuleSetId set = RuleSetId.of(rules.toString());
    return (int)
        log.stream()
            .filter(key -> key instanceof MatrixKey.Row row && row.rules().equals(set))
            .count();
  }

  /** The keys of the records that come of that. */
  List<MatrixKey> keysFrom(Runnable work) {
    int before = log.size();
    work.run();
    return List.copyOf(log.subList(before, log.size()));
  }

  /** The rule sets of which there is anything. */
  Set<RuleSetId> sets() {
    Set<RuleSetId> sets = new TreeSet<>();
    for (MatrixKey key : newest.keySet()) {
      if (key instanceof MatrixKey.OfRules of) {
        sets.add(of.rules());
      }
    }
    return sets;
  }

  /** Every pair is answered as the judge of the rules in force does. */
  void requireJudged() {
    RuleSet rules =
        List.of(
                RuleSet.of(Set.of()),
                RuleSet.of(Set.of(Policy.MUTUAL)),
                RuleSet.of(Set.of(Policy.CROSS_TYPE)),
                RuleSet.of(Set.of(Policy.values())))
            .stream()
            .filter(each -> each.toString().equals(inForce()))
            .findAny()
            .orElseThrow();
    Judge judge = new Judge(rules);
    living.forEach(
        (s, source) ->
            living.forEach(
                (d, destination) -> {
                  assertThat(isAnswered(s, d)).isTrue();
                  assertThat(outcome(s, d)).isEqualTo(judge.outcome(source, destination).name());
                }));
  }

  private String outcome(int source, int destination) {
    int later = Math.max(source, destination);
    RuleSetId set = RuleSetId.of(inForce());
    Profile profile = Objects.requireNonNull(living.get(later));
    try {
      MatrixRow row =
          Codecs.MATRIX_ROW.decode(
              newest.get(new MatrixKey.Row(set, profile.fingerprint().toString())));
      assertThat(row.getSource()).isEqualTo(later);
      boolean to = source == later;
      int other = to ? destination : source;
      if (has(to ? row.getCompatible() : row.getCompatibleSources(), other)) {
        return "COMPATIBLE";
      }
      return has(to ? row.getUnknown() : row.getUnknownSources(), other)
          ? "UNKNOWN"
          : "INCOMPATIBLE";
    } catch (BadRecordException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean has(ByteBuffer bytes, int number) throws IOException {
    RoaringBitmap bitmap = new RoaringBitmap();
    bitmap.deserialize(bytes.duplicate());
    return bitmap.contains(number);
  }
}
