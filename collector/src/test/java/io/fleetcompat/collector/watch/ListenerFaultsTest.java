package io.fleetcompat.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.collector.fault.WatchedThreads;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The faults of the thread that hears uevents, and in the threads that tasks run on. */
class ListenerFaultsTest {

  private static final byte[] MDEV =
      "add@/devices/x\0ACTION=add\0SUBSYSTEM=mdev\0".getBytes(StandardCharsets.UTF_8);
  private static final int EBADF = 9;

  private final CollectorMetrics metrics = CollectorMetrics.of(new SimpleMeterRegistry());
  private final Faults faults = new Faults();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger hints = new AtomicInteger();

  /** The messages that the open socket gives, whichever socket that is. */
  private final BlockingQueue<Supplier<Netlink.Received>> messages = new LinkedBlockingQueue<>();

  @Test
  void aSocketThatIsLostIsOpenedAgainAndEverythingIsLookedAt() throws IOException {
    try (UeventSocket _ =
        UeventSocket.listen(this::open, hints::incrementAndGet, metrics, faults)) {
      messages.add(() -> new Netlink.Received(EBADF, -1, new byte[0]));
      Await.until("a second socket", () -> opened.get() == 2 && hints.get() == 1);
      messages.add(() -> new Netlink.Received(0, 0, MDEV));
      Await.until("the next message", () -> hints.get() == 2);
      assertThat(metrics.failedTasks().count()).isOne();
      assertThat(faults.first()).isEmpty();
    }
  }

  @Test
  void whatAHintThrowsEndsNothing() throws IOException {
    Runnable hint =
        () -> {
          if (hints.incrementAndGet() == 1) {
            throw new IllegalStateException("a mistake of whoever listens");
          }
        };
    try (UeventSocket socket = UeventSocket.listen(this::open, hint, metrics, faults)) {
      messages.add(() -> new Netlink.Received(0, 0, MDEV));
      Await.until("a hint again", () -> hints.get() >= 2);
      assertThat(socket.thread().isAlive()).isTrue();
      assertThat(metrics.failedTasks().count()).isOne();
      assertThat(faults.first()).isEmpty();
    }
  }

  @Test
  void anErrorInTheListenerIsAFaultOfTheProcess() throws IOException {
    try (UeventSocket _ =
        UeventSocket.listen(this::open, hints::incrementAndGet, metrics, faults)) {
      messages.add(
          () -> {
            throw new OutOfMemoryError("as good as");
          });
      Await.until("a fault", () -> faults.first().isPresent());
      assertThat(faults.first().orElseThrow()).contains("uevents", "OutOfMemoryError");
    }
  }

  @Test
  void aTaskThatThrowsIsDoneAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Runnable task =
        () -> {
          switch (runs.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("once");
            case 2 -> throw new StackOverflowError();
            default -> {}
          }
        };
    try (WatchedThreads threads = new WatchedThreads("test", 1, faults);
        RepeatedTask _ =
            new RepeatedTask("task", Duration.ofMillis(5), threads, metrics, faults, task)) {
      Await.until("more runs", () -> runs.get() > 4);
      assertThat(metrics.failedTasks().count()).isEqualTo(2);
      assertThat(faults.first()).isEmpty();
    }
  }

  @Test
  void anErrorThatEscapesATaskIsAFaultOfTheProcess() {
    try (WatchedThreads threads = new WatchedThreads("test", 1, faults)) {
      threads.execute(
          () -> {
            throw new IllegalStateException("of one item");
          });
      threads.execute(
          () -> {
            throw new LinkageError("of the process");
          });
      Await.until("a fault", () -> faults.first().isPresent());
      assertThat(faults.first().orElseThrow()).contains("LinkageError");
    }
  }

  private UeventSource open() {
    opened.incrementAndGet();
    return new UeventSource() {
      @Override
      public Netlink.Received receive() {
        try {
          return messages.take().get();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void wake() {
        messages.add(() -> Netlink.Received.WOKEN);
      }

      @Override
      public void close() {}
    };
  }
}
