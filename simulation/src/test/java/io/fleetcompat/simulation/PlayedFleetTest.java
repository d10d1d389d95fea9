package io.fleetcompat.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.collector.fleet.StrictJson;
import io.fleetcompat.simulation.SimulatedHosts.Move;
import io.fleetcompat.simulation.SimulatedHosts.Shown;
import io.fleetcompat.simulation.SimulatedHosts.Software;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves and changes that are played on the trees of a simulated fleet. */
class PlayedFleetTest {

  private static final long SEED = 1;
  private static final int HOSTS = 13;

  /**
   * Of the pool with NVIDIA cards: two hosts, the second with a card that has no room for what the
   * other has.
   */
  private static final String FROM = "host-0006";

  private static final String TO = "host-0004";
  private static final String PARENT = "0000:3b:00.0";

  @TempDir Path temp;

  @BeforeEach
  void aFleet() throws IOException {
    SimulatedFleet.open(temp, HOSTS, SEED);
  }

  private static Software software(String driver, String version) {
    return new Software(Optional.of(driver), version, Optional.of("7.0.1"), new TreeMap<>());
  }

  private static Software attributes(String name, String value) {
    return new Software(Optional.empty(), "", Optional.empty(), new TreeMap<>(Map.of(name, value)));
  }

  /** A move of the first device of a host to a type of the other that has room. */
  private static Move move(SimulatedHosts hosts) throws UnplayableException {
    String type =
        hosts.shown(TO).types().entrySet().stream()
            .filter(each -> each.getValue() > 0)
            .findFirst()
            .orElseThrow()
            .getKey();
    return new Move(
        hosts.shown(FROM).devices().first(),
        FROM,
        TO,
        type.substring(0, type.indexOf('/')),
        type.substring(type.indexOf('/') + 1));
  }

  private HostTree tree(String host) throws IOException {
    return HostTreeReader.read(temp.resolve(host).resolve("sys"));
  }

  @Test
  void aDeviceThatMovesIsOnTheOtherTreeAndWhatWasPlayedIsContinued() throws Exception {
    Move move;
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      move = move(fleet.now());
      fleet.play(fleet.now().move(move));
      Shown there = fleet.now().shown(TO);
      assertThat(there.devices()).contains(move.device());
      assertThat(fleet.now().shown(FROM).devices()).doesNotContain(move.device());
      assertThat(tree(TO).entries()).containsKey("bus/mdev/devices/" + move.device());
      assertThat(tree(FROM).entries()).doesNotContainKey("bus/mdev/devices/" + move.device());
    }
    SimulatedFleet.open(temp, HOSTS, SEED);
    assertThat(tree(TO).entries()).containsKey("bus/mdev/devices/" + move.device());
  }

  @Test
  void softwareIsInTheFilesThatHoldItAndInNoOther() throws Exception {
    HostTree before = tree(FROM);
    HostTree other = tree(TO);
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      fleet.play(fleet.now().change(FROM, software("nvidia", "1.9.9")));
    }
    Map<String, HostTree.Entry> expected = new TreeMap<>(before.entries());
    expected.replaceAll(
        (path, entry) ->
            path.equals("module/nvidia/version") || path.endsWith("/software_version")
                ? new HostTree.File("1.9.9\n", false)
                : entry);
    assertThat(tree(FROM).entries()).isEqualTo(expected);
    assertThat(tree(TO)).isEqualTo(other);
    assertThat(Files.readString(temp.resolve(FROM).resolve("facts.d/host.facts")))
        .contains("vgpu_manager_version=1.9.9\n");
    assertThat(Files.readString(temp.resolve(FROM).resolve("host.json"))).contains("7.0.1");
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      fleet.play(fleet.now().change("host-0005", attributes("software_version", "3.1.4")));
    }
    assertThat(tree("host-0005").entries().entrySet())
        .filteredOn(each -> each.getKey().endsWith("/software_version"))
        .hasSize(6)
        .allMatch(each -> each.getValue().equals(new HostTree.File("3.1.4\n", false)));
  }

  @Test
  void whatNoTreeCanShowIsRefusedAndNothingIsTouched() throws Exception {
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      SimulatedHosts now = fleet.now();
      Move move = move(now);
      refuses(now, new Move("0000:05:00.1", FROM, TO, PARENT, move.type()), "--in-use mdev");
      refuses(now, new Move("../../x", FROM, TO, PARENT, move.type()), "expected an mdev device");
      refuses(now, new Move(move.device(), "../up", TO, PARENT, move.type()), "found '../up'");
      refuses(now, new Move(move.device(), FROM, "/etc", PARENT, move.type()), "found '/etc'");
      refuses(now, new Move(move.device(), FROM, TO, "..", move.type()), "expected a parent");
      refuses(now, new Move(move.device(), FROM, TO, PARENT, "../.."), "expected a type");
      refuses(now, new Move(move.device(), FROM, FROM, PARENT, move.type()), "expected room");
      for (Software wrong :
          new Software[] {
            software("i915", "1.0"),
            software("nvidia", "1.0\n2.0"),
            software("nvidia", ""),
            attributes("available_instances", "9"),
            attributes("../name", "9"),
            attributes("software_version", "x".repeat(5000))
          }) {
        assertThatThrownBy(() -> now.change(FROM, wrong))
            .as(wrong.toString())
            .isInstanceOf(UnplayableException.class)
            .hasMessageContaining("expected");
      }
      assertThatThrownBy(() -> now.change("host-0012", attributes("software_version", "1")))
          .hasMessageContaining("virtual functions");
      fleet.play(now);
    }
  }

  private static void refuses(SimulatedHosts hosts, Move move, String words) {
    assertThatThrownBy(() -> hosts.move(move))
        .as(move.toString())
        .isInstanceOf(UnplayableException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aHostWithAFaultThatHidesTheChangeIsRefused() throws Exception {
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      assertThatThrownBy(() -> fleet.now().change("host-0007", software("nvidia", "1.5.0")))
          .isInstanceOf(UnplayableException.class)
          .hasMessageContaining("simulated with a fault");
    }
  }

  @Test
  void whereAPlannedCardIsFullAnotherOfTheHostTakesTheDevice() throws Exception {
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      SimulatedHosts hosts = fleet.now();
      Shown to = hosts.shown(TO);
      String free =
          to.types().entrySet().stream()
              .filter(each -> each.getValue() > 0)
              .map(Map.Entry::getKey)
              .filter(
                  type -> {
                    Integer other = to.types().get(otherCard(type));
                    return other != null && other == 0;
                  })
              .findFirst()
              .orElseThrow();
      String planned = otherCard(free);
      String device = hosts.shown(FROM).devices().first();
      SimulatedHosts after =
          hosts.move(
              new Move(
                  device,
                  FROM,
                  TO,
                  planned.substring(0, planned.indexOf('/')),
                  planned.substring(planned.indexOf('/') + 1)));
      assertThat(after.shown(TO).devices()).contains(device);
      assertThat(after.shown(TO).types().getOrDefault(free, 0))
          .isEqualTo(to.types().getOrDefault(free, 0) - 1);
    }
  }

  private static String otherCard(String type) {
    return type.startsWith("0000:3b")
        ? type.replace("0000:3b", "0000:3c")
        : type.replace("0000:3c", "0000:3b");
  }

  @Test
  void onlyOneChangesAFleetAndOnlyASimulatedOne() throws Exception {
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      assertThat(fleet.now().names()).hasSize(HOSTS);
      assertThatThrownBy(() -> PlayedFleet.open(temp))
          .isInstanceOf(FleetBusyException.class)
          .hasMessageContaining("expected a simulated fleet that nobody changes");
      assertThatThrownBy(() -> SimulatedFleet.open(temp, HOSTS, SEED))
          .isInstanceOf(FleetBusyException.class);
    }
    Path other = temp.resolve("other");
    Files.createDirectories(other.resolve("host-0001/sys"));
    assertThatThrownBy(() -> PlayedFleet.open(other))
        .isInstanceOf(NotSimulatedException.class)
        .hasMessageContaining("found no file .simulated-fleet");
    Files.writeString(other.resolve(FleetMarker.FILE), "something else\n");
    assertThatThrownBy(() -> PlayedFleet.open(other)).isInstanceOf(NotSimulatedException.class);
    Path linked = Files.createDirectories(temp.resolve("linked"));
    Files.createSymbolicLink(linked.resolve(FleetMarker.FILE), temp.resolve(FleetMarker.FILE));
    assertThatThrownBy(() -> PlayedFleet.open(linked)).isInstanceOf(IOException.class);
  }

  @Test
  void aFolderThatIsALinkIsNoHost() throws Exception {
    Path elsewhere = temp.resolve("elsewhere");
    Files.move(temp.resolve(FROM), elsewhere);
    Files.createSymbolicLink(temp.resolve(FROM), elsewhere);
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      assertThat(fleet.now().names()).doesNotContain(FROM).contains(TO);
    }
    Path sys = temp.resolve(TO).resolve("sys");
    Files.move(sys, temp.resolve("sys"));
    Files.createSymbolicLink(sys, temp.resolve("sys"));
    assertThatThrownBy(() -> PlayedFleet.open(temp))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {FROM, "host-0000"})
  void aHostThatWasNotedBeforeThereWasSoftwareIsRead(String host) throws Exception {
    Path file = temp.resolve(host).resolve(SimulatedHost.FILE);
    ObjectNode noted = (ObjectNode) StrictJson.MAPPER.readTree(file.toFile());
    assertThat(noted.remove("software")).isNotNull();
    Files.write(file, StrictJson.MAPPER.writeValueAsBytes(noted));
    HostTree before = tree(host);
    try (PlayedFleet fleet = PlayedFleet.open(temp)) {
      assertThat(fleet.now().names()).contains(host);
    }
    assertThat(tree(host)).isEqualTo(before);
  }
}
