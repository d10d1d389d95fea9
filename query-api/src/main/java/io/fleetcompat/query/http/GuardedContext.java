package io.fleetcompat.query.http;

import io.fleetcompat.query.http.OpenConnection.Phase;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the server's whose bytes are counted and whose waits are seen. A socket that ends
 * is no fault: the connection ends, and nothing is logged. One thread.
 */
final class GuardedContext implements ConnectionContext {

  private final ConnectionContext context;
  private final RequestReader requests;
  private final DataReader reader;
  private final DataWriter writer;

  GuardedContext(ConnectionContext context, OpenConnection connection, HttpBounds bounds) {
    this.context = context;
    this.requests = new RequestReader(() -> received(context.serverSocket()), connection, bounds);
    this.reader = DataReader.create(this::read);
    this.writer = new Writer(context.dataWriter(), connection);
  }

  /** The next bytes; null at the end, as the server's own reader has it. */
  @SuppressWarnings("NullAway") // the server's contract
  private byte[] read() {
    return requests.next(OrderlyClose.isReadingRequestLine() && reader.available() == 0);
  }

  private static byte @Nullable [] received(HelidonSocket socket) {
    try {
      return socket.get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("the socket has ended", e);
    }
  }

  /** Each write waits for the caller. */
  private record Writer(DataWriter writer, OpenConnection connection) implements DataWriter {

    @Override
    public void write(BufferData... buffers) {
      guarded(() -> writer.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
      guarded(() -> writer.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
      guarded(() -> writer.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
      guarded(() -> writer.writeNow(buffer));
    }

    @Override
    public void flush() {
      guarded(writer::flush);
    }

    @Override
    public void close() {
      writer.close();
    }

    private void guarded(Runnable write) {
      Phase before = connection.state().phase();
      if (before == Phase.STREAM) {
        write.run();
        return;
      }
      connection.enter(Phase.WRITE);
      try {
        write.run();
      } catch (UncheckedIOException e) {
        throw new CloseConnectionException("the socket has ended", e);
      }
      connection.enter(before);
    }
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }
}
