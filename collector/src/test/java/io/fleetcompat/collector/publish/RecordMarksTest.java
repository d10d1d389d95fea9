package io.fleetcompat.collector.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordMarksTest {

  private static final Topics TOPICS = new Topics("", 1, (short) 1);
  private static final Outbox.Slot SLOT = new Outbox.Slot(TOPICS.hostCapacity().name(), "a");
  private static final Outbox.Content CONTENT = new Outbox.Content(1, 2, false, new byte[] {3});

  private final FleetKey fleet = FleetKey.random(new SecureRandom());
  private final AtomicInteger sentAgain = new AtomicInteger();

  /** The generation of the key in the host's file; 0 where there is no file. */
  private int generation = 1;

  private final HostKeys keys =
      host -> {
        if (generation == 0) {
          throw new IOException("no such file");
        }
        return Optional.of(fleet.host(host, generation));
      };

  private final RecordMarks marks = new RecordMarks(keys, TOPICS);
  private final Runnable end = marks.onNewKey("a", sentAgain::incrementAndGet);

  private void mark() throws IOException {
    assertThat(marks.of(SLOT, "a".getBytes(UTF_8), CONTENT)).hasSize(1);
  }

  @Test
  void anotherKeyIsToldOnce() throws IOException {
    mark();
    mark();
    assertThat(sentAgain).as("there was none before").hasValue(0);
    generation = 2;
    mark();
    mark();
    assertThat(sentAgain).hasValue(1);
    end.run();
    generation = 3;
    mark();
    assertThat(sentAgain).as("nobody listens").hasValue(1);
  }

  @Test
  void aHostWithoutAKeySaysSoUntilItHasOne() throws IOException {
    generation = 0;
    assertThatThrownBy(this::mark).isInstanceOf(IOException.class);
    assertThat(marks.missing("a").orElseThrow())
        .isEqualTo("expected a key of the host that marks its records, found none: no such file");
    assertThat(marks.missing("b")).isEmpty();
    generation = 1;
    mark();
    assertThat(marks.missing("a")).isEmpty();
    assertThat(sentAgain).as("its document was refused meanwhile").hasValue(1);
  }

  @Test
  void aKeyThatIsGoneForAWhileAndTheSameAgainIsToldAsWell() throws IOException {
    mark();
    generation = 0;
    assertThatThrownBy(this::mark).isInstanceOf(IOException.class);
    generation = 1;
    mark();
    assertThat(sentAgain).hasValue(1);
  }

  @Test
  void whoHasNoKeysMarksNothing() throws IOException {
    RecordMarks none = new RecordMarks(HostKeys.none(), TOPICS);
    assertThat(none.of(SLOT, "a".getBytes(UTF_8), CONTENT)).isEmpty();
  }
}
