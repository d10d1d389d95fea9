package io.fleetcompat.query.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections that stay open for a moment after the server refused a request.
 *
 * <p>A socket that is closed with bytes unread is reset, and a caller that is still sending a body
 * never hears that it is too large. What such a caller still sends is read away, within bounds, as
 * RFC 9112, section 9.6, advises.
 */
final class Lingering implements ServerConnectionSelector {

  /** Longest time without a byte from the caller. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** Longest time in all, in silences. */
  private static final int MOST = 10;

  private final ServerConnectionSelector http;

  Lingering(ServerConnectionSelector http) {
    this.http = http;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Connection(http.connection(context), context);
  }

  private static final class Connection implements ServerConnection, InterruptableTask<Void> {

    private final ServerConnection http;
    private final DataReader reader;
    private final HelidonSocket socket;
    private final AtomicLong read = new AtomicLong();

    Connection(ServerConnection http, ConnectionContext context) {
      this.http = http;
      this.reader = context.dataReader();
      this.socket = context.serverSocket();
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      http.handle(limit); // returns after a refusal; a connection that just ends is an exception
      Thread watch = Thread.ofVirtual().start(this::closeWhenSilent);
      try {
        while (true) {
          reader.ensureAvailable();
          int available = reader.available();
          reader.skip(available);
          read.addAndGet(available);
        }
      } catch (DataReader.InsufficientDataAvailableException | UncheckedIOException e) {
        // The caller closed its side, or was silent for too long: that is all there is to read.
      } finally {
        watch.interrupt();
      }
    }

    private void closeWhenSilent() {
      try {
        long before = -1;
        for (int i = 0; i < MOST && read.get() != before; i++) {
          before = read.get();
          Thread.sleep(SILENCE);
        }
        socket.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the caller was heard to its end
      }
    }

    /** Whether a server that stops may interrupt it: it asks this of its own connections. */
    @Override
    public boolean canInterrupt() {
      return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
      return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      http.close(interrupt);
    }
  }
}
