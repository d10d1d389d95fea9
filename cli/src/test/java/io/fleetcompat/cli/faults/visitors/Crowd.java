package io.fleetcompat.cli.faults.visitors;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Many connections to one port, each of which is opened again a second after it has ended. */
public final class Crowd implements Visitor {

  private static final int SMALL_WINDOW = 4096;
  private static final int CONNECT_MILLIS = 10_000;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InetSocketAddress address;
  private final int size;
  private final boolean stays;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final LongAdder connected = new LongAdder();
  private final Set<Integer> came = ConcurrentHashMap.newKeySet();
  private final AtomicLong now = new AtomicLong();
  private final LongAccumulator most = new LongAccumulator(Long::max, 0);
  private volatile boolean closed;

  /**
   * Begins.
   *
   * @param stays false where each leaves as soon as it has said what it has to say
   * @param manners of the connections in turn
   */
  public Crowd(int size, InetSocketAddress address, boolean stays, List<Manner> manners) {
    this.address = address;
    this.size = size;
    this.stays = stays;
    for (int i = 0; i < size; i++) {
      int visitor = i;
      Manner manner = manners.get(i % manners.size());
      var _ = threads.submit(() -> run(visitor, manner));
    }
  }

  private void run(int visitor, Manner manner) {
    while (!closed) {
      visit(visitor, manner);
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS, 2 * PAUSE_NANOS));
    }
  }

  private void visit(int visitor, Manner manner) {
    try (Socket socket = new Socket()) {
      open.add(socket);
      if (closed) {
        return;
      }
      socket.setReceiveBufferSize(SMALL_WINDOW);
      socket.connect(address, CONNECT_MILLIS);
      connected.increment();
      came.add(visitor);
      most.accumulate(now.incrementAndGet());
      try {
        manner.use(socket);
      } finally {
        now.decrementAndGet();
      }
    } catch (IOException e) {
      // It gave way, or was not let in.
    } finally {
      open.removeIf(Socket::isClosed);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Socket socket : open) {
      closeQuietly(socket);
    }
    threads.shutdownNow();
    threads.close();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // as good as closed
    }
  }

  @Override
  public List<String> findings() {
    if (stays && most.get() <= size / 2) {
      return List.of("expected more than half of them at one time, found " + seen());
    }
    return came.size() == size
        ? List.of()
        : List.of("expected each to come once at least, found " + seen());
  }

  @Override
  public String seen() {
    return "%,d connections at port %d, %,d at one time, opened %,d times"
        .formatted(size, address.getPort(), most.get(), connected.sum());
  }
}
