package io.fleetcompat.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.alerts.AlertRuleFile;
import io.fleetcompat.compatibility.cases.PackCases;
import io.fleetcompat.compatibility.message.KnownMessages;
import io.fleetcompat.compatibility.override.OverrideFile;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePackReader;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import io.fleetcompat.keys.KeyFile;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.PropertiesFile;
import io.fleetcompat.settings.Sizes;
import io.fleetcompat.settings.Times;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The laws of files that people write: what they mean, or a refusal with its file and line. */
final class TextProperties {

  private static final String FILE = "a.yaml";
  private static final Path RULES =
      Path.of("../compatibility/src/main/resources/io/fleetcompat/compatibility");
  private static final Path ALERTS = Path.of("../alerts/src/main/resources/io/fleetcompat/alerts");
  private static final int MOST_OF_A_REFUSAL = 2000;
  private static final int MOST_MATCHES = 256;

  private static final OverrideFile.Defaults DEFAULTS =
      new OverrideFile.Defaults("me", Instant.EPOCH, text -> Instant.EPOCH.plusSeconds(9));

  private final Path directory;
  private final RulePack pack;

  TextProperties() throws IOException, BadYamlException {
    directory = Files.createTempDirectory("fuzz-text-");
    directory.toFile().deleteOnExit();
    Path mtty = RULES.resolve("pack/packs/mtty.yaml");
    pack = RulePackReader.read("mtty.yaml", Files.readString(mtty));
  }

  private interface Reader {
    void read(String text) throws BadYamlException;
  }

  static List<byte[]> packs() throws IOException {
    return files(RULES.resolve("pack/packs"));
  }

  static List<byte[]> cases() throws IOException {
    return List.of(Files.readAllBytes(RULES.resolve("cases/mtty.yaml")));
  }

  static List<byte[]> alerts() throws IOException {
    return files(ALERTS);
  }

  private static List<byte[]> files(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      List<byte[]> samples = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        samples.add(Files.readAllBytes(file));
      }
      return samples;
    }
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  private static boolean yaml(byte[] input, Reader reader) {
    String text = text(input);
    try {
      reader.read(text);
      return true;
    } catch (BadYamlException e) {
      for (YamlProblem problem : e.problems()) {
        assertThat(problem.line()).isBetween(0, (int) text.lines().count() + 1);
        assertThat(problem.toString())
            .startsWith(FILE + ":")
            .contains("expected ", "found ")
            .doesNotContain("\n")
            .hasSizeLessThan(MOST_OF_A_REFUSAL);
      }
      return false;
    }
  }

  /** A pack is the same each time it is read. */
  static boolean pack(byte[] input) {
    return yaml(
        input,
        text ->
            assertThat(RulePackReader.read(FILE, text)).isEqualTo(RulePackReader.read(FILE, text)));
  }

  boolean cases(byte[] input) {
    return yaml(input, text -> PackCases.read(FILE, text, pack));
  }

  static boolean alertRules(byte[] input) {
    return yaml(input, text -> AlertRuleFile.parse(FILE, text));
  }

  static boolean overrides(byte[] input) {
    return yaml(input, text -> OverrideFile.read(FILE, text, DEFAULTS));
  }

  /** Reads the same as Java's own reader of properties, without blanks around it. */
  static boolean settings(byte[] input) throws IOException {
    String text = text(input);
    Map<String, String> settings;
    try {
      settings = PropertiesFile.parse(text, Path.of("a.properties")).texts();
    } catch (BadSettingException e) {
      assertThat(e).hasMessageContaining("expected ").hasMessageContaining("a.properties");
      return false;
    }
    Properties apart = new Properties();
    apart.load(new StringReader(text));
    Map<String, String> found = new HashMap<>();
    apart.stringPropertyNames().forEach(name -> found.put(name, apart.getProperty(name).strip()));
    assertThat(settings).isEqualTo(found);
    return true;
  }

  static boolean time(byte[] input) {
    return argument(
        () -> {
          Duration time = Times.parse(text(input));
          assertThat(time.isNegative()).isFalse();
          assertThat(Times.parse(Times.print(time))).isEqualTo(time);
        });
  }

  static boolean size(byte[] input) {
    return argument(() -> assertThat(Sizes.parse(text(input))).isNotNegative());
  }

  /** No refusal of a key file shows a part of a secret. */
  boolean keyFile(byte[] input) throws IOException {
    Path file = Files.write(directory.resolve("a.key"), input);
    boolean accepted = argument(() -> KeyFile.host(file));
    accepted |= argument(() -> KeyFile.fleet(file));
    accepted |= argument(() -> KeyFile.heartbeats(file));
    Files.delete(file);
    return accepted;
  }

  private static boolean argument(Runnable parser) {
    try {
      parser.run();
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(String.valueOf(e.getMessage())).contains("expected ").doesNotContain("SECRET");
      return false;
    }
  }

  /** A message that somebody pasted. */
  static boolean message(byte[] input) {
    List<KnownMessages.Match> found = KnownMessages.builtIn().in(text(input));
    assertThat(found).hasSizeLessThanOrEqualTo(MOST_MATCHES);
    return !found.isEmpty();
  }
}
