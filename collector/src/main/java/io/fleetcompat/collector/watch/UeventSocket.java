package io.fleetcompat.collector.watch;

import io.fleetcompat.collector.report.CollectorMetrics;
import io.fleetcompat.collector.sysfs.Errno;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the kernel's uevents and passes on that something moved. Messages from anybody else
 * are ignored; an overflow means that anything may have moved. One thread of its own.
 */
public final class UeventSocket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UeventSocket.class);

  private final Netlink netlink;
  private final Runnable hint;
  private final CollectorMetrics metrics;
  private final Thread listener;
  private volatile boolean closed;

  private UeventSocket(Netlink netlink, Runnable hint, CollectorMetrics metrics) {
    this.netlink = netlink;
    this.hint = hint;
    this.metrics = metrics;
    this.listener = new Thread(this::listen, "uevents");
    listener.setDaemon(true);
  }

  /**
   * Begins to listen.
   *
   * @param hint called for every message that matters, on the listening thread; must not block
   * @throws IOException where the kernel gives no such socket
   */
  public static UeventSocket listen(Runnable hint, CollectorMetrics metrics) throws IOException {
    UeventSocket socket = new UeventSocket(Netlink.open(), hint, metrics);
    socket.listener.start();
    return socket;
  }

  Thread thread() {
    return listener;
  }

  @Override
  public void close() {
    closed = true;
    netlink.wake();
    try {
      listener.join();
      netlink.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    while (!closed) {
      heard(netlink.receive());
    }
  }

  private void heard(Netlink.Received received) {
    if (received.isWoken() || received.errno() == Errno.EINTR) {
      return;
    }
    if (received.errno() != 0) {
      // ENOBUFS: messages were dropped. Nobody knows which, so everything is looked at.
      metrics.overflows().increment();
      LOG.debug("The uevent socket says {}: looking at everything", Errno.name(received.errno()));
      hint.run();
      return;
    }
    switch (judge(received.senderPort(), received.bytes())) {
      case FOREIGN -> metrics.foreignMessages().increment();
      case OTHER -> metrics.uevents().increment();
      case HINT -> {
        metrics.uevents().increment();
        hint.run();
      }
    }
  }

  /** What a message is to us. */
  enum Meaning {
    /** Not from the kernel. */
    FOREIGN,
    /** From the kernel, about something else. */
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
