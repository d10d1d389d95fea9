package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.indexer.alert.WantedAlertRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of alert rules, while an indexer runs. */
class AlertRulesWatchTest {

  @TempDir Path directory;

  private AlertRuleSource source;
  private WantedAlertRules wanted;
  private AlertRulesWatch watch;

  private static String rules(String name) {
    return "rules:\n  - {alert: " + name + ", measure: live-hosts, below: 2, severity: warning}\n";
  }

  @BeforeEach
  void start() throws IOException {
    write(rules("One"));
    source =
        new AlertRuleSource(Optional.of(directory.resolve("alerts.yaml")), Duration.ofSeconds(1));
    wanted = new WantedAlertRules(source.read());
    watch = new AlertRulesWatch(source, wanted);
    watch.look();
    watch.look();
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("alerts.yaml"), text);
  }

  private String name() {
    return wanted.now().rules().getFirst().name();
  }

  @Test
  void whatTwoLooksSawAlikeCounts() throws IOException {
    write(rules("Two"));
    watch.look();
    assertThat(name()).isEqualTo("One");
    watch.look();
    assertThat(name()).isEqualTo("Two");
  }

  @Test
  void whatIsBeingWrittenIsNotRead() throws IOException {
    write(rules("Two").substring(0, 20));
    watch.look();
    write(rules("Two"));
    watch.look();
    assertThat(name()).isEqualTo("One");
    watch.look();
    assertThat(name()).isEqualTo("Two");
  }

  @Test
  void aBadFileChangesNothing() throws IOException {
    write("rules:\n  - {alert: Two}\n");
    watch.look();
    assertThatThrownBy(watch::look)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alerts.yaml")
        .hasMessageContaining(":2: expected");
    assertThat(name()).isEqualTo("One");
    Files.delete(directory.resolve("alerts.yaml"));
    assertThatThrownBy(watch::look).hasMessageContaining("that can be read");
    assertThat(name()).isEqualTo("One");
  }

  @Test
  void withoutAFileThereAreTheBuiltInRules() {
    assertThat(new AlertRuleSource(Optional.empty(), Duration.ofSeconds(1)).read())
        .isEqualTo(AlertRules.defaults());
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Files.write(directory.resolve("alerts.yaml"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(source::read).hasMessageContaining("expected UTF-8, found other bytes");
  }
}
