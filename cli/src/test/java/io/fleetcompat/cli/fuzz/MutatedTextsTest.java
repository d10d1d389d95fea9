package io.fleetcompat.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fleetcompat.alerts.AlertRuleFile;
import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.collector.fleet.FleetListing;
import io.fleetcompat.collector.watch.Uevent;
import io.fleetcompat.compatibility.override.OverrideFile;
import io.fleetcompat.compatibility.pack.RulePackReader;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.KeyFile;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.PropertiesFile;
import io.fleetcompat.settings.Sizes;
import io.fleetcompat.settings.Times;
import io.fleetcompat.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and messages of every kind, with mistakes: each is a value, or the refusal of its kind. */
class MutatedTextsTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20261127);
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2000);
  private static final Path RULES =
      Path.of("../compatibility/src/main/resources/io/fleetcompat/compatibility");
  private static final Path ALERTS = Path.of("../alerts/src/main/resources/io/fleetcompat/alerts");
  private static final Set<Class<?>> BAD_YAML = Set.of(BadYamlException.class);

  @TempDir Path directory;

  /** A parser of bytes. */
  private interface Parser {
    void parse(byte[] input) throws Exception;
  }

  /** The number of refused inputs: neither none, nor all. */
  private static int refused(
      List<byte[]> samples, Set<Class<?>> refusals, int inputs, Parser parser) throws Exception {
    for (byte[] sample : samples) {
      parser.parse(sample);
    }
    Mutations mutations = new Mutations(SEED, samples);
    int refused = 0;
    for (int i = 0; i < inputs; i++) {
      byte[] input = mutations.get();
      try {
        parser.parse(input);
      } catch (Exception | StackOverflowError e) {
        if (!refusals.contains(e.getClass())) {
          return fail("seed %d, input %d: %s", SEED, i, HexFormat.of().formatHex(input), e);
        }
        refused++;
      }
    }
    return refused;
  }

  private static List<byte[]> files(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      List<byte[]> samples = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        samples.add(Files.readAllBytes(file));
      }
      assertThat(samples).isNotEmpty();
      return samples;
    }
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  private static List<byte[]> texts(String... samples) {
    return Stream.of(samples).map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Test
  void rulePacks() throws Exception {
    assertThat(
            refused(
                files(RULES.resolve("pack/packs")),
                BAD_YAML,
                INPUTS,
                input -> RulePackReader.read("vfio-pci.yaml", text(input))))
        .isBetween(1, INPUTS - 1);
  }

  @Test
  void alertRules() throws Exception {
    assertThat(
            refused(
                files(ALERTS),
                BAD_YAML,
                INPUTS,
                input -> AlertRuleFile.parse("alerts.yaml", text(input))))
        .isBetween(1, INPUTS - 1);
  }

  @Test
  void overrides() throws Exception {
    OverrideFile.Defaults defaults =
        new OverrideFile.Defaults("me", Instant.EPOCH, text -> Instant.EPOCH.plusSeconds(9));
    assertThat(
            refused(
                texts(
                    """
                    overrides:
                    - id: ecc-lab
                      rule: nvidia-vfio/ecc-mode
                      driver: {source: nvidia, destination: nvidia}
                      reason: tried on three cards
                      expires: 30d
                    """),
                BAD_YAML,
                INPUTS,
                input -> OverrideFile.read("overrides.yaml", text(input), defaults)))
        .isBetween(1, INPUTS - 1);
  }

  @Test
  void settings() throws Exception {
    assertThat(
            refused(
                texts(
                    "state-dir=/var/lib\ninterval.rescan = 60s\n# a\nlabel.pool:blue\\\n green\n"),
                Set.of(BadSettingException.class),
                INPUTS,
                input -> PropertiesFile.parse(text(input), Path.of("x.properties"))))
        .isBetween(1, INPUTS - 1);
  }

  @Test
  void timesAndSizes() throws Exception {
    Set<Class<?>> bad = Set.of(IllegalArgumentException.class);
    assertThat(
            refused(texts("30s", "PT10M", "500ms", "7d"), bad, INPUTS, i -> Times.parse(text(i))))
        .isBetween(1, INPUTS - 1);
    assertThat(refused(texts("64MiB", "1GiB", "100"), bad, INPUTS, i -> Sizes.parse(text(i))))
        .isBetween(1, INPUTS - 1);
  }

  @Test
  void keyFiles() throws Exception {
    Path file = directory.resolve("a.key");
    KeyFile.write(file, FleetKey.random(new SecureRandom()).host("a", 1));
    assertThat(
            refused(
                List.of(Files.readAllBytes(file)),
                Set.of(IllegalArgumentException.class),
                INPUTS / 4,
                input -> {
                  Files.write(file, input);
                  KeyFile.host(file);
                }))
        .isBetween(1, INPUTS / 4 - 1);
  }

  @Test
  void uevents() throws Exception {
    assertThat(
            refused(
                texts(
                    "add@/devices/pci0000:00/0000:00:02.0\0ACTION=add\0DEVPATH=/devices/x\0"
                        + "SUBSYSTEM=mdev\0SEQNUM=1\0",
                    "libudev\0\ufeed"),
                Set.of(),
                INPUTS,
                input -> Uevent.parse(input).ifPresent(Uevent::isHint)))
        .isZero();
  }

  @Test
  void descriptionsOfHosts() throws Exception {
    Path host = Files.createDirectories(directory.resolve("fleet/a"));
    Files.createDirectories(host.resolve("sys"));
    assertThat(
            refused(
                texts(
                    "{\"name\": \"a\", \"labels\": {\"pool\": \"blue\"}, \"kernel\": \"6.8.0\"}",
                    "{}"),
                Set.of(),
                INPUTS / 4,
                input -> {
                  Files.write(host.resolve("host.json"), input);
                  FleetListing listing = new FleetDirectory(directory.resolve("fleet")).look();
                  assertThat(listing.hosts().size() + listing.problems().size()).isEqualTo(1);
                  assertThat(listing.problems().values())
                      .noneMatch(problem -> problem.detail().contains("and failed"));
                }))
        .isZero();
  }
}
