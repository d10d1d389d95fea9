package io.fleetcompat.query.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection: what it waits for, and since when.
 *
 * <p>Threads: that of the connection; any may look at it, and close it.
 */
final class OpenConnection {

  /** The thing that a connection waits for. */
  enum Phase {
    /** A request. */
    IDLE,
    /** The rest of a request's head. */
    HEAD,
    /** The rest of a body that is dropped. */
    DRAIN,
    /** The rest of a body. */
    BODY,
    /** Its answer. */
    ANSWER,
    /** The caller, who must take the answer. */
    WRITE,
    /** Nothing: it is a stream, and has deadlines of its own. */
    STREAM,
    /** The caller, who still sends after the last answer; that has deadlines of its own. */
    REMAINDER,
    /** Nothing: it is closed. */
    CLOSED
  }

  /**
   * A phase and its begin.
   *
   * @param since as {@link System#nanoTime()}
   */
  record State(Phase phase, long since) {
    long age(long now) {
      return now - since;
    }
  }

  private final HelidonSocket socket;
  private final RequestMemory memory;
  private final AtomicReference<State> state;
  private volatile boolean admitted;

  // Of the connection's own thread.
  private boolean http10;
  private Optional<String> refusal = Optional.empty();

  OpenConnection(HelidonSocket socket, RequestMemory memory) {
    this.socket = socket;
    this.memory = memory;
    this.state = new AtomicReference<>(new State(Phase.IDLE, System.nanoTime()));
  }

  RequestMemory memory() {
    return memory;
  }

  State state() {
    return Objects.requireNonNull(state.get());
  }

  /** Takes note that all there is may be asked for from now on. */
  void admit() {
    admitted = true;
  }

  /** False where only health and metrics are told, since there are more than may be. */
  boolean isAdmitted() {
    return admitted;
  }

  /** Takes note of whether the request that begins is one of HTTP/1.0. */
  void speakHttp10(boolean old) {
    http10 = old;
  }

  /** Takes note of what is wrong with the request, which is refused. */
  void refuse(String found) {
    refusal = Optional.of(found);
  }

  /** The mistake of the request that is refused; empty where it is the server that knows it. */
  Optional<String> refusal() {
    return refusal;
  }

  /** True where the request is one of HTTP/1.0, to which no answer may be in chunks. */
  boolean speaksHttp10() {
    return http10;
  }

  /**
   * Goes on to the next phase.
   *
   * @throws CloseConnectionException where somebody has closed it meanwhile
   */
  void enter(Phase phase) {
    if (!goOn(phase)) {
      throw new CloseConnectionException("it was closed, since it kept others waiting");
    }
  }

  /** Goes on to the next phase, or returns false where somebody has closed it meanwhile. */
  boolean goOn(Phase phase) {
    State before = state();
    return before.phase() != Phase.CLOSED
        && state.compareAndSet(before, new State(phase, System.nanoTime()));
  }

  /** Closes it unless it has gone on since it was looked at. */
  boolean close(State seen) {
    boolean closes = state.compareAndSet(seen, new State(Phase.CLOSED, seen.since()));
    if (closes) {
      try {
        socket.close();
      } catch (UncheckedIOException e) {
        // It was closed already: its own thread ends it at the same time.
      }
    }
    return closes;
  }

  /** Counts bytes that came, unless they are dropped. */
  void receive(int count) {
    Phase phase = state().phase();
    if (phase == Phase.IDLE) {
      enter(Phase.HEAD);
    }
    boolean isDropped = phase == Phase.DRAIN || phase == Phase.REMAINDER;
    if (!isDropped && !memory.receive(count)) {
      throw RequestException.builder()
          .type(EventType.OTHER)
          .status(Status.TOO_MANY_REQUESTS_429)
          .setKeepAlive(false)
          .message(RequestMemory.TOO_MUCH)
          .build();
    }
  }
}
