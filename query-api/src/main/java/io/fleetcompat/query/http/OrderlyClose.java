package io.fleetcompat.query.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * HTTP/1.1 connections that end as RFC 9112, section 9.6, has it, which the server leaves to us.
 *
 * <p>One ends after the answer to a request with {@code Connection: close}. And one on which the
 * caller may still be sending, because his request was refused before its end, is read for a moment
 * longer: a socket closed with bytes unread is reset, and the caller never hears why.
 *
 * <p>As it sees every request, it also lets one connection not keep the processor from the others.
 */
final class OrderlyClose implements ServerConnectionSelector {

  /** Longest time without a byte from the caller. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** Longest time in all, in silences. */
  private static final int MOST = 10;

  /** Requests of one connection after which it gives way to the others. */
  private static final int IN_A_ROW = 8;

  private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

  private final ServerConnectionSelector http;

  OrderlyClose(Http1Config.Builder config) {
    this.http =
        Http1ConnectionSelector.builder()
            .config(
                config.addReceiveListener(new Requests()).addSendListener(new Answers()).build())
            .build();
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

  private static final class Requests implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      Connection connection = CURRENT.get();
      connection.allIsRead = false; // until it is known what follows
      connection.giveWay();
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      boolean hasBody =
          headers.contains(HeaderNames.CONTENT_LENGTH)
              || headers.contains(HeaderNames.TRANSFER_ENCODING);
      Connection connection = CURRENT.get();
      connection.endIfAsked(headers);
      connection.allIsRead = !hasBody;
    }
  }

  private static final class Answers implements Http1ConnectionListener {
    @Override
    public void headers(ConnectionContext context, Headers headers) {
      CURRENT.get().endIfAsked(headers);
    }
  }

  /** One thread, but for closing. */
  private static final class Connection implements ServerConnection, InterruptableTask<Void> {

    private final ServerConnection http;
    private final DataReader reader;
    private final HelidonSocket socket;
    private final AtomicLong read = new AtomicLong();
    private int requests;
    private boolean allIsRead;
    private boolean ends;

    Connection(ServerConnection http, ConnectionContext context) {
      this.http = http;
      this.reader = context.dataReader();
      this.socket = context.serverSocket();
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      ScopedValue.where(CURRENT, this)
          .call(
              () -> {
                http.handle(limit);
                return this;
              });
      if (!ends || !allIsRead) {
        linger();
      }
    }

    /**
     * Lets the others have the processor: who asks again faster than we look is never parked, and
     * on one processor nobody else, not even the poller of their sockets, would ever run.
     */
    @SuppressWarnings("ThreadPriorityCheck") // fairness, on which no answer depends
    void giveWay() {
      requests++;
      if (requests % IN_A_ROW == 0) {
        Thread.yield();
      }
    }

    /** After the request that is being answered, not while one is being read: that ends anyway. */
    void endIfAsked(Headers headers) {
      if (!canInterrupt() && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
        ends = true;
        http.close(false);
      }
    }

    private void linger() {
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
