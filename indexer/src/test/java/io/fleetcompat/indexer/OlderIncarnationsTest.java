package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose collector was started with a smaller epoch than before: its clock was ahead then. */
class OlderIncarnationsTest {

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final String AHEAD = "1.0.0";
  private static final String NOW = "2.0.0";

  @TempDir private Path directory;
  private final Published published = new Published();

  private Driver start() {
    Driver driver = new Driver(directory, published);
    driver.document("a", document("a", 9, 5, types(AHEAD)));
    beat(driver, 9, 5);
    driver.document("a", document("a", 7, 1, types(NOW)));
    return driver;
  }

  private static void beat(Driver driver, long epoch, long sequence) {
    driver.heartbeat("a", heartbeat("a", epoch, sequence), driver.now());
    driver.settle(BEAT);
  }

  private void assertPlaced(long epoch, long sequence, Liveness liveness) {
    Placement placement = published.placement("a");
    assertThat(DocumentVersion.of(placement)).isEqualTo(new DocumentVersion(epoch, sequence));
    assertThat(placement.getLiveness()).isEqualTo(liveness);
  }

  @Test
  void itsDocumentCountsWhenNothingHasComeOfTheGreaterEpochForLong() {
    try (Driver driver = start()) {
      for (int beat = 0; beat < 6; beat++) {
        beat(driver, 7, 1);
        assertThat(DocumentVersion.of(published.placement("a")).epoch()).isEqualTo(9);
      }
      beat(driver, 7, 1);
      driver.settle(BEAT);
      assertPlaced(7, 1, Liveness.FRESH);

      driver.document("a", document("a", 7, 2, types(AHEAD)));
      beat(driver, 7, 2);
      assertPlaced(7, 2, Liveness.FRESH);
      driver.document("a", document("a", 8, 1, types(NOW)));
      beat(driver, 8, 1);
      assertPlaced(8, 1, Liveness.FRESH);
    }
  }

  @Test
  void aNewerDocumentOfItIsTakenUpToo() {
    try (Driver driver = start()) {
      for (int beat = 0; beat < 4; beat++) {
        beat(driver, 7, 1);
      }
      driver.document("a", document("a", 7, 2, types(AHEAD)));
      for (int beat = 0; beat < 4; beat++) {
        beat(driver, 7, 2);
      }
      assertPlaced(7, 2, Liveness.FRESH);
    }
  }

  @Test
  void itDoesNotCountWhileTheGreaterEpochIsHeard() {
    try (Driver driver = start()) {
      for (int beat = 0; beat < 30; beat++) {
        driver.heartbeat("a", heartbeat("a", 9, 5), driver.now());
        beat(driver, 7, 1);
      }
      assertPlaced(9, 5, Liveness.FRESH);
    }
  }

  @Test
  void aDocumentThatNoHeartbeatNamesIsNotTakenUp() {
    try (Driver driver = start()) {
      for (int beat = 0; beat < 12; beat++) {
        beat(driver, 7, 3);
      }
      assertPlaced(9, 5, Liveness.STALE);
      driver.document("a", document("a", 7, 2, types(NOW)));
      driver.settle(BEAT);
      assertPlaced(9, 5, Liveness.STALE);
      driver.document("a", document("a", 7, 3, types(NOW)));
      beat(driver, 7, 3);
      assertPlaced(7, 3, Liveness.FRESH);
    }
  }

  @Test
  void theTimeBeginsAgainAfterARestartAndAHostThatFallsSilentIsNotTakenUp() {
    try (Driver driver = start()) {
      for (int beat = 0; beat < 4; beat++) {
        beat(driver, 7, 1);
      }
      driver.settle(Duration.ofSeconds(200));
      assertPlaced(9, 5, Liveness.STALE);
    }
  }
}
