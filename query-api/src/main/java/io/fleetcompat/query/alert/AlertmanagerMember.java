package io.fleetcompat.query.alert;

import io.fleetcompat.query.alert.AlertBoard.Alerts;
import io.fleetcompat.query.alert.AlertmanagerClient.Result;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.avro.AlertRecord;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a cluster of Alertmanagers, and what it was told. It is told states: all alerts
 * every minute, and what has changed at once. A member that is away holds back no other one, and
 * nothing is kept for it: when it is back it is told what is so then.
 *
 * <p>Threads: one of its own; any thread asks for its status, and closes it.
 */
final class AlertmanagerMember implements AutoCloseable {

  /** Most alerts of one request. */
  static final int MOST_AT_ONCE = 256;

  private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerMember.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

  private final URI address;
  private final AlertmanagerConfig config;
  private final AlertBoard board;
  private final PostableAlerts postable;
  private final AlertmanagerClient client;
  private final AlertmanagerCounts counts;
  private final Clock clock;
  private final Thread thread;

  /** The alerts as the member took them. */
  private final Map<AlertKey, AlertRecord> taken = new HashMap<>();

  /** The alerts that the member does not take, as they are; tried again when all are sent. */
  private final Map<AlertKey, AlertRecord> refused = new HashMap<>();

  private volatile boolean closed;
  private volatile Optional<Instant> sentAt = Optional.empty();
  private volatile Optional<String> fault = Optional.empty();

  AlertmanagerMember(
      URI address,
      AlertmanagerConfig config,
      AlertBoard board,
      AlertmanagerCounts counts,
      Clock clock) {
    this.address = address;
    this.config = config;
    this.board = board;
    this.postable = new PostableAlerts(config);
    this.client = new AlertmanagerClient(address, config.authorization());
    this.counts = counts;
    this.clock = clock;
    this.thread =
        Thread.ofPlatform().daemon().name("alertmanager-" + address.getHost()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The reason why it is told nothing any more, for good; empty while it is. */
  Optional<String> ended() {
    boolean sends = thread.isAlive() || thread.getState() == Thread.State.NEW;
    return sends
        ? Optional.empty()
        : Optional.of("the Alertmanager %s is told nothing any more".formatted(address));
  }

  URI address() {
    return address;
  }

  /** The time at which it last took all that it was sent; empty where it never did. */
  Optional<Instant> sentAt() {
    return sentAt;
  }

  /** The reason why it did not take what it was last sent; empty where it did. */
  Optional<String> fault() {
    return fault;
  }

  private void run() {
    long version = -1;
    long allDue = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed) {
        Optional<Alerts> alerts = board.alerts();
        long left = allDue - System.nanoTime();
        boolean all = left <= 0;
        if (alerts.isEmpty() || (!all && alerts.get().version() == version)) {
          board.awaitOther(version, all ? config.resendEvery() : Duration.ofNanos(left));
          continue;
        }
        version = alerts.get().version();
        if (all) {
          refused.clear(); // whatever the reason was, it may be gone
        }
        if (send(alerts.get(), all)) {
          pause = FIRST_PAUSE;
          allDue = all ? System.nanoTime() + config.resendEvery().toNanos() : allDue;
        } else {
          Thread.sleep(pause);
          pause = shortest(pause.multipliedBy(2), shortest(LONGEST_PAUSE, config.resendEvery()));
          allDue = System.nanoTime(); // then all of it: nobody knows what it took
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is closed
    }
  }

  private static Duration shortest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The alerts that it is to be told now. */
  private Map<AlertKey, AlertRecord> due(Alerts alerts, boolean all, Instant now) {
    Map<AlertKey, AlertRecord> due = new HashMap<>();
    alerts
        .all()
        .forEach(
            (key, alert) -> {
              boolean known = !all && alert.equals(taken.get(key));
              if (PostableAlerts.isSent(alert, now) && !known && !alert.equals(refused.get(key))) {
                due.put(key, alert);
              }
            });
    taken.keySet().retainAll(alerts.all().keySet());
    return due;
  }

  private boolean send(Alerts alerts, boolean all) throws InterruptedException {
    Instant now = clock.instant();
    Map<AlertKey, AlertRecord> due = due(alerts, all, now);
    if (board.fault().isPresent() && !due.isEmpty() && !keepActive(due)) {
      return false;
    }
    if (due.isEmpty()) {
      return true; // that says nothing of the member
    }
    List<Map.Entry<AlertKey, AlertRecord>> rest = new ArrayList<>(due.entrySet());
    boolean complete = true;
    for (int from = 0; from < rest.size(); from += MOST_AT_ONCE) {
      int to = Math.min(rest.size(), from + MOST_AT_ONCE);
      complete &= post(rest.subList(from, to), now);
    }
    if (complete && refused.isEmpty()) {
      sentAt = Optional.of(now);
      if (fault.isPresent()) {
        LOG.info("the Alertmanager {} takes alerts again", address);
        fault = Optional.empty();
      }
    }
    return complete;
  }

  /**
   * Leaves of what fires only that which the member has already. Whoever does not know the newest
   * alerts must not begin one that others have told to end; what goes on is kept from ending.
   */
  private boolean keepActive(Map<AlertKey, AlertRecord> due) throws InterruptedException {
    try {
      Set<Map<String, String>> active = client.active();
      due.values().removeIf(alert -> !active.contains(postable.labels(alert)));
      return true;
    } catch (IOException e) {
      failed(AlertmanagerClient.said(e));
      return false;
    }
  }

  /** Sends some; where it refuses them, each half for itself, so that a bad one is alone. */
  private boolean post(List<Map.Entry<AlertKey, AlertRecord>> some, Instant now)
      throws InterruptedException {
    byte[] body = postable.body(some.stream().map(Map.Entry::getValue).toList(), now);
    return switch (client.post(body)) {
      case Result.Taken _ -> {
        some.forEach(each -> taken.put(each.getKey(), each.getValue()));
        counts.taken(some.size());
        yield true;
      }
      case Result.Failed(String why) -> {
        counts.failed();
        failed(why);
        yield false;
      }
      case Result.Refused(String said) when some.size() == 1 -> {
        Map.Entry<AlertKey, AlertRecord> bad = some.getFirst();
        refused.put(bad.getKey(), bad.getValue());
        counts.refused();
        failed("the alert %s is refused: %s".formatted(bad.getKey(), said));
        yield true;
      }
      case Result.Refused _ -> {
        int half = some.size() / 2;
        boolean first = post(some.subList(0, half), now);
        boolean second = post(some.subList(half, some.size()), now);
        yield first && second;
      }
    };
  }

  private void failed(String why) {
    if (closed) {
      return;
    }
    if (!fault.equals(Optional.of(why))) {
      LOG.warn("the Alertmanager {} does not take alerts, and is tried again: {}", address, why);
      fault = Optional.of(why);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    client.close();
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        LOG.warn("the sender to {} did not stop within {}", address, CLOSE_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
