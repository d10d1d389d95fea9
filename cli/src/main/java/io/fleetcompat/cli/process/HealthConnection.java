package io.fleetcompat.cli.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * One caller of the health server: its request is read, answered, and what it still sends is
 * dropped until it ends, since a socket that is closed with bytes unread is reset. Never waits. One
 * thread.
 */
final class HealthConnection {

  private final SocketChannel socket;
  private final SelectionKey key;
  private final HealthExchange exchange;
  private final long since;
  private Optional<ByteBuffer> answer = Optional.empty();

  /**
   * @param now as {@link System#nanoTime()}
   */
  HealthConnection(SocketChannel socket, Selector selector, HealthPages pages, long now)
      throws IOException {
    this.socket = socket;
    this.exchange = new HealthExchange(pages);
    this.since = now;
    socket.configureBlocking(false);
    this.key = socket.register(selector, SelectionKey.OP_READ, this);
  }

  /** True until the caller's request has come. */
  boolean isIdle() {
    return answer.isEmpty();
  }

  /** True while there is an answer that the caller has not taken. */
  boolean isAnswered() {
    return answer.isPresent() && answer.get().hasRemaining();
  }

  /** Nanoseconds since it was accepted. */
  long age(long now) {
    return now - since;
  }

  /**
   * Reads or writes what can be read or written now.
   *
   * @param room for the bytes that are read
   * @return false where nothing is left to do
   */
  boolean goOn(ByteBuffer room) throws IOException {
    if (isAnswered()) {
      return write(answer.orElseThrow());
    }
    int read = socket.read(room.clear());
    if (read < 0) {
      return false;
    }
    if (answer.isEmpty()) {
      answer = exchange.take(room.flip());
      return answer.isEmpty() || write(answer.get());
    }
    return true; // drops what comes after the request
  }

  private boolean write(ByteBuffer bytes) throws IOException {
    socket.write(bytes);
    if (bytes.hasRemaining()) {
      key.interestOps(SelectionKey.OP_WRITE);
    } else {
      socket.shutdownOutput();
      key.interestOps(SelectionKey.OP_READ);
    }
    return true;
  }

  void close() {
    try {
      socket.close(); // and its key
    } catch (IOException e) {
      // There is nobody to tell: it is gone either way.
    }
  }
}
