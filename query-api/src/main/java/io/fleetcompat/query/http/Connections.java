package io.fleetcompat.query.http;

import io.fleetcompat.query.http.OpenConnection.Phase;
import io.fleetcompat.query.http.OpenConnection.State;
import io.helidon.common.socket.HelidonSocket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All open connections, and who of them must go: whoever passes a deadline, and where there are too
 * many, or their requests take too much memory, whoever is idle or slow for longest. So nobody can
 * keep others out by doing nothing. Any thread.
 */
final class Connections implements AutoCloseable {

  /** Connections beyond the bound, which are told health and metrics only. */
  static final int BEYOND = 128;

  /** Time after which a caller who does not go on is slow. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final Duration BETWEEN_CLOSINGS = Duration.ofMillis(50);
  private static final int CLOSED_AT_ONCE = 4;
  private static final Comparator<Seen> OLDEST =
      (a, b) -> Long.signum(a.state.since() - b.state.since()); // as nanoTime is compared

  private static final String PREFIX = "fleetcompat.query.connections";
  private static final long LOOK_EVERY_MILLIS = 250;

  private final HttpBounds bounds;
  private final BytesInFlight bytes;
  private final Map<Phase, Long> deadlines = new EnumMap<>(Phase.class);
  private final Map<Phase, Counter> closed = new EnumMap<>(Phase.class);
  private final AtomicLong lastClosing = new AtomicLong(System.nanoTime());
  private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();
  private final ScheduledFuture<?> looks;

  Connections(HttpBounds bounds, MeterRegistry registry) {
    this.bounds = bounds;
    this.bytes = BytesInFlight.of(bounds.maxBytesInFlight(), registry);
    deadlines.put(Phase.HEAD, bounds.headTimeout().toNanos());
    deadlines.put(Phase.BODY, bounds.bodyTimeout().toNanos());
    deadlines.put(Phase.DRAIN, bounds.bodyTimeout().toNanos());
    deadlines.put(Phase.WRITE, bounds.writeTimeout().toNanos());
    Gauge.builder(PREFIX, open, Set::size).description("Open connections").register(registry);
    for (Phase phase : new Phase[] {Phase.IDLE, Phase.HEAD, Phase.DRAIN, Phase.BODY, Phase.WRITE}) {
      closed.put(
          phase,
          Counter.builder(PREFIX + ".closed")
              .description("Connections closed since they kept others waiting")
              .tag("waited-for", phase.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    looks =
        ForkJoinPool.commonPool()
            .scheduleWithFixedDelay(
                this::closeOverdue, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A connection that was accepted. */
  OpenConnection open(HelidonSocket socket) {
    RequestMemory memory =
        new RequestMemory(bytes, this::closeSlowest, bounds.requestTimeout().dividedBy(2));
    OpenConnection connection = new OpenConnection(socket, memory);
    open.add(connection);
    if (!admits(connection) && count(seen -> !seen.connection.isAdmitted()) > BEYOND / 2) {
      closeOldest(
          seen -> seen.connection != connection && !seen.connection.isAdmitted() && isIdle(seen),
          Duration.ZERO); // or nobody could come and ask for health
    }
    return connection;
  }

  /**
   * True for a connection that may ask for all there is, not for health and metrics only. Where
   * there are too many, another gives way to it; where none does, it may ask again.
   */
  boolean admits(OpenConnection connection) {
    return connection.isAdmitted() || admit(connection);
  }

  private synchronized boolean admit(OpenConnection connection) {
    boolean hasRoom =
        open.size() <= bounds.maxConnections()
            || count(seen -> seen.connection.isAdmitted()) < bounds.maxConnections()
            || giveWay();
    if (hasRoom) {
      connection.admit();
    }
    return hasRoom;
  }

  private long count(Predicate<Seen> which) {
    return seen(which, Duration.ZERO).filter(seen -> seen.state.phase() != Phase.CLOSED).count();
  }

  HttpBounds bounds() {
    return bounds;
  }

  /** Forgets a connection that has ended. */
  void end(OpenConnection connection) {
    connection.memory().release();
    open.remove(connection);
  }

  /** One of the admitted is closed: that is idle, or else that is slow. */
  private boolean giveWay() {
    return closeOldest(admitted(Connections::isIdle), Duration.ZERO)
        || closeOldest(admitted(seen -> seen.state.phase() == Phase.WRITE), SLOW)
        || closeOldest(admitted(seen -> seen.state.phase() == Phase.BODY), SLOW);
  }

  private static Predicate<Seen> admitted(Predicate<Seen> which) {
    return seen -> seen.connection.isAdmitted() && which.test(seen);
  }

  private static boolean isIdle(Seen seen) {
    Phase phase = seen.state.phase();
    return phase == Phase.IDLE || phase == Phase.HEAD || phase == Phase.DRAIN;
  }

  /**
   * Closes a few that take memory and have been slow in a phase for longest. Many may ask for it at
   * once, so only one does it, now and then.
   */
  private void closeSlowest(Phase phase) {
    long now = System.nanoTime();
    long last = lastClosing.get();
    if (now - last < BETWEEN_CLOSINGS.toNanos() || !lastClosing.compareAndSet(last, now)) {
      return;
    }
    seen(which -> which.state.phase() == phase && which.connection.memory().takesSome(), SLOW)
        .sorted(OLDEST)
        .limit(CLOSED_AT_ONCE)
        .forEach(this::close);
  }

  private boolean closeOldest(Predicate<Seen> which, Duration least) {
    // The oldest may go on while it is looked at: then it is the next one's turn.
    return seen(which, least).sorted(OLDEST).anyMatch(this::close);
  }

  private Stream<Seen> seen(Predicate<Seen> which, Duration least) {
    long now = System.nanoTime();
    return open.stream()
        .map(connection -> new Seen(connection, connection.state()))
        .filter(seen -> which.test(seen) && seen.state.age(now) >= least.toNanos());
  }

  /** A connection, and its state when it was looked at. */
  private record Seen(OpenConnection connection, State state) {}

  private boolean close(Seen seen) {
    boolean closes = seen.connection.close(seen.state);
    if (closes) {
      Objects.requireNonNull(closed.get(seen.state.phase())).increment();
    }
    return closes;
  }

  private void closeOverdue() {
    long now = System.nanoTime();
    for (OpenConnection connection : open) {
      State state = connection.state();
      Long deadline = deadlines.get(state.phase());
      if (deadline != null && state.age(now) > deadline) {
        close(new Seen(connection, state));
      }
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
  }
}
