package io.fleetcompat.query;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look from outside at the socket that the API listens on: the server gives it up for good where
 * accepting a connection once fails (too many open files), and says so in its log alone. One
 * thread.
 */
final class ListeningProbe {

  private static final Logger LOG = LoggerFactory.getLogger(ListeningProbe.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final String address;
  private final int port;
  private long lookedAt = System.nanoTime();

  ListeningProbe(String address, int port) {
    this.address = address;
    this.port = port;
  }

  /**
   * The reason why nobody can connect any more; empty where somebody can, or where it looked a
   * moment ago.
   */
  Optional<String> lost() {
    long now = System.nanoTime();
    if (now - lookedAt < EVERY.toNanos()) {
      return Optional.empty();
    }
    lookedAt = now;
    return look();
  }

  /** The same, looking now. */
  Optional<String> look() {
    try (Socket socket = new Socket()) {
      InetAddress bound = InetAddress.getByName(address);
      InetAddress to = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
      socket.connect(new InetSocketAddress(to, port), (int) TIMEOUT.toMillis());
      return Optional.empty();
    } catch (ConnectException e) {
      return Optional.of("the API does not listen on %s:%d any more".formatted(address, port));
    } catch (IOException e) {
      LOG.warn("it could not be seen whether the API listens: {}", e.toString());
      return Optional.empty();
    }
  }
}
