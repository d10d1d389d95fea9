package io.fleetcompat.collector.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The units that run the producers, as systemd sees them. */
class SystemdUnitsTest {

  private static final Path UNITS = ProducerHost.SCRIPTS.resolve("systemd");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final String INSTALLED = "/usr/share/fleetcompat/facts";

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> systemdTakesTheUnitsOfEachProducer() throws IOException {
    return FactProducersTest.scripts().stream()
        .map(script -> script.substring(0, script.length() - ".py".length()))
        .map(producer -> dynamicTest(producer, () -> verify(producer)));
  }

  @Test
  void dropInsAreOfProducersThatAreThere() throws IOException {
    List<String> scripts = FactProducersTest.scripts();
    try (Stream<Path> units = Files.list(UNITS)) {
      assertThat(
              units.map(unit -> unit.getFileName().toString()).filter(name -> name.endsWith(".d")))
          .isNotEmpty()
          .allMatch(
              name ->
                  scripts.contains(name.replaceAll("fleetcompat-facts@(.*)\\.\\w+\\.d", "$1.py")));
    }
  }

  @Test
  void theDirectoryOfFactsIsAllThatAProducerMayWrite() throws IOException {
    List<String> service = Files.readAllLines(UNITS.resolve("fleetcompat-facts@.service"));
    assertThat(service)
        .contains(
            "ProtectSystem=strict",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "StateDirectory=fleetcompat/facts.d",
            "PrivateDevices=yes",
            "ProtectKernelTunables=yes")
        .noneMatch(line -> line.startsWith("ReadWritePaths="));
    try (Stream<Path> dropIns = Files.walk(UNITS)) {
      for (Path dropIn : dropIns.filter(file -> file.toString().endsWith(".conf")).toList()) {
        assertThat(Files.readString(dropIn)).doesNotContain("ReadWritePaths=", "ProtectSystem=");
      }
    }
  }

  private void verify(String producer) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(ANALYZE), "there is no systemd-analyze on this machine");
    Path units = Files.createTempDirectory(directory, "units");
    for (String kind : List.of("service", "timer")) {
      Path unit = units.resolve("fleetcompat-facts@%s.%s".formatted(producer, kind));
      String text = Files.readString(UNITS.resolve("fleetcompat-facts@." + kind));
      Files.writeString(unit, text.replace(INSTALLED, ProducerHost.SCRIPTS.toString()));
      Path dropIns = UNITS.resolve(unit.getFileName() + ".d");
      if (Files.isDirectory(dropIns)) {
        Path copied = Files.createDirectories(units.resolve(dropIns.getFileName()));
        try (Stream<Path> files = Files.list(dropIns)) {
          for (Path file : files.toList()) {
            Files.copy(file, copied.resolve(file.getFileName()));
          }
        }
      }
    }
    Path log = units.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            ANALYZE.toString(),
            "verify",
            "--man=no",
            units.resolve("fleetcompat-facts@%s.service".formatted(producer)).toString(),
            units.resolve("fleetcompat-facts@%s.timer".formatted(producer)).toString());
    builder.environment().put("SYSTEMD_UNIT_PATH", units + ":");
    int status = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    assertThat(status).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).isEmpty();
  }
}
