package io.fleetcompat.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that nothing but the watch would end. */
class ParentWatchTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @ParameterizedTest
  @CsvSource({"ENDS,0", "BREAKS,0", "THROWS,0", "HANGS_AT_EXIT,1"})
  void theProcessEndsWhateverThePipeDoes(Orphan.Fate fate, int status) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Orphan.class.getName(),
            fate.name());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(PATIENCE)).isTrue();
      assertThat(process.exitValue()).isEqualTo(status);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process whose main thread waits for ever. */
  static final class Orphan {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    enum Fate {
      ENDS,
      BREAKS,
      THROWS,
      HANGS_AT_EXIT
    }

    private Orphan() {}

    public static void main(String[] arguments) throws InterruptedException {
      Fate fate = Fate.valueOf(arguments[0]);
      if (fate == Fate.HANGS_AT_EXIT) {
        Runtime.getRuntime().addShutdownHook(new Thread(Orphan::hang));
      }
      Duration deadline = fate == Fate.HANGS_AT_EXIT ? Duration.ofMillis(1) : PATIENCE;
      ParentWatch.start(new Pipe(fate), deadline);
      NEVER.await();
    }

    private static void hang() {
      try {
        NEVER.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings("InputStreamSlowMultibyteRead") // it gives no byte at all
  private static final class Pipe extends InputStream {

    private final Orphan.Fate fate;

    Pipe(Orphan.Fate fate) {
      this.fate = fate;
    }

    @Override
    public int read() throws IOException {
      return switch (fate) {
        case ENDS, HANGS_AT_EXIT -> -1;
        case BREAKS -> throw new IOException("broken pipe");
        case THROWS -> throw new IllegalStateException("thrown by the test");
      };
    }
  }
}
