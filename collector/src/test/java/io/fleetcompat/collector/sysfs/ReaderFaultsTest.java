package io.fleetcompat.collector.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.inventory.Attribute;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The faults of the thread that reads files. */
class ReaderFaultsTest {

  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final FileRead.Result TEXT = FileRead.Result.of(new Attribute.Text("x"));

  @Test
  void whatOneFileCausesIsThatFilesFailure() {
    try (DeadlineReads reads =
        new DeadlineReads(
            (_, request) -> {
              switch (request.path()) {
                case "exception" -> throw new IllegalStateException("a mistake of ours");
                case "stack" -> throw new StackOverflowError();
                default -> {
                  return TEXT;
                }
              }
            },
            Libc::new,
            DEADLINE)) {
      for (int i = 0; i < 2 * DeadlineReads.MAX_HANGING; i++) {
        List<FileRead.Result> results = reads.read(requests("a", "exception", "b", "stack", "c"));
        assertThat(results).element(0).isEqualTo(TEXT);
        assertThat(results).element(2).isEqualTo(TEXT);
        assertThat(results).element(4).isEqualTo(TEXT);
        for (int broken : List.of(1, 3)) {
          assertThat(results.get(broken).attribute()).isEqualTo(new Attribute.Unreadable("EIO"));
        }
      }
      assertThat(reads.hanging()).isZero();
    }
  }

  @Test
  void anErrorIsTheScansAtOnceAndTheNextScanHasAnotherThread() {
    AtomicInteger reads = new AtomicInteger();
    try (DeadlineReads files =
        new DeadlineReads(
            (_, _) -> {
              if (reads.incrementAndGet() == 1) {
                throw new OutOfMemoryError("as good as");
              }
              return TEXT;
            },
            Libc::new,
            DEADLINE)) {
      assertThatExceptionOfType(OutOfMemoryError.class)
          .isThrownBy(() -> files.read(requests("a", "b")));
      assertThat(files.hanging()).isZero();
      assertThat(files.read(requests("a", "b"))).containsExactly(TEXT, TEXT);
    }
  }

  private static List<FileRead.Request> requests(String... paths) {
    return List.of(paths).stream().map(path -> new FileRead.Request(path, 10)).toList();
  }
}
