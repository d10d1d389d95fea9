package io.fleetcompat.query.http;

import io.fleetcompat.query.http.OpenConnection.Phase;
import io.fleetcompat.query.http.OpenConnection.State;
import io.helidon.common.socket.HelidonSocket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
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
  private static final int IDLE_PER_LOOK = 64;

  /** Least time after a look at thousands in which nobody gave way, until the next. */
  private static final Duration BETWEEN_VAIN_LOOKS = Duration.ofMillis(10);

  private static final Comparator<Seen> OLDEST =
      (a, b) -> Long.signum(a.state.since() - b.state.since()); // as nanoTime is compared

  private static final String PREFIX = "fleetcompat.query.connections";
  private static final long LOOK_EVERY_MILLIS = 250;

  private final HttpBounds bounds;
  private final BytesInFlight bytes;
  private final Map<Phase, Long> deadlines = new EnumMap<>(Phase.class);
  private final Map<Phase, Counter> closed = new EnumMap<>(Phase.class);
  private final AtomicLong lastClosing = new AtomicLong(System.nanoTime());

  // Each connection is in one of these until it is closed or has ended.
  private final Set<OpenConnection> admitted = ConcurrentHashMap.newKeySet();
  private final Set<OpenConnection> others = ConcurrentHashMap.newKeySet();

  /**
   * The admitted that were idle for longest at the last look at all, the oldest first: of those who
   * have not moved since, they still are. So a crowd costs one look for many closings.
   */
  private final Queue<Seen> idle = new ArrayDeque<>();

  private long lookedInVain = System.nanoTime() - BETWEEN_VAIN_LOOKS.toNanos();
  private final ScheduledFuture<?> looks;

  Connections(HttpBounds bounds, MeterRegistry registry) {
    this.bounds = bounds;
    this.bytes = BytesInFlight.of(bounds.maxBytesInFlight(), registry);
    deadlines.put(Phase.HEAD, bounds.headTimeout().toNanos());
    deadlines.put(Phase.BODY, bounds.bodyTimeout().toNanos());
    deadlines.put(Phase.DRAIN, bounds.bodyTimeout().toNanos());
    deadlines.put(Phase.WRITE, bounds.writeTimeout().toNanos());
    Gauge.builder(PREFIX, this, Connections::size)
        .description("Open connections")
        .register(registry);
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

  private int size() {
    return admitted.size() + others.size();
  }

  private Stream<OpenConnection> all() {
    return Stream.concat(admitted.stream(), others.stream());
  }

  /** A connection that was accepted. */
  OpenConnection open(HelidonSocket socket) {
    RequestMemory memory =
        new RequestMemory(bytes, this::closeSlowest, bounds.requestTimeout().dividedBy(2));
    OpenConnection connection = new OpenConnection(socket, memory);
    others.add(connection);
    if (!admits(connection) && others.size() > BEYOND / 2) {
      oldest(
              others.stream(),
              seen -> seen.connection != connection && isIdle(seen),
              Duration.ZERO,
              1)
          .forEach(this::close); // or nobody could come and ask for health
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
    boolean hasRoom = admitted.size() < bounds.maxConnections() || giveWay();
    if (hasRoom) {
      connection.admit();
      admitted.add(connection);
      others.remove(connection);
    }
    return hasRoom;
  }

  HttpBounds bounds() {
    return bounds;
  }

  /** Forgets a connection that has ended. */
  void end(OpenConnection connection) {
    connection.memory().release();
    forget(connection);
  }

  private void forget(OpenConnection connection) {
    others.remove(connection);
    admitted.remove(connection);
  }

  /** One of the admitted is closed: that is idle, or else that is slow. */
  private boolean giveWay() {
    long now = System.nanoTime();
    if (now - lookedInVain < BETWEEN_VAIN_LOOKS.toNanos()) {
      return false;
    }
    boolean hasClosed = closeIdle() || closeSlow(Phase.WRITE) || closeSlow(Phase.BODY);
    if (!hasClosed) {
      lookedInVain = now;
    }
    return hasClosed;
  }

  private boolean closeIdle() {
    boolean hasClosed = closeNextIdle();
    if (!hasClosed) {
      oldest(admitted.stream(), Connections::isIdle, Duration.ZERO, IDLE_PER_LOOK)
          .forEach(idle::add);
      hasClosed = closeNextIdle();
    }
    return hasClosed;
  }

  private boolean closeNextIdle() {
    boolean hasClosed = false;
    while (!hasClosed && !idle.isEmpty()) {
      hasClosed = close(idle.remove()); // unless it has gone on since it was looked at
    }
    return hasClosed;
  }

  private boolean closeSlow(Phase phase) {
    return oldest(admitted.stream(), seen -> seen.state.phase() == phase, SLOW, CLOSED_AT_ONCE)
        .anyMatch(this::close);
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
    Predicate<Seen> slow =
        seen -> seen.state.phase() == phase && seen.connection.memory().takesSome();
    oldest(all(), slow, SLOW, CLOSED_AT_ONCE).forEach(this::close);
  }

  /** The connections that have been in their phase for longest, the oldest first. */
  private static Stream<Seen> oldest(
      Stream<OpenConnection> of, Predicate<Seen> which, Duration least, int most) {
    long now = System.nanoTime();
    return of.map(connection -> new Seen(connection, connection.state()))
        .filter(seen -> which.test(seen) && seen.state.age(now) >= least.toNanos())
        .sorted(OLDEST)
        .limit(most);
  }

  /** A connection, and its state when it was looked at. */
  private record Seen(OpenConnection connection, State state) {}

  private boolean close(Seen seen) {
    boolean closes = seen.connection.close(seen.state);
    if (closes) {
      forget(seen.connection);
      Objects.requireNonNull(closed.get(seen.state.phase())).increment();
    }
    return closes;
  }

  private void closeOverdue() {
    long now = System.nanoTime();
    all()
        .map(connection -> new Seen(connection, connection.state()))
        .filter(seen -> isOverdue(seen.state, now))
        .forEach(this::close);
  }

  private boolean isOverdue(State state, long now) {
    Long deadline = deadlines.get(state.phase());
    return deadline != null && state.age(now) > deadline;
  }

  @Override
  public void close() {
    looks.cancel(false);
  }
}
