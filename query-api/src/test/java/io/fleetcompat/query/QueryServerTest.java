package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that cannot start. */
class QueryServerTest {

  @Test
  void aServerThatCannotListenLeavesNobodyWhoFollowsTheIndexOrAsksKafka() {
    QueryConfig elsewhere =
        QueryConfig.parse(
            Map.of("bootstrap-servers", "127.0.0.1:1", "bind-address", "192.0.2.1", "port", "0"));
    long before = threads();
    assertThatThrownBy(() -> QueryServer.start(elsewhere)).isInstanceOf(UncheckedIOException.class);
    assertThat(threads()).isEqualTo(before);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.equals("index-follower") || name.startsWith("kafka-admin-client"))
        .count();
  }
}
