package io.fleetcompat.cli.up;

import io.fleetcompat.broker.BrokerException;
import io.fleetcompat.broker.BrokerProcess;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Looks after the parts that may die alone: a broker is started again, an indexer or an API that
 * has failed ends the session. One thread.
 */
final class Supervision {

  /** Between two looks. */
  static final Duration EVERY = Duration.ofSeconds(1);

  /** A broker that dies more often than this … */
  private static final int MOST_RESTARTS = 3;

  /** … within this time does not get better by being started again. */
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final Progress progress;
  private final DataDirectory data;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private Optional<BrokerProcess> broker = Optional.empty();
  private Optional<Indexer> indexer = Optional.empty();
  private Optional<QueryServer> api = Optional.empty();

  Supervision(Progress progress, DataDirectory data) {
    this.progress = progress;
    this.data = data;
  }

  BrokerProcess of(BrokerProcess started) {
    broker = Optional.of(started);
    return started;
  }

  Indexer of(Indexer started) {
    indexer = Optional.of(started);
    return started;
  }

  QueryServer of(QueryServer started) {
    api = Optional.of(started);
    return started;
  }

  /**
   * Starts the broker again, if it is dead.
   *
   * @throws CommandFailure where a part is beyond help
   */
  void look() throws IOException, InterruptedException {
    if (indexer.map(Indexer::hasFailed).orElse(false)) {
      throw CommandFailure.failed("the indexer has failed; " + data.log() + " says why");
    }
    if (api.map(QueryServer::hasFailed).orElse(false)) {
      throw CommandFailure.failed("the API has failed; " + data.log() + " says why");
    }
    if (broker.isPresent() && !broker.get().isAlive()) {
      restart(broker.get());
    }
  }

  private void restart(BrokerProcess dead) throws IOException, InterruptedException {
    long now = System.nanoTime();
    restarts.removeIf(at -> now - at > WITHIN.toNanos());
    if (restarts.size() == MOST_RESTARTS) {
      throw CommandFailure.failed(
          "the Kafka broker died %d times within %d minutes; its log is in %s"
              .formatted(MOST_RESTARTS + 1, WITHIN.toMinutes(), data.broker()));
    }
    restarts.add(now);
    progress.say("the Kafka broker has died: starting it again");
    try {
      dead.restart();
    } catch (BrokerException e) {
      throw CommandFailure.failed("the Kafka broker cannot be started again: " + e.getMessage());
    }
    progress.say("the Kafka broker runs again");
  }
}
