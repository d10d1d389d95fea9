package io.fleetcompat.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The socket itself, as the running kernel gives it. */
class NetlinkTest {

  private static final int ATTEMPTS = 200;
  private static final int AF_UNIX = 1;

  @Test
  void aSocketThatCannotBeBoundKeepsNoDescriptor() throws IOException {
    long before = descriptors();
    for (int i = 0; i < ATTEMPTS; i++) {
      assertThatThrownBy(() -> Netlink.open(AF_UNIX))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("expected a uevent socket, found E");
    }
    // Other tests' threads may open a few meanwhile.
    assertThat(descriptors()).isLessThan(before + ATTEMPTS / 2);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}
