package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.testing.Await;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The beginning and the end of following. */
class IndexFollowerTest {

  private static final int HOSTS = FollowedLog.HOSTS;

  private final FollowedLog log = new FollowedLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void topicsThatWereMadeAnewAreReadFromTheirBeginningAndNothingOfTheOldIsLeft() {
    log.start();
    log.sendFleet();
    log.awaitHosts(HOSTS);
    log.kafka.schedulePollTask(
        () -> {
          log.ends.replaceAll((partition, _) -> 0L);
          log.kafka.updateEndOffsets(log.ends);
          log.kafka.setPollException(new OffsetOutOfRangeException(Map.of()));
        });
    Await.until("it has begun again", () -> FollowedLog.hosts(log.view()) == 0);
    Await.until("it is ready", () -> log.health.notReady().isEmpty());
    assertThat(log.cell(2, 2)).isEqualTo(Cell.NOT_INDEXED);
    log.sendHost(0);
    log.awaitHosts(1);
  }

  @Test
  void topicsWithOtherIdsAreReadFromTheirBeginningAlthoughNoOffsetIsOutOfRange() {
    log.start();
    log.sendFleet();
    log.awaitHosts(HOSTS);
    log.kafka.schedulePollTask(
        () -> {
          log.ids.makeAnew();
          log.ends.replaceAll((partition, _) -> 0L);
          log.kafka.updateEndOffsets(log.ends);
          log.clock.move(Duration.ofSeconds(2));
        });
    Await.until("it has begun again", () -> FollowedLog.hosts(log.view()) == 0);
    log.sendHost(0);
    log.awaitHosts(1);
  }

  @Test
  void aFollowerThatEndsIsNeitherAliveNorReady() {
    log.start();
    log.sendFleet();
    log.awaitHosts(HOSTS);
    log.kafka.schedulePollTask(
        () -> {
          throw new LinkageError("a broken machine");
        });
    Await.until("it has ended", () -> log.health.notAlive().isPresent());
    assertThat(log.health.notAlive().orElseThrow()).contains("a broken machine");
    assertThat(log.health.notReady()).isEqualTo(log.health.notAlive());
  }

  @Test
  void aConsumerThatFailsAsItIsClosedIsNoFailureOfTheFollower() {
    FollowedLog odd =
        new FollowedLog(
            new MockConsumer<>("none") {
              @Override
              public synchronized void close() {
                super.close();
                throw new KafkaException("it does not close in order");
              }
            });
    odd.start();
    odd.sendFleet();
    odd.awaitHosts(HOSTS);
    odd.follower.close();
    assertThat(odd.kafka.closed()).isTrue();
    assertThat(odd.follower.ended().orElseThrow()).endsWith("it was closed");
  }
}
