package io.fleetcompat.query.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that a caller still sends after his answer: read and dropped until he ends, is silent,
 * or has sent for too long. A socket that is closed with bytes unread is reset, and the caller
 * never hears why.
 */
final class Remainder {

  /** Longest time without a byte from the caller. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** Longest time in all, in silences. */
  private static final int MOST = 10;

  private final ConnectionContext connection;
  private final AtomicLong read = new AtomicLong();
  private long before;
  private int looks;

  Remainder(ConnectionContext connection) {
    this.connection = connection;
  }

  /** Reads to the end; the socket may be closed then. */
  void drop() {
    long silence = SILENCE.toMillis();
    ScheduledFuture<?> watch =
        ForkJoinPool.commonPool()
            .scheduleWithFixedDelay(this::closeIfSilent, silence, silence, TimeUnit.MILLISECONDS);
    DataReader reader = connection.dataReader();
    try {
      while (true) {
        reader.ensureAvailable();
        int available = reader.available();
        reader.skip(available);
        read.addAndGet(available);
      }
    } catch (DataReader.InsufficientDataAvailableException | UncheckedIOException e) {
      // The caller closed his side, or the watch the socket: that is all there is to read.
    } finally {
      watch.cancel(false);
    }
  }

  /** Called by one thread after another. */
  private void closeIfSilent() {
    long now = read.get();
    looks++;
    if (now == before || looks == MOST) {
      connection.serverSocket().close();
    }
    before = now;
  }
}
