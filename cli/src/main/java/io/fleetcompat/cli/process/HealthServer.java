package io.fleetcompat.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The {@link HealthPages} of a process that serves nothing else, over HTTP, on loopback unless told
 * otherwise. Nobody can keep others from them: no caller is waited for, every one has a deadline,
 * and where there are too many, the one that has been silent for longest is closed. The JDK's
 * server reads a whole request before it looks at the next.
 *
 * <p>Threads: requests are served one at a time on a thread of its own.
 */
public final class HealthServer implements AutoCloseable {

  /** Most callers at once; one more takes the place of the one that was silent for longest. */
  static final int MOST_CALLERS = 64;

  /** Most answers that wait for their callers; one more takes the place of the oldest. */
  private static final int MOST_ANSWERS = 8;

  /** Longest time from a connection to the end of its answer. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** Connections that the kernel keeps while one is answered. */
  private static final int BACKLOG = 512;

  private static final int READ_ROOM = 4 << 10;
  private static final long LOOK_EVERY_MILLIS = 500;

  private final ServerSocketChannel server;
  private final Selector selector;
  private final SelectionKey accepting;
  private final HealthPages pages;
  private final Duration longest;
  private final Set<HealthConnection> callers = new LinkedHashSet<>(); // the oldest first
  private final ByteBuffer room = ByteBuffer.allocate(READ_ROOM);
  private final Thread thread;
  private long acceptsFrom = System.nanoTime();
  private volatile boolean closed;

  private HealthServer(
      ServerSocketChannel server, Selector selector, HealthPages pages, Duration longest)
      throws IOException {
    this.server = server;
    this.selector = selector;
    this.accepting = server.register(selector, SelectionKey.OP_ACCEPT);
    this.pages = pages;
    this.longest = longest;
    this.thread = Thread.ofPlatform().daemon().name("health").unstarted(this::serve);
  }

  /**
   * Listens.
   *
   * @param port 0 for any
   * @param readiness whether it does its work by now
   * @param failed whether it will never again
   * @param metrics in the Prometheus text format
   */
  public static HealthServer start(
      String host,
      int port,
      Supplier<Readiness> readiness,
      BooleanSupplier failed,
      Supplier<String> metrics)
      throws IOException {
    return start(host, port, new HealthPages(readiness, failed, metrics), LONGEST);
  }

  /** Listens, with another deadline. */
  static HealthServer start(String host, int port, HealthPages pages, Duration longest)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(host, port), BACKLOG).configureBlocking(false);
      HealthServer started = new HealthServer(server, Selector.open(), pages, longest);
      started.thread.start();
      return started;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  private void serve() {
    try (server;
        selector) {
      while (!closed) {
        selector.select(LOOK_EVERY_MILLIS);
        long now = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.attachment() instanceof HealthConnection caller) {
            goOn(caller);
          } else {
            accept(now);
          }
        }
        selector.selectedKeys().clear();
        closeOverdue(now);
        accepting.interestOps(now - acceptsFrom >= 0 ? SelectionKey.OP_ACCEPT : 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the health server cannot wait for sockets", e);
    } finally {
      callers.forEach(HealthConnection::close);
    }
  }

  private void goOn(HealthConnection caller) {
    boolean goesOn = false;
    try {
      goesOn = caller.goOn(room);
    } catch (IOException e) {
      // The caller has gone.
    }
    if (!goesOn) {
      close(caller);
    } else if (callers.stream().filter(HealthConnection::isAnswered).count() > MOST_ANSWERS) {
      callers.stream().filter(HealthConnection::isAnswered).findFirst().ifPresent(this::close);
    }
  }

  private void accept(long now) {
    try {
      SocketChannel socket = server.accept();
      if (socket != null) {
        if (callers.size() == MOST_CALLERS) {
          closeOne();
        }
        add(socket, now);
      }
    } catch (IOException e) {
      closeOne(); // no descriptor is free: one of ours gives way, and then the next is accepted
      acceptsFrom = now + TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS);
    }
  }

  private void add(SocketChannel socket, long now) throws IOException {
    try {
      callers.add(new HealthConnection(socket, selector, pages, now));
    } catch (IOException e) {
      socket.close(); // it has gone already
    }
  }

  /** Closes the one that is silent for longest; where all have asked, the one that came first. */
  private void closeOne() {
    callers.stream()
        .filter(HealthConnection::isIdle)
        .findFirst()
        .or(() -> callers.stream().findFirst())
        .ifPresent(this::close);
  }

  private void closeOverdue(long now) {
    List<HealthConnection> overdue =
        callers.stream().takeWhile(caller -> caller.age(now) > longest.toNanos()).toList();
    overdue.forEach(this::close);
  }

  private void close(HealthConnection caller) {
    caller.close();
    callers.remove(caller);
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
