package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.RejectedRecords.RejectedRecord;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.MatrixRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are as bad as they can be. */
class RejectedRecordsTest {

  private static final int PROFILES = FollowedLog.PROFILES;
  private static final int HOSTS = FollowedLog.HOSTS;
  private static final Topics TOPICS = FollowedLog.TOPICS;

  private final FollowedLog log = new FollowedLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aRowWhoseBitmapIsCutIsRejectedAndThePairsOfItsProfileAreNotIndexed() {
    log.start();
    log.sendFleet();
    log.awaitHosts(HOSTS);
    assertThat(log.cell(3, 3)).isEqualTo(Cell.COMPATIBLE);
    MatrixRow row = log.fleet.row(3);
    byte[] bytes = new byte[row.getCompatible().remaining()];
    row.getCompatible().duplicate().get(bytes);
    MatrixRow cut =
        new MatrixRow(
            3,
            ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length - 1)),
            row.getUnknown(),
            row.getCompatibleSources(),
            row.getUnknownSources());
    log.send(TOPICS.matrix(), log.fleet.rowKey(3).toString(), Codecs.MATRIX_ROW.encode(cut));
    log.sendHost(HOSTS);
    log.awaitHosts(HOSTS + 1);
    assertThat(log.follower.rejected().count()).isEqualTo(1);
    RejectedRecord rejected = log.follower.rejected().newest().getFirst();
    assertThat(rejected.record()).isEqualTo("matrix-0@" + (PROFILES + 3));
    assertThat(rejected.reason()).contains("RoaringBitmap", "BufferUnderflow");
    assertThat(log.cell(3, 3)).isEqualTo(Cell.NOT_INDEXED);
    assertThat(log.cell(2, 2)).isEqualTo(Cell.COMPATIBLE);
    assertThat(log.health.notReady()).isEmpty();
    log.send(
        TOPICS.matrix(),
        log.fleet.rowKey(3).toString(),
        Codecs.MATRIX_ROW.encode(log.fleet.row(3)));
    log.sendHost(HOSTS + 1);
    log.awaitHosts(HOSTS + 2);
    assertThat(log.cell(3, 3)).as("a newer row heals it").isEqualTo(Cell.COMPATIBLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverARecordHoldsIsItsOwnRejectionAndNothingElseIsLost(long seed) {
    Random random = new Random(seed);
    log.start();
    log.sendFleet();
    int bad = 300;
    for (int i = 0; i < bad; i++) {
      hostile(random, i);
    }
    log.sendHost(HOSTS);
    log.awaitHosts(HOSTS + 1);
    assertThat(log.health.notReady()).as("seed %d", seed).isEmpty();
    assertThat(log.follower.rejected().count() + log.follower.applied())
        .as("seed %d", seed)
        .isEqualTo(2L * PROFILES + 3 + HOSTS + bad + 1);
    assertThat(log.follower.rejected().count()).isPositive();
    assertThat(log.follower.rejected().newest())
        .hasSizeLessThanOrEqualTo(RejectedRecords.MAX_NEWEST);
  }

  /** A record of somebody else's key with some of its bytes cut, changed, or of another topic. */
  private void hostile(Random random, int number) {
    byte[] bytes =
        switch (random.nextInt(5)) {
          case 0 -> Codecs.PLACEMENT.encode(log.fleet.placement(9, 1));
          case 1 -> Codecs.MATRIX_ROW.encode(log.fleet.row(random.nextInt(PROFILES)));
          case 2 -> Codecs.PROFILE.encode(log.fleet.profileRecord(random.nextInt(PROFILES)));
          case 3 -> Codecs.HOST_CAPACITY.encode(log.fleet.capacity(9, 1, Instant.EPOCH));
          default -> Codecs.MATRIX_GENERATION.encode(log.fleet.generation(number));
        };
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt();
    }
    byte[] cut = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    String key = random.nextBoolean() ? "f".repeat(32) : "hostile-" + number % 7;
    List<Topic<?, ?>> topics =
        List.of(TOPICS.profiles(), TOPICS.matrix(), TOPICS.placements(), TOPICS.hostCapacity());
    log.send(topics.get(random.nextInt(topics.size())), key, cut);
  }
}
