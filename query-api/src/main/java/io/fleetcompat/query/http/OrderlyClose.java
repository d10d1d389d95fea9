package io.fleetcompat.query.http;

import io.fleetcompat.query.http.OpenConnection.Phase;
import io.fleetcompat.query.room.Room;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
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
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * HTTP/1.1 connections that end as RFC 9112, section 9.6, has it, which the server leaves to us.
 *
 * <p>One ends after the answer to a request with {@code Connection: close}. And one on which the
 * caller may still be sending, because his request was refused before its end, is read for a moment
 * longer ({@link Remainder}).
 */
final class OrderlyClose implements ServerConnectionSelector {

  private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final ServerConnectionSelector http;
  private final Connections connections;

  OrderlyClose(Http1Config.Builder config, Connections connections) {
    this.connections = connections;
    this.http =
        Http1ConnectionSelector.builder()
            .config( // one listener each: the server calls none where there are two
                config.addReceiveListener(new Requests()).addSendListener(new Answers()).build())
            .build();
  }

  /**
   * Keeps the connection of this thread, however long nothing is asked on it. It was idle since its
   * last request otherwise, whatever it is sent meanwhile.
   */
  static void keepThoughSilent() {
    Connection connection = CURRENT.get();
    connection.streams = true;
    connection.open.enter(Phase.STREAM);
    connection.open.memory().streams();
  }

  /** The connection of this thread. */
  static OpenConnection current() {
    return CURRENT.get().open;
  }

  /** True where the request of this thread's connection has not been read up to its body yet. */
  static boolean isReadingHead() {
    return CURRENT.isBound() && CURRENT.get().readsHead;
  }

  /** True where the server waits for a request on this thread's connection, or reads its line. */
  static boolean isReadingRequestLine() {
    return CURRENT.isBound() && CURRENT.get().canInterrupt();
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
    OpenConnection open = connections.open(context.serverSocket());
    ConnectionContext guarded = new GuardedContext(context, open, connections.bounds());
    return new Connection(http.connection(guarded), guarded, open);
  }

  private static final class Requests implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      CURRENT.get().allIsRead = false; // until it is known what follows
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      boolean hasBody =
          headers.contains(HeaderNames.CONTENT_LENGTH)
              || headers.contains(HeaderNames.TRANSFER_ENCODING);
      Connection connection = CURRENT.get();
      connection.endIfAsked(headers);
      connection.allIsRead = !hasBody;
      connection.readsHead = false;
      headers
          .first(HeaderNames.CONTENT_LENGTH)
          .filter(length -> LENGTH.matcher(length).matches()) // else it is refused
          .ifPresent(length -> connection.open.memory().expect(Long.parseLong(length)));
      connection.open.enter(Phase.ANSWER);
    }
  }

  private static final class Answers implements Http1ConnectionListener {
    @Override
    public void headers(ConnectionContext context, Headers headers) {
      Connection connection = CURRENT.get();
      connection.endIfAsked(headers);
      connection.readsHead = true; // the next one's
    }
  }

  /** One thread, but for closing and for who asks how long it has been idle. */
  private final class Connection implements ServerConnection, InterruptableTask<Void> {

    private final ServerConnection http;
    private final ConnectionContext context;
    private final OpenConnection open;
    private boolean allIsRead;
    private boolean ends;
    private boolean readsHead = true;
    private volatile boolean streams;

    Connection(ServerConnection http, ConnectionContext context, OpenConnection open) {
      this.http = http;
      this.context = context;
      this.open = open;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        ScopedValue.where(CURRENT, this)
            .where(Room.CURRENT, open.memory())
            .call(
                () -> {
                  http.handle(limit);
                  return this;
                });
        if (!ends || !allIsRead) {
          open.enter(Phase.REMAINDER);
          new Remainder(context).drop();
        }
      } finally {
        connections.end(open);
      }
    }

    /**
     * Closes after the request that is being answered, not while one is being read: that ends
     * anyway.
     */
    void endIfAsked(Headers headers) {
      if (!canInterrupt() && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
        ends = true;
        http.close(false);
      }
    }

    /**
     * True where a server that stops may interrupt it: the server asks this of its own connections.
     */
    @Override
    public boolean canInterrupt() {
      return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
      return streams ? Duration.ZERO : http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      http.close(interrupt);
    }
  }
}
