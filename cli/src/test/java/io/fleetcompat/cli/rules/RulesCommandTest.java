package io.fleetcompat.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesCommandTest {

  private static final String PACK = AcmePack.TEXT;

  private static final String CASES =
      """
      pack: acme
      both:
        kind: pci
        driver: acme_vfio_pci
        values: {pci/vendor: "0x1234", pci/device: "0x0001", fact/site.level: 3}
      cases:
        - name: equal functions may go
          expect: {verdict: COMPATIBLE, warnings: []}
        - name: another level
          destination: {values: {fact/site.level: 4}}
          expect: {verdict: INCOMPATIBLE, rules: [level], failure: late}
        - name: a level that nobody stated
          source: {missing: [fact/site.level]}
          expect: {verdict: UNKNOWN, rules: [acme/level]}
        - name: a level that nobody stated, where it need not be known
          options: {level: any}
          source: {missing: [fact/site.level]}
          expect: {verdict: COMPATIBLE}
      """;

  @TempDir Path directory;
  private Path pack;

  @BeforeEach
  void write() throws IOException {
    pack = text("rules/acme.yaml", PACK);
  }

  private Path text(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  private static JsonNode json(Run run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show", "explain", "check", "test"})
  void everyCommandHasHelpWithAnExample(String command) {
    Run run = Run.of("rules", command, "--help");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("Usage: fleetcompat rules " + command, "  fleetcompat rules " + command + " ");
  }

  @Test
  void rulesAloneIsWrongUsage() {
    Run run = Run.of("rules");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand");
  }

  @Test
  void listHasEveryPackInForceWithItsOptionsAndOrigin() throws IOException {
    String rules = directory.resolve("rules").toString();
    Run run = Run.of("rules", "list", "--rules", rules, "--rule-option", "acme.level=any");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("acme@2 ")))
        .singleElement()
        .asString()
        .contains("pci of acme_vfio_pci", "level=any", "acme.yaml", "ACME functions");
    assertThat(run.out()).contains("nvidia-mdev@", "ecc=required", "built in");
    JsonNode json = json(Run.of("rules", "list", "--rules", rules, "-o", "json"));
    assertThat(json.path("packs")).hasSize(RulePacks.builtIn().all().size() + 1);
    assertThat(json.path("packs").path(0).path("file").asText()).isEqualTo("acme.yaml");
    assertThat(json.path("packs").path(0).at("/options/level/chosen").asText())
        .isEqualTo("required");
  }

  @Test
  void showIsTheFileAsItIs() throws IOException {
    String rules = directory.resolve("rules").toString();
    assertThat(Run.of("rules", "show", "acme", "--rules", rules).out()).isEqualTo(PACK);
    JsonNode json = json(Run.of("rules", "show", "acme", "--rules", rules, "-o", "json"));
    assertThat(json.at("/rules/1/attribute").asText()).isEqualTo("pci/device");
    Run none = Run.of("rules", "show", "acme");
    assertThat(none.status()).isEqualTo(5);
    assertThat(none.err()).contains("found 'acme'", "nvidia-mdev");
  }

  @Test
  void whatIsShownOfABuiltInPackCanBeCheckedTestedAndLoaded() throws IOException {
    for (RulePack builtIn : RulePacks.builtIn().all()) {
      Path file =
          text("all/" + builtIn.id() + ".yaml", Run.of("rules", "show", builtIn.id()).out());
      Path cases =
          text(
              "cases/" + builtIn.id() + ".yaml",
              Run.of("rules", "show", builtIn.id(), "--cases").out());
      Run run = Run.of("rules", "test", file.toString(), cases.toString());
      assertThat(run.status()).as(run.err() + run.out()).isZero();
      assertThat(run.out()).contains(", 0 failed").doesNotContain("no case expects");
    }
    Run check = Run.of("rules", "check", directory.resolve("all").toString());
    assertThat(check.status()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("warning: takes the place of the built-in pack nvidia-mdev@")
        .contains("files: %d, problems: 0".formatted(RulePacks.builtIn().all().size()));
  }

  @Test
  void everyBuiltInPackIsExplained() throws IOException {
    for (RulePack builtIn : RulePacks.builtIn().all()) {
      Run run = Run.of("rules", "explain", builtIn.id());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).startsWith(builtIn.name() + ": " + builtIn.title());
      builtIn.rules().forEach(rule -> assertThat(run.out()).contains(rule.id(), rule.sentence()));
      assertThat(json(Run.of("rules", "explain", builtIn.id(), "-o", "json")).path("rules"))
          .hasSameSizeAs(builtIn.rules());
    }
    assertThat(Run.of("rules", "explain", "nvidia-mdev").out())
        .contains("selects      mdev of nvidia")
        .contains("a migration would fail late, in the blackout after the source has stopped")
        .contains("collector/facts: nvidia-smi: run collector/facts/nvidia-smi.py")
        .contains("nvidia-mdev.ecc=required")
        .contains("Rules that the options switch off");
  }

  @Test
  void checkFindsEverythingOfEveryFile() throws IOException {
    Path bad =
        text(
            "rules/bad.yaml",
            PACK.replace("operator: equal", "operator: same").replace("pci/device", "pci/devise"));
    Path twin = text("rules/twin.yaml", PACK);
    Run run = Run.of("rules", "check", directory.resolve("rules").toString());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(bad + ":17: expected at /rules/0/operator one of"),
            line -> assertThat(line).startsWith(bad + ":23: expected an address of docs/facts.md"),
            line -> assertThat(line).startsWith(bad + ":24: expected at /rules/1/operator one of"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        twin + ":1: expected a pack of an id of its own, found acme of " + pack),
            line ->
                assertThat(line).startsWith(pack + ":13: warning: does not ask for vfio/migration"),
            line -> assertThat(line).isEqualTo("files: 3, problems: 4, warnings: 1"));
    JsonNode json = json(Run.of("rules", "check", "-o", "json", bad.toString()));
    assertThat(json.path("problems")).hasSize(3);
    assertThat(json.at("/problems/0/line").asInt()).isEqualTo(17);
  }

  @Test
  void checkWarnsOfWhatMayNotBeMeant() throws IOException {
    Path over =
        text(
            "over.yaml",
            """
            pack: mlx5
            version: 9
            title: ours
            match: {kind: [pci], driver: [mlx5_vfio_pci]}
            no-rules: we do not know
            """);
    assertThat(Run.of("rules", "check", over.toString()).out())
        .contains(over + ":1: warning: takes the place of the built-in pack mlx5@");
    assertThat(Run.of("rules", "check", "--strict", over.toString()).status()).isEqualTo(3);

    Path wide =
        text(
            "wide.yaml",
            """
            pack: wide
            version: 1
            title: ours
            options:
              unused:
                description: nothing
                default: a
                values:
                  a: {description: one, source: [{document: ours}]}
                  b: {description: two, source: [{document: ours}]}
            match: {kind: [pci], driver: ["mlx5?vfio*"]}
            no-rules: we do not know
            """);
    Run run = Run.of("rules", "check", wide.toString());
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(wide + ":5: warning: no rule depends on the option unused")
        .contains(wide + ":11: warning: selects only drivers that no pack names: ")
        .contains("mlx5@");

    Path alike =
        text(
            "alike.yaml",
            """
            pack: zz
            version: 1
            title: ours
            match: {kind: [pci], driver: [mlx5_vfio_pci]}
            no-rules: we do not know
            """);
    assertThat(Run.of("rules", "check", alike.toString()).out())
        .contains(alike + ":4: warning: speaks in place of the built-in pack mlx5@");
    assertThat(Run.of("rules", "check", alike.toString(), text("b.yaml", twin()).toString()).out())
        .contains(alike + ":4: warning: selects nothing: ");
  }

  private static String twin() {
    return """
    pack: aa
    version: 1
    title: ours
    match: {kind: [pci], driver: [mlx5_vfio_pci, mlx5-vfio-pci]}
    no-rules: we do not know
    """;
  }

  @Test
  void testSaysWhichCasesHold() throws IOException {
    Path cases = text("cases/acme.yaml", CASES);
    Run run = Run.of("rules", "test", pack.toString(), cases.toString());
    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out())
        .contains("ok      another level")
        .contains("no case expects a no, or a warning, of: acme/device")
        .endsWith("acme@2: 4 cases, 0 failed" + System.lineSeparator());

    Path wrong =
        text("cases/wrong.yaml", CASES.replace("fact/site.level: 4", "pci/device: \"0x0002\""));
    Run failed = Run.of("rules", "test", pack.toString(), wrong.toString());
    assertThat(failed.status()).isEqualTo(3);
    assertThat(failed.out())
        .contains("FAILED  another level (" + wrong + ":9)")
        .contains("rules: expected [acme/level], found [acme/device]")
        .contains("failure: expected late, found early")
        .contains("because acme/device: expected: both have the same device id");
    JsonNode json = json(Run.of("rules", "test", pack.toString(), wrong.toString(), "-o", "json"));
    assertThat(json.path("failed").asInt()).isEqualTo(1);
    assertThat(json.at("/results/1/differences")).isNotEmpty();
  }

  @Test
  void casesThatTestNothingAreRefusedWithFileLineExpectedAndFound() throws IOException {
    refused(CASES.substring(0, CASES.indexOf("cases:")) + "cases: []\n", 6, "at least 1 of them");
    refused(CASES.replace("pack: acme", "pack: other"), 1, "cases of the pack acme");
    refused(CASES.replace("rules: [level]", "rules: [levell]"), 11, "a rule of the pack (level");
    refused(CASES.replace("missing: [fact", "missing: [fact/site.x, fact"), 13, "a value that");
    refused(CASES.replace("level: any", "level: some"), 16, "a value of it: [any, required]");
    refused(
        CASES.replace("pci/device: \"0x0001\"", "pci/devise: \"0x0001\""),
        5,
        "an address of docs/facts");
    refused(
        CASES.replace("pci/device: \"0x0001\"", "type/id: x, fact/nvidia.ecc_mode: enabled"),
        5,
        "an address that a device of the kind pci has, held by the driver acme_vfio_pci");
    refused(CASES.replace("  kind: pci\n", ""), 6, "a kind of device for the source");
    refused(CASES.replace("rules: [level], ", ""), 11, "the key 'rules'");
    refused(CASES.replace("another level", "equal functions may go"), 9, "each name once");
  }

  private void refused(String cases, int line, String expected) throws IOException {
    Path file = text("cases/refused.yaml", cases);
    Run run = Run.of("rules", "test", pack.toString(), file.toString());
    assertThat(run.status()).as(run.out()).isEqualTo(3);
    assertThat(run.err()).contains(file + ":" + line + ": expected ", expected);
  }

  @Test
  void theCasesOfAPackInForceKnowItsOptions() throws IOException {
    Path cases = text("cases/acme.yaml", CASES);
    List<String> arguments =
        List.of(
            "rules", "test", "acme", cases.toString(), "--rules", directory.resolve("rules") + "");
    assertThat(Run.of(arguments.toArray(String[]::new)).status()).isZero();
  }

  /**
   * What is no file, or no text, is told beside what is wrong with the others; a pipe never ends.
   */
  @Test
  void aFileThatCannotBeOneIsAProblemOfItsOwn() throws IOException, InterruptedException {
    Files.write(directory.resolve("rules/bytes.yaml"), new byte[] {'a', (byte) 0xff});
    text("rules/wrong.yaml", "pack: [\n");
    text("rules/long.yaml", "#".repeat(2 << 20));
    Files.createSymbolicLink(directory.resolve("rules/loop.yaml"), Path.of("loop.yaml"));
    String pipe = directory.resolve("rules/pipe.yaml").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    Run run = Run.of("rules", "check", directory.resolve("rules").toString());
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "bytes.yaml:1: expected UTF-8, found bytes that are none",
            "long.yaml:1: expected at most 262144 characters, found more",
            "loop.yaml:1: expected a file, found something else",
            "pipe.yaml:1: expected a file, found something else",
            "wrong.yaml:",
            "files: 6, problems: 5");
  }

  @Test
  void aFileThatIsNoYamlByItsNameIsNamed() throws IOException {
    text("rules/p.yml", twin());
    text("rules/P.YAML", twin());
    Run beside = Run.of("rules", "check", directory.resolve("rules").toString());
    assertThat(beside.out())
        .contains("P.YAML:1: warning: 'P.YAML' is not read: only *.yaml is", "p.yml:1: warning: ");
    Run listed = Run.of("rules", "list", "--rules", directory.resolve("rules").toString());
    assertThat(listed.out()).contains("acme@2", "warning: 'p.yml' is not read: only *.yaml is");
    text("other/p.yml", twin());
    Run alone = Run.of("rules", "check", directory.resolve("other").toString());
    assertThat(alone.err()).contains("found only 'p.yml': the indexer reads no other names");
    Run named = Run.of("rules", "check", directory.resolve("other/p.yml").toString());
    assertThat(named.status()).isZero();
    assertThat(named.out())
        .contains(
            "p.yml:1: warning: in a directory of packs, 'p.yml' is not read: only *.yaml is",
            "problems: 0");
  }

  @Test
  void rulesThatAreNeverJudgedAreWarnedOf() throws IOException {
    String never = "not-migratable: {reason: it cannot, source: [{document: ACME manual}]}\n";
    Path file = text("never.yaml", AcmePack.TEXT + never);
    Run run = Run.of("rules", "check", file.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("warning: its rules are never judged: without 'unless'");
  }

  @Test
  void optionsThatTheIndexerWouldRefuseAreRefusedWithTheirDirectory() throws IOException {
    text("rules/options.properties", "acme.level=purple\nxe.none=1\nnvidia-mdev.ecc=perhaps\n");
    Run run = Run.of("rules", "check", directory.resolve("rules").toString());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "options.properties:1: expected one of ",
            "'purple'",
            "options.properties:2: expected an option of xe",
            "options.properties:3: expected one of [if-known, required], found 'perhaps'");
  }

  @Test
  void optionsAreLookedAtAlsoWhereAPackIsRefused() throws IOException {
    text("rules/broken.yaml", "pack: broken\n");
    text("rules/options.properties", "broken.level=high\nnvidia-mdev.ecc=perhaps\n");
    Run run = Run.of("rules", "check", directory.resolve("rules").toString());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out())
        .contains("broken.yaml:1: ", "options.properties:2: expected one of [if-known, required]")
        .doesNotContain("options.properties:1");
  }
}
