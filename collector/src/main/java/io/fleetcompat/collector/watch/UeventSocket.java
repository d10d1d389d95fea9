package io.fleetcompat.collector.watch;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.collector.fault.Trouble;
import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.collector.report.CollectorMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener to the kernel's uevents, which passes on that something moved. Messages from anybody
 * else are ignored; an overflow means that anything may have moved, and so does a socket that was
 * lost: another is opened. One thread of its own.
 */
public final class UeventSocket implements AutoCloseable {

  /** The pause between two attempts to open a socket in place of one that was lost. */
  private static final Duration REOPEN_PAUSE = Duration.ofSeconds(1);

  private static final Duration CLOSE_LOOK = Duration.ofMillis(100);
  private static final String NAME = "uevents";
  private static final Logger LOG = LoggerFactory.getLogger(UeventSocket.class);

  private final UeventSource.Opener opener;
  private final Runnable hint;
  private final CollectorMetrics metrics;
  private final Faults faults;
  private final Trouble trouble = new Trouble();
  private final Thread listener;
  private volatile UeventSource source;
  private volatile boolean closed;

  private UeventSocket(
      UeventSource.Opener opener, Runnable hint, CollectorMetrics metrics, Faults faults)
      throws IOException {
    this.opener = opener;
    this.hint = hint;
    this.metrics = metrics;
    this.faults = faults;
    this.source = opener.open();
    this.listener = new Thread(this::listen, NAME);
    listener.setDaemon(true);
  }

  /**
   * Begins to listen.
   *
   * @param hint called for every message that matters, on the listening thread; must not block
   * @throws IOException where the kernel gives no such socket
   */
  public static UeventSocket listen(Runnable hint, CollectorMetrics metrics, Faults faults)
      throws IOException {
    return listen(Netlink::open, hint, metrics, faults);
  }

  static UeventSocket listen(
      UeventSource.Opener opener, Runnable hint, CollectorMetrics metrics, Faults faults)
      throws IOException {
    UeventSocket socket = new UeventSocket(opener, hint, metrics, faults);
    socket.listener.start();
    return socket;
  }

  Thread thread() {
    return listener;
  }

  @Override
  public void close() {
    closed = true;
    try {
      do {
        source.wake(); // again, since it may just have become another
        LockSupport.unpark(listener);
      } while (!listener.join(CLOSE_LOOK));
      source.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    boolean lost = false;
    while (!closed) {
      try {
        if (lost) {
          reopen();
        }
        lost = !heard(source.receive());
      } catch (IOException | RuntimeException | Error e) {
        failed(e);
        lost = true;
      }
    }
  }

  /** Handles a message; true where the next one may come from the same socket. */
  private boolean heard(Netlink.Received received) {
    if (received.isWoken() || received.errno() == Errno.EINTR) {
      return true;
    }
    if (received.errno() == Errno.ENOBUFS) {
      // Messages were dropped. Nobody knows which, so everything is looked at.
      metrics.overflows().increment();
      LOG.debug("The uevent socket overflowed: looking at everything");
      hint.run();
      return true;
    }
    if (received.errno() != 0) {
      failed(new IOException("receiving gave " + Errno.name(received.errno())));
      return false;
    }
    switch (judge(received.senderPort(), received.bytes())) {
      case FOREIGN -> metrics.foreignMessages().increment();
      case OTHER -> metrics.uevents().increment();
      case HINT -> {
        metrics.uevents().increment();
        hint.run();
      }
    }
    if (trouble.ends()) {
      LOG.info("Uevents are heard again");
    }
    return true;
  }

  /** Another socket; whatever was said since the last one was lost is not known. */
  private void reopen() throws IOException {
    LockSupport.parkNanos(REOPEN_PAUSE.toNanos());
    if (closed) {
      return;
    }
    UeventSource lost = source;
    source = opener.open();
    lost.close();
    hint.run();
  }

  private void failed(Throwable e) {
    metrics.failedTasks().increment();
    if (faults.isOfOneItem(NAME, e) && trouble.begins(e.toString())) {
      LOG.warn("Uevents are not heard; changes show at the next full scan until they are", e);
    }
  }

  /** The meanings that a message can have here. */
  enum Meaning {
    /** The message is not from the kernel. */
    FOREIGN,
    /** The message is from the kernel, about something else. */
    OTHER,
    /** Something that we look at moved. */
    HINT
  }

  static Meaning judge(int senderPort, byte[] bytes) {
    if (senderPort != 0) {
      return Meaning.FOREIGN;
    }
    Optional<Uevent> event = Uevent.parse(bytes);
    return event.filter(Uevent::isHint).isPresent() ? Meaning.HINT : Meaning.OTHER;
  }
}
