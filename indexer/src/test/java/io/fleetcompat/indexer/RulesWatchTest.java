package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.indexer.judge.WantedRules;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of rule packs that changes while somebody looks. */
class RulesWatchTest {

  private static final String PACK =
      """
      pack: own
      version: 1
      title: our own functions
      match: {kind: [pci], driver: [own_vfio_pci]}
      no-rules: nobody has written any
      """;

  private static final Instant THEN = Instant.parse("2026-11-26T00:00:00Z");

  @TempDir Path directory;

  private WantedRules wanted;
  private RulesWatch watch;
  private RuleSet before;
  private Instant now = THEN;

  @BeforeEach
  void start() throws IOException {
    write("own.yaml", PACK);
    before = source().read();
    wanted = new WantedRules(before);
    watch = new RulesWatch(source(), wanted, () -> now);
    look(3);
  }

  private RuleSource source() {
    return new RuleSource(
        Set.of(Policy.MUTUAL), Optional.of(directory), new TreeMap<>(), Duration.ofSeconds(30));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private void look(int times) {
    for (int n = 0; n < times; n++) {
      watch.look();
    }
  }

  private String reason() {
    return wanted.now().refused().orElseThrow().reason();
  }

  @Test
  void whatDoesNotChangeIsTheSameObject() {
    assertThat(wanted.now().rules()).isSameAs(before);
    write("notes.txt");
    look(3);
    assertThat(wanted.now().rules()).isSameAs(before);
  }

  private void write(String file) {
    try {
      write(file, "nobody reads this");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChangeCountsOnceTwoLooksInARowSawIt() throws IOException {
    write("own.yaml", PACK.replace("version: 1", "version: 2"));
    look(1);
    assertThat(wanted.now().rules()).isEqualTo(before);
    look(1);
    assertThat(wanted.now().rules()).isNotEqualTo(before).isEqualTo(source().read());
  }

  @Test
  void whileSomebodyWritesNothingIsTaken() throws IOException {
    for (int n = 2; n < 9; n++) {
      write("own.yaml", PACK.replace("version: 1", "version: " + n));
      look(1);
      assertThat(wanted.now().rules()).as("look %d", n).isEqualTo(before);
    }
    write("second.yaml", PACK.replace("own", "second"));
    look(2);
    assertThat(wanted.now().rules().packs().find("second")).isPresent();
    assertThat(wanted.now().rules().packs().find("own").orElseThrow().version()).isEqualTo(8);
  }

  @Test
  void aPackThatIsHalfThereForAMomentIsNeitherTakenNorRefused() throws IOException {
    write("own.yaml", PACK.substring(0, PACK.indexOf("match")));
    look(1);
    write("own.yaml", PACK.replace("version: 1", "version: 2"));
    look(1);
    assertThat(wanted.now().refused()).isEmpty();
    look(1);
    assertThat(wanted.now().rules()).isEqualTo(source().read());
  }

  @Test
  void whatIsRefusedLeavesTheRulesBeforeItAndSaysWhySinceWhen() throws IOException {
    write("own.yaml", PACK.replace("version: 1", "version: one"));
    look(2);
    assertThat(wanted.now().rules()).isSameAs(before);
    assertThat(reason()).startsWith("own.yaml:2: expected");
    now = THEN.plusSeconds(60);
    look(5);
    write("own.yaml", PACK.replace("version: 1", "version: one") + "# a comment\n");
    look(5);
    assertThat(wanted.now().refused().orElseThrow().since()).as("the same reason").isEqualTo(THEN);
    write("own.yaml", PACK);
    look(2);
    assertThat(wanted.now().refused()).isEmpty();
    assertThat(wanted.now().rules()).isEqualTo(before);
  }

  @Test
  void optionsOfTheDirectoryChangeTooAndABadOneIsRefusedWithItsLine() throws IOException {
    write(PackDirectory.OPTIONS, "# ours\nnvidia-mdev.ecc = if-known\n");
    look(2);
    assertThat(wanted.now().rules().packs().options()).containsEntry("nvidia-mdev.ecc", "if-known");
    RuleSet after = wanted.now().rules();
    write(PackDirectory.OPTIONS, "# ours\nnvidia-mdev.ecc = perhaps\n");
    look(2);
    assertThat(wanted.now().rules()).isSameAs(after);
    assertThat(reason()).startsWith("options.properties:2: expected one of");
    write(PackDirectory.OPTIONS, "nvidia-mdev.ecc=if-known\nnvidia-mdev.ecc=if-known\n");
    look(2);
    assertThat(reason()).contains("line 2 of options.properties");
  }

  @Test
  void aDirectoryThatIsGoneOrHoldsWhatIsNoFileIsRefused() throws IOException {
    Files.createDirectory(directory.resolve("folder.yaml"));
    look(2);
    assertThat(reason()).contains("folder.yaml: expected a file");
    Files.delete(directory.resolve("folder.yaml"));
    Files.write(directory.resolve("bytes.yaml"), new byte[] {(byte) 0xff});
    look(2);
    assertThat(reason()).contains("bytes.yaml: expected UTF-8");
    Files.delete(directory.resolve("bytes.yaml"));
    Files.delete(directory.resolve("own.yaml"));
    Files.delete(directory);
    look(2);
    assertThat(reason()).contains("expected a directory of rule packs");
    assertThat(wanted.now().rules()).isSameAs(before);
  }

  @Test
  void aDirectoryInWhichNothingIsLeftIsRefused() throws IOException {
    Files.delete(directory.resolve("own.yaml"));
    look(2);
    assertThat(reason()).contains("expected at least one rule pack, as before");
    assertThat(wanted.now().rules()).isSameAs(before);
    write("second.yaml", PACK.replace("own", "second"));
    look(2);
    assertThat(wanted.now().refused()).isEmpty();
    assertThat(wanted.now().rules().packs().files()).containsOnlyKeys("second.yaml");
  }

  @Test
  void itIsToldByAMetric() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    RuleSource never =
        new RuleSource(Set.of(), Optional.of(directory), new TreeMap<>(), Duration.ZERO);
    try (RulesWatch started = RulesWatch.start(never, wanted, registry)) {
      assertThat(started).isNotNull();
      assertThat(refusedMetric(registry)).isEqualTo(0);
      wanted.refuse("own.yaml:2", now);
      assertThat(refusedMetric(registry)).isEqualTo(1);
    }
  }

  private static double refusedMetric(SimpleMeterRegistry registry) {
    return registry.get("fleetcompat.indexer.rules.refused").gauge().value();
  }

  @Test
  void atTheStartABadPackOfTheDirectoryEndsIt() throws IOException {
    write("own.yaml", PACK.replace("version: 1", "version: one"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source().read())
        .withMessageContaining("own.yaml:2: expected");
  }
}
