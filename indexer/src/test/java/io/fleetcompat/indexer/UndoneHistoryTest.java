package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.Placement;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Undoing the changes from the end gives every state that there was")
class UndoneHistoryTest {

  private static final String RULES = ChangeKey.Kind.RULES + "/";

  /** The kinds of changes that the same task tells. */
  private static final Set<ChangeKey.Kind> BY_HOST =
      EnumSet.of(ChangeKey.Kind.HISTORY, ChangeKey.Kind.HOST, ChangeKey.Kind.CAPACITY);

  /** The causes that have come up in any run. */
  private static final Set<ChangeCause> CAUSES = EnumSet.noneOf(ChangeCause.class);

  @TempDir Path directory;

  /** The index after so many changes, by the keys of changes. */
  private record Moment(int changes, Map<String, byte[]> index) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void undone(long seed) {
    RandomFleet fleet = new RandomFleet(seed, directory);
    List<Moment> moments = new ArrayList<>();
    fleet.run(() -> moments.add(new Moment(fleet.changes().size(), new TreeMap<>(fleet.index()))));
    List<KeyValue<ChangeKey, ChangeRecord>> changes = fleet.changes();
    Map<String, byte[]> state = new TreeMap<>(fleet.index());
    int left = changes.size();
    for (Moment moment : moments.reversed()) {
      for (; left > moment.changes(); left--) {
        undo(state, changes.get(left - 1));
      }
      compare(moment, state, "seed " + seed + " after " + left + " changes");
    }
    assertThat(changes.stream().map(change -> change.key.kind()).filter(BY_HOST::contains))
        .startsWith(ChangeKey.Kind.HISTORY)
        .containsOnlyOnce(ChangeKey.Kind.HISTORY);
    CAUSES.addAll(changes.stream().flatMap(c -> c.value.getCauses().stream()).toList());
  }

  @AfterAll
  static void everyCauseHasComeUp() {
    assertThat(CAUSES).containsExactlyInAnyOrder(ChangeCause.values());
  }

  private static void undo(Map<String, byte[]> state, KeyValue<ChangeKey, ChangeRecord> change) {
    ByteBuffer before = change.value.getBefore();
    assertThat(change.value.getBeforeOmitted()).isFalse();
    if (before == null) {
      state.remove(change.key.toString());
    } else {
      byte[] bytes = new byte[before.remaining()];
      before.duplicate().get(bytes);
      state.put(change.key.toString(), bytes);
    }
  }

  private static void compare(Moment moment, Map<String, byte[]> undone, String when) {
    Map<String, Object> was = meaning(moment.index());
    Map<String, Object> is = meaning(undone);
    // What has appeared since, and nobody referred to then, need not be undone.
    is.keySet().removeIf(key -> !isStrict(key) && !was.containsKey(key));
    Set<String> keys = new TreeSet<>(is.keySet());
    keys.addAll(was.keySet());
    for (String key : keys) {
      assertThat(is.get(key)).as(when + ": " + key).isEqualTo(was.get(key));
    }
  }

  private static boolean isStrict(String key) {
    return !key.startsWith(ChangeKey.Kind.PROFILE + "/")
        && !key.startsWith(ChangeKey.Kind.CAPACITY + "/")
        && (!key.startsWith(RULES) || key.equals(RULES + new MatrixKey.InForce()));
  }

  /** The values as they are compared: all but rows, generations, and versions of documents. */
  private static Map<String, Object> meaning(Map<String, byte[]> index) {
    Map<String, Object> meaning = new TreeMap<>();
    index.forEach(
        (key, value) -> {
          String kind = key.substring(0, key.indexOf('/'));
          if (kind.equals("host")) {
            meaning.put(key, placement(value));
          } else if (kind.equals("capacity")) {
            // Nobody asks for the capacity of a host that is not there.
            if (index.containsKey("host/" + key.substring(key.indexOf('/') + 1))) {
              meaning.put(key, capacity(value));
            }
          } else if (!key.startsWith(RULES)
              || key.endsWith("/rules")
              || key.endsWith(new MatrixKey.InForce().toString())) {
            meaning.put(key, ByteBuffer.wrap(value));
          }
        });
    return meaning;
  }

  private static Placement placement(byte[] value) {
    try {
      Placement placement = Codecs.PLACEMENT.decode(value);
      placement.put("epoch", 0L);
      placement.put("sequence", 0L);
      placement.put("observedAt", Instant.EPOCH);
      placement.put("sourceOffset", 0L);
      return placement;
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Integer> capacity(byte[] value) {
    try {
      return CapacityRecord.capacity(Codecs.HOST_CAPACITY.decode(value));
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }
}
