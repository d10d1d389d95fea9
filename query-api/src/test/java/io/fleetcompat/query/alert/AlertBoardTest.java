package io.fleetcompat.query.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.alert.AlertBoard.Alerts;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.AlertState;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The alerts as they are read. */
class AlertBoardTest {

  private final FilledBoard filled = new FilledBoard(Clock.systemUTC());
  private final AlertBoard board = filled.board();

  @AfterEach
  void close() {
    filled.close();
  }

  private Alerts alerts() {
    return board.alerts().orElseThrow();
  }

  @Test
  void nothingIsShownBeforeAllIsRead() {
    filled.add("A/a", Codecs.ALERT.encode(FilledBoard.firing("A", "a")));
    assertThat(board.alerts()).isEmpty();
    filled.add("A/a", null);
    filled.complete();
    assertThat(alerts().all()).isEmpty();
  }

  @Test
  void whatIsReadAgainIsShownWhenAllOfItIs() {
    filled.show(FilledBoard.firing("A", "a"), FilledBoard.firing("B", "b"));
    filled.begin();
    filled.add("B/b", Codecs.ALERT.encode(FilledBoard.firing("B", "b")));
    assertThat(alerts().all()).as("as before").hasSize(2);
    filled.complete();
    assertThat(alerts().all()).containsOnlyKeys(new AlertKey("B", "b"));
  }

  @Test
  void theVersionGrowsWithEveryChange() throws InterruptedException {
    filled.show(FilledBoard.firing("A", "a"));
    long version = alerts().version();
    filled.complete();
    assertThat(alerts().version()).as("nothing new").isEqualTo(version);
    filled.show(FilledBoard.of("A", "a", AlertState.RESOLVED, true));
    assertThat(alerts().version()).isGreaterThan(version);
    board.awaitOther(version, Duration.ofDays(1)); // it is another
    board.awaitOther(alerts().version(), Duration.ZERO);
  }

  @Test
  void whatCannotBeReadChangesNothingAndIsCounted() {
    filled.show(FilledBoard.firing("A", "a"), FilledBoard.firing("B", "b"));
    filled.add("A/a", new byte[] {1, 2, 3});
    filled.add("no key", Codecs.ALERT.encode(FilledBoard.firing("A", "a")));
    filled.add("B/other", Codecs.ALERT.encode(FilledBoard.firing("B", "b")));
    filled.complete();
    assertThat(alerts().all()).containsOnlyKeys(new AlertKey("A", "a"), new AlertKey("B", "b"));
    assertThat(board.rejected().count()).isEqualTo(3);
  }

  @Test
  void aTopicThatIsMadeAnewHasNothing() {
    filled.show(FilledBoard.firing("A", "a"));
    board.reader().forget("made anew");
    filled.begin();
    filled.complete();
    assertThat(board.alerts().map(Alerts::all).map(java.util.Map::isEmpty))
        .isEqualTo(Optional.of(true));
  }
}
