package io.fleetcompat.query.history;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangeKey.Kind;
import io.fleetcompat.schemas.ChangePartitioner;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** An invented history, and a naive model of what each subject had when. */
final class HistorySample {

  static final int PARTITIONS = 3;
  static final long BEGAN = 1_000;

  static {
    Objects.requireNonNull(Codecs.CHANGE); // from here on, Avro makes our records
  }

  final List<ArrivedChange> all = new ArrayList<>();
  private final Map<ChangeKey, Optional<String>> now = new HashMap<>();
  private final Random random;
  private final long[] offsets = new long[PARTITIONS];
  private final long[] lastAt = new long[PARTITIONS];

  HistorySample(long seed) {
    random = new Random(seed);
  }

  static ArrivedChange marker(int partition, long offset, long at) {
    ChangeKey key = new ChangeKey(Kind.HISTORY, String.valueOf(partition));
    return new ArrivedChange(
        partition, offset, at, key, Optional.of(change(List.of(ChangeCause.HISTORY_BEGAN))));
  }

  static ChangeRecord change(List<ChangeCause> causes) {
    return ChangeRecord.newBuilder().setCauses(causes).build();
  }

  static SortedMap<Integer, PartitionState> partitions() {
    SortedMap<Integer, PartitionState> states = new TreeMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      states.put(partition, PartitionState.begin(0, PartitionState.UNKNOWN));
    }
    return states;
  }

  /** The next changes, with a marker as the first of each partition. */
  List<ArrivedChange> more(int count) {
    List<ArrivedChange> more = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      if (offsets[partition] == 0) {
        more.add(marker(partition, offsets[partition]++, BEGAN));
        lastAt[partition] = BEGAN;
      }
    }
    for (int n = 0; n < count; n++) {
      more.add(next());
    }
    all.addAll(more);
    return more;
  }

  /** Times of Kafka go back now and then, where another broker leads. */
  private ArrivedChange next() {
    ChangeKey subject = subject();
    int partition = ChangePartitioner.partition(subject, PARTITIONS);
    long said = lastAt[partition] + random.nextInt(8) - 2;
    lastAt[partition] = Math.max(lastAt[partition], said);
    Optional<String> had = now.getOrDefault(subject, Optional.empty());
    boolean gone = random.nextInt(5) == 0;
    now.put(
        subject,
        gone ? Optional.empty() : Optional.of("value-" + all.size() + "-" + random.nextInt()));
    boolean renamed = subject.kind() == Kind.HOST && random.nextInt(4) == 0;
    String former = "host-" + random.nextInt(12);
    ChangeRecord.Builder change =
        ChangeRecord.newBuilder()
            .setCauses(
                renamed
                    ? List.of(ChangeCause.HOST_BACK, ChangeCause.HOST_RENAMED)
                    : List.of(causes()[random.nextInt(causes().length)]))
            .setValues(
                renamed
                    ? List.of(new ChangedValue("host", former, subject.name()))
                    : List.of(new ChangedValue("host", former, "no renaming")))
            .setPools(random.nextBoolean() ? List.of("pool-" + random.nextInt(2)) : List.of())
            .setBefore(had.map(HistorySample::bytes).orElse(null));
    return new ArrivedChange(
        partition, offsets[partition]++, said, subject, Optional.of(change.build()));
  }

  private static ChangeCause[] causes() {
    return new ChangeCause[] {
      ChangeCause.DRIVER_UPGRADE, ChangeCause.HOST_STALE, ChangeCause.CAPACITY_CHANGED
    };
  }

  private ChangeKey subject() {
    int n = random.nextInt(12);
    return switch (random.nextInt(3)) {
      case 0 -> new ChangeKey(Kind.HOST, "host-" + n);
      case 1 -> new ChangeKey(Kind.CAPACITY, "host-" + n);
      default -> new ChangeKey(Kind.POOL, "pool-" + n);
    };
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static Map<Integer, Long> next(List<ArrivedChange> changes) {
    Map<Integer, Long> next = new HashMap<>();
    changes.forEach(change -> next.put(change.partition(), change.offset() + 1));
    return next;
  }

  /** The times of all changes, as the store has them. */
  List<ChangePosition> positions() {
    long[] last = new long[PARTITIONS];
    List<ChangePosition> positions = new ArrayList<>();
    for (ArrivedChange change : all) {
      last[change.partition()] = Math.max(last[change.partition()], change.timestamp());
      positions.add(
          new ChangePosition(last[change.partition()], change.partition(), change.offset()));
    }
    return positions;
  }

  /** The value of each subject before its first change after a time, as text. */
  Map<ChangeKey, String> before(long after) {
    Map<ChangeKey, String> before = new LinkedHashMap<>();
    List<ChangePosition> positions = positions();
    for (int n = 0; n < all.size(); n++) {
      ArrivedChange change = all.get(n);
      if (positions.get(n).at() > after && change.subject().kind() != Kind.HISTORY) {
        before.putIfAbsent(
            change.subject(),
            change.change().map(ChangeRecord::getBefore).map(HistorySample::text).orElse("none"));
      }
    }
    return before;
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
