package io.fleetcompat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.fleet.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedFleetTest {

  private static final long SEED = 42;
  private static final int HOSTS = 96;

  @TempDir Path temp;

  @Test
  void theSameSeedWritesTheSameTrees() throws IOException {
    SimulatedFleet.open(temp.resolve("one"), HOSTS, SEED);
    SimulatedFleet.open(temp.resolve("two"), HOSTS, SEED);
    assertThat(read(temp.resolve("one"))).isEqualTo(read(temp.resolve("two"))).hasSize(HOSTS);
    SimulatedFleet.open(temp.resolve("three"), HOSTS, SEED + 1);
    assertThat(read(temp.resolve("three"))).isNotEqualTo(read(temp.resolve("one")));
  }

  @Test
  void theSameSeedChangesTheSameThings() throws IOException {
    SimulatedFleet one = SimulatedFleet.open(temp.resolve("one"), 20, SEED);
    SimulatedFleet two = SimulatedFleet.open(temp.resolve("two"), 20, SEED);
    List<SimulatedFleet.Change> changes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      SimulatedFleet.Change change = one.change();
      changes.add(change);
      assertThat(two.change()).isEqualTo(change);
    }
    assertThat(read(temp.resolve("one"))).isEqualTo(read(temp.resolve("two")));
    assertThat(changes.stream().map(SimulatedFleet.Change::kind).distinct())
        .containsExactlyInAnyOrder(SimulatedFleet.Change.Kind.values());
  }

  @Test
  void aChangeInPlaceEndsInTheTreeThatAFreshWriteWouldMake() throws IOException {
    SimulatedFleet fleet = SimulatedFleet.open(temp, 48, SEED);
    for (int i = 0; i < 400; i++) {
      fleet.change();
    }
    for (String host : fleet.hosts()) {
      SimulatedHost noted =
          StrictJson.MAPPER.readValue(
              temp.resolve(host).resolve(SimulatedHost.FILE).toFile(), SimulatedHost.class);
      assertThat(HostTreeReader.read(temp.resolve(host).resolve("sys")))
          .as(host)
          .isEqualTo(SimulatedSysfs.of(noted));
    }
  }

  @Test
  void aSecondStartContinuesAndHealsWhatAKillLeftHalfDone() throws IOException {
    SimulatedFleet fleet = SimulatedFleet.open(temp, 12, SEED);
    for (int i = 0; i < 50; i++) {
      fleet.change();
    }
    java.util.Map<String, HostTree> before = read(temp);
    Path version = temp.resolve(fleet.hosts().getFirst()).resolve("sys/module/i915/version");
    Files.delete(version);
    SimulatedFleet.open(temp, fleet.hosts().size(), SEED);
    assertThat(read(temp)).isEqualTo(before);
  }

  @Test
  void aSmallerAndALargerFleetIsHonouredAndOtherFoldersAreLeftAlone() throws IOException {
    SimulatedFleet.open(temp, 8, SEED);
    Files.createDirectories(temp.resolve("somebody-else/sys"));
    assertThat(SimulatedFleet.open(temp, 5, SEED).hosts()).hasSize(5);
    assertThat(temp.resolve("host-0005")).doesNotExist();
    assertThat(SimulatedFleet.open(temp, 9, SEED).hosts()).hasSize(9);
    assertThat(temp.resolve("somebody-else/sys")).isDirectory();
  }

  @Test
  void everyLinkLeadsSomewhereBelowTheRootButTheOneThatDangles() throws IOException {
    SimulatedFleet fleet = SimulatedFleet.open(temp, HOSTS, SEED);
    int dangling = 0;
    for (String host : fleet.hosts()) {
      Path sys = temp.resolve(host).resolve("sys");
      for (String path : links(sys)) {
        Path link = sys.resolve(path);
        Path target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        assertThat(target).as(path).startsWithRaw(sys);
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
          assertThat(path).matches("bus/mdev/devices/.*bad|.*/driver|.*/subsystem");
          dangling += path.endsWith("bad") ? 1 : 0;
        }
      }
    }
    assertThat(dangling).isPositive();
  }

  private static List<String> links(Path sys) throws IOException {
    return HostTreeReader.read(sys).entries().entrySet().stream()
        .filter(e -> e.getValue() instanceof HostTree.Link)
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  private static java.util.Map<String, HostTree> read(Path directory) throws IOException {
    TreeMap<String, HostTree> trees = new TreeMap<>();
    try (var folders = Files.newDirectoryStream(directory, "host-*")) {
      for (Path folder : folders) {
        trees.put(folder.getFileName().toString(), HostTreeReader.read(folder));
      }
    }
    return trees;
  }
}
