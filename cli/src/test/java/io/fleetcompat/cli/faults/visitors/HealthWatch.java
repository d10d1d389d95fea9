package io.fleetcompat.cli.faults.visitors;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One who asks a process for its health, each time by a connection of its own, as a probe of an
 * orchestrator does.
 */
public final class HealthWatch implements Visitor {

  private static final byte[] QUESTION =
      "GET /health/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final String READY = "HTTP/1.1 200";
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int MOST_FINDINGS = 5;

  private final String name;
  private final InetSocketAddress address;
  private final Duration bound;
  private final Thread thread;
  private final List<String> findings = new CopyOnWriteArrayList<>();
  private final LongAdder asked = new LongAdder();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
  private volatile boolean closed;

  /**
   * Begins to ask.
   *
   * @param bound of the time from the connection to the answer
   */
  public HealthWatch(String name, InetSocketAddress address, Duration bound) {
    this.name = name;
    this.address = address;
    this.bound = bound;
    this.thread = Thread.ofPlatform().daemon().name("health of " + name).start(this::run);
  }

  private void run() {
    while (!closed) {
      long begin = System.nanoTime();
      String answer = ask();
      long took = System.nanoTime() - begin;
      asked.increment();
      longest.accumulate(took);
      if ((!answer.equals(READY) || took > bound.toNanos()) && findings.size() < MOST_FINDINGS) {
        findings.add(
            "health of %s: expected '%s' within %s, found '%s' after %d ms"
                .formatted(name, READY, bound, answer, TimeUnit.NANOSECONDS.toMillis(took)));
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private String ask() {
    int millis = Math.toIntExact(bound.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(address, millis);
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(QUESTION);
      byte[] answer = socket.getInputStream().readNBytes(READY.length());
      return new String(answer, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    closed = true;
    Ends.await(thread);
  }

  @Override
  public List<String> findings() {
    return List.copyOf(findings);
  }

  @Override
  public String seen() {
    return "health of %s: %d asked, %d ms at worst (bound %d ms)"
        .formatted(
            name, asked.sum(), TimeUnit.NANOSECONDS.toMillis(longest.get()), bound.toMillis());
  }
}
