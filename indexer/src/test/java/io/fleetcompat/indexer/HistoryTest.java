package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Laws 2, 3 and 7: any history ends where a brute-force look at its end ends")
class HistoryTest {

  private static final Judge JUDGE = new Judge(Set.of());
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final int EVENTS = 300;

  @TempDir Path state;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theIndexIsWhatTheModelIs(long seed) {
    History history = new History(seed);
    try (Driver driver = new Driver(state)) {
      for (History.Event event : history.events(EVENTS)) {
        driver.document(event.host(), event.value());
      }
      driver.settle(TICK).judged(JUDGE);
      assertThat(driver.published.placed()).as("seed %d", seed).isEqualTo(history.model());
      assertThat(driver.published.disagreements(JUDGE)).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8, 9})
  void aHistoryThatIsReadTwiceEndsInTheSameState(long seed) {
    History history = new History(seed);
    List<History.Event> events = history.events(EVENTS);
    try (Driver driver = new Driver(state)) {
      for (int pass = 0; pass < 2; pass++) {
        for (History.Event event : events) {
          driver.document(event.host(), event.value());
        }
      }
      driver.settle(TICK).settle(Driver.GC_AFTER).settle(TICK).judged(JUDGE);
      assertThat(driver.published.placed()).as("seed %d", seed).isEqualTo(history.model());
      assertThat(driver.published.disagreements(JUDGE)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void aNewerFullDocumentHealsAnyState() {
    History history = new History(10);
    try (Driver driver = new Driver(state)) {
      // Half of the history is lost; every host then speaks once more.
      List<History.Event> events = history.events(EVENTS);
      for (int i = 0; i < events.size(); i += 2) {
        driver.document(events.get(i).host(), events.get(i).value());
      }
      for (History.Event last : history.lastWords()) {
        driver.document(last.host(), last.value());
      }
      driver.settle(TICK).judged(JUDGE);
      assertThat(driver.published.placed()).isEqualTo(history.model());
      assertThat(driver.published.disagreements(JUDGE)).isEmpty();
    }
  }
}
