package io.fleetcompat.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.simulation.SimulatedFleet;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of {@code up}: whatever one throws, the session ends and says so. */
class SupervisionTest {

  private static final double OFTEN = 1000;

  @TempDir Path directory;

  @Test
  void aChurnThatThrowsEndsTheSessionAndSaysWhereTheReasonIs() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
        Churn churn = Churn.start(fleet(), OFTEN, SupervisionTest::fail)) {
      Supervision supervision = new Supervision(new Progress(nowhere()), data);
      supervision.of("churn", churn::hasFailed);
      Await.until("the churn to have failed", churn::hasFailed);
      assertThatThrownBy(supervision::look)
          .isInstanceOf(CommandFailure.class)
          .hasMessage("the churn has failed; " + data.log() + " says why");
    }
  }

  @Test
  void aChurnThatFailedMakesNoFurtherChange() throws Exception {
    AtomicInteger hints = new AtomicInteger();
    try (Churn churn =
        Churn.start(
            fleet(),
            OFTEN,
            host -> {
              hints.incrementAndGet();
              fail(host);
            })) {
      Await.until("the churn to have failed", churn::hasFailed);
    }
    assertThat(hints).hasValue(1);
  }

  @Test
  void anErrorOfTheChurnEndsTheSessionToo() throws Exception {
    try (Churn churn =
        Churn.start(
            fleet(),
            OFTEN,
            _ -> {
              throw new AssertionError("thrown by the test");
            })) {
      Await.until("the churn to have failed", churn::hasFailed);
      assertThat(churn.hasFailed()).isTrue();
    }
  }

  @Test
  void aPartThatCannotEvenBeAskedEndsTheSession() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory.resolve("data"))) {
      Supervision supervision = new Supervision(new Progress(nowhere()), data);
      supervision.of(
          "part",
          () -> {
            throw new IllegalStateException("thrown by the test");
          });
      assertThatThrownBy(supervision::look).hasMessage("thrown by the test");
    }
  }

  private static void fail(String host) {
    throw new IllegalStateException("thrown by the test for " + host);
  }

  private SimulatedFleet fleet() throws IOException {
    return SimulatedFleet.open(directory.resolve("fleet"), 2, 1);
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(new StringWriter());
  }
}
