package io.fleetcompat.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNamesTest {

  @TempDir Path directory;

  @Test
  void theKernelNamesTheMachineThoughNothingResolves() throws IOException {
    Path kernel = Files.writeString(directory.resolve("hostname"), "Secret-Host\n");
    assertThat(new HostNames(kernel, Map.of(), List::of).all()).containsExactly("secret-host");
  }

  @Test
  void everySourceCountsWithItsShortNameAndItsDomain() throws IOException {
    Path kernel = Files.writeString(directory.resolve("hostname"), "vm\n");
    Map<String, String> environment = Map.of("HOSTNAME", "pod-7", "USER", "me");
    HostNames names =
        new HostNames(kernel, environment, () -> List.of("n1.rack.example.org", "n2.local"));
    assertThat(names.all())
        .containsExactly(
            "n1", "n1.rack.example.org", "n2", "n2.local", "pod-7", "rack.example.org", "vm");
  }

  @Test
  void whatAnyMachineMayBeCalledIsNoName() throws IOException {
    Path kernel = Files.writeString(directory.resolve("hostname"), "(none)\n");
    HostNames names =
        new HostNames(kernel, Map.of("HOSTNAME", "localhost"), () -> List.of("a", "localhost."));
    assertThat(names.all()).containsExactly("localhost.");
    assertThat(new HostNames(kernel, Map.of("HOSTNAME", "GPU"), () -> List.of("host")).all())
        .as("words that stand in any such tree")
        .isEmpty();
    assertThat(new HostNames(directory.resolve("absent"), Map.of(), List::of).all()).isEmpty();
  }
}
