package io.fleetcompat.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedHostsTest {

  private static final FleetListing EMPTY =
      new FleetListing(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());

  @TempDir Path state;

  @Test
  void aHostThatWentWhileNobodyLookedIsTakenBackUntilKafkaKnows() throws IOException {
    PublishedHosts first = open();
    first.keep(Map.of("one host", "folder"));

    PublishedHosts second = open();
    assertThat(second.takeGone(EMPTY)).containsExactly("one host");
    assertThat(second.forget(_ -> false)).isFalse();
    second.keep(Map.of());
    assertThat(open().takeGone(EMPTY)).as("Kafka was not told").containsExactly("one host");

    assertThat(second.forget(_ -> true)).isTrue();
    second.keep(Map.of());
    assertThat(open().takeGone(EMPTY)).isEmpty();
  }

  @Test
  void aHostThatLeavesIsKeptUntilKafkaKnows() throws IOException {
    PublishedHosts hosts = open();
    hosts.leaves("h", "folder");
    hosts.keep(Map.of("other", "other"));
    assertThat(open().takeGone(EMPTY)).containsExactly("h", "other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b c\n", "a\n", "%zz folder\n", "a %\n"})
  void aDamagedFileIsSaidWithItsNameAndTheLine(String text) throws IOException {
    Files.writeString(state.resolve("published-hosts"), text);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(state.resolve("published-hosts").toString())
        .hasMessageContaining(text.strip());
  }

  private PublishedHosts open() throws IOException {
    return PublishedHosts.in(Optional.of(state));
  }
}
