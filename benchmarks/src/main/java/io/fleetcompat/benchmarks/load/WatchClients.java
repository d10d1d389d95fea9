package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Many watchers in a process of their own, which one thread reads for: it prints what came of each
 * phase of a load. An event's host is named after the time at which it was sent.
 */
public final class WatchClients {

  /** The text before the time, in nanoseconds as {@link System#nanoTime} counts. */
  static final String MARK = "\"name\":\"host-";

  private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 256 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final long[] latencies;
  private int count;

  private WatchClients(int most) {
    latencies = new long[most];
  }

  /** The part of an event that one connection has read. */
  private static final class Reading {
    private int matched;
    private long number;
    private boolean began;
  }

  /** Arguments: port, number of watchers, events of each phase. */
  public static void main(String[] arguments) throws IOException {
    int watchers = Integer.parseInt(arguments[1]);
    int[] phases = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    int most = Arrays.stream(phases).max().orElseThrow() * watchers;
    try (Selector selector = Selector.open()) {
      WatchClients clients = new WatchClients(most);
      clients.connect(selector, Integer.parseInt(arguments[0]), watchers);
      for (int n = 0; n < phases.length; n++) {
        clients.count = 0;
        while (clients.count < phases[n] * watchers) {
          clients.read(selector);
        }
        clients.print("phase " + n);
      }
    }
  }

  private void connect(Selector selector, int port, int watchers) throws IOException {
    byte[] request =
        "GET /v1/watch HTTP/1.1\r\nHost: benchmark\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Reading[] readings = new Reading[watchers];
    for (int n = 0; n < watchers; n++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.write(ByteBuffer.wrap(request));
      channel.configureBlocking(false);
      readings[n] = new Reading();
      channel.register(selector, SelectionKey.OP_READ, readings[n]);
    }
    while (!Arrays.stream(readings).allMatch(reading -> reading.began)) {
      read(selector);
    }
    System.out.println("connected");
  }

  private void read(Selector selector) throws IOException {
    selector.select(
        key -> {
          try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
              throw new IllegalStateException("expected a watch without end, found its end");
            }
            scan((Reading) key.attachment());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void scan(Reading reading) {
    long now = System.nanoTime();
    reading.began = true;
    for (int i = 0; i < buffer.position(); i++) {
      byte b = buffer.get(i);
      if (reading.matched == MARK_BYTES.length) {
        if (b >= '0' && b <= '9') {
          reading.number = reading.number * 10 + b - '0';
        } else {
          latencies[count++] = now - reading.number;
          reading.matched = 0;
          reading.number = 0;
        }
      } else if (b == MARK_BYTES[reading.matched]) {
        reading.matched++;
      } else {
        reading.matched = b == MARK_BYTES[0] ? 1 : 0;
      }
    }
  }

  private void print(String phase) {
    long[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    System.out.printf(
        "%s: %d %s %s %s%n",
        phase,
        count,
        Table.number(sorted[count / 2] / 1e6),
        Table.number(sorted[(int) (count * 0.99)] / 1e6),
        Table.number(sorted[count - 1] / 1e6));
  }
}
