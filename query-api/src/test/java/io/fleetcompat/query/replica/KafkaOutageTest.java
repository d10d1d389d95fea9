package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.follow.KafkaFaults;
import io.fleetcompat.testing.Await;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kafka that is away, or refuses the replica. */
class KafkaOutageTest {

  private static final int HOSTS = FollowedLog.HOSTS;

  private final FollowedLog log = new FollowedLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void kafkaThatRefusesUsIsAskedAgainAndReadyEndsAfterAWhile() {
    log.start();
    log.sendFleet();
    log.awaitHosts(HOSTS);
    for (int i = 0; i < 3; i++) {
      log.kafka.schedulePollTask(
          () -> {
            log.clock.move(KafkaFaults.MOST.dividedBy(2));
            log.kafka.setPollException(new SaslAuthenticationException("not these credentials"));
          });
    }
    Await.until("it is not ready", () -> log.health.notReady().isPresent());
    assertThat(log.health.notReady().orElseThrow()).contains("not these credentials");
    assertThat(log.health.notAlive()).isEmpty();
    assertThat(FollowedLog.hosts(log.view())).as("answers go on").isEqualTo(HOSTS);
    log.sendHost(HOSTS);
    log.awaitHosts(HOSTS + 1);
    Await.until("it is ready again", () -> log.health.notReady().isEmpty());
  }

  @Test
  void kafkaThatIsAwayLeavesTheReplicaReady() {
    log.start();
    log.sendFleet();
    log.awaitHosts(HOSTS);
    for (int i = 0; i < 3; i++) {
      log.kafka.schedulePollTask(
          () -> {
            log.clock.move(KafkaFaults.MOST);
            log.kafka.setPollException(new TimeoutException("nobody answers"));
          });
    }
    log.sendHost(HOSTS);
    log.awaitHosts(HOSTS + 1);
    assertThat(log.health.notReady()).isEmpty();
  }
}
