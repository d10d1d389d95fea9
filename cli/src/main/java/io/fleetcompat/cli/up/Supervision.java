package io.fleetcompat.cli.up;

import io.fleetcompat.broker.BrokerProcess;
import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.data.DiskRoom;
import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * The care for parts that may die alone. The broker and the indexer are started again, for ever,
 * and in this order: without a broker no indexer can start. Any other part that has failed ends the
 * session, so that nothing goes on half dead. A data directory that somebody deleted is made again.
 * One thread.
 */
final class Supervision {

  /** The time between two looks. */
  static final Duration EVERY = Duration.ofSeconds(1);

  /** The time for which somebody may take to delete a directory before it is made again. */
  private static final Duration DELETED_WITHIN = Duration.ofSeconds(10);

  private final Progress progress;
  private final DataDirectory data;
  private final DiskRoom room;
  private final List<Part> parts = new ArrayList<>();
  private final List<RestartedPart> restarted = new ArrayList<>();
  private Runnable deleted = () -> {};

  /** The time when the data directory was first found deleted; empty while it is there. */
  private OptionalLong deletedAt = OptionalLong.empty();

  /**
   * A part that is looked at.
   *
   * @param failed whether it will never do its work again
   */
  private record Part(String name, BooleanSupplier failed) {}

  Supervision(Progress progress, DataDirectory data) {
    this.progress = progress;
    this.data = data;
    this.room = new DiskRoom(data.path(), DiskRoom.WANTED_BYTES);
  }

  /** The room on the disk of the data directory. */
  DiskRoom room() {
    return room;
  }

  /** Looks after a broker from now on; one whose files are gone is started again, too. */
  BrokerProcess of(BrokerProcess started) {
    restart("Kafka broker", () -> !started.isAlive() || !started.hasItsFiles(), started::restart);
    return started;
  }

  /** Looks after an indexer from now on. */
  RestartedIndexer of(RestartedIndexer started) {
    restart("indexer", started::hasFailed, started::restart);
    return started;
  }

  private void restart(String name, BooleanSupplier dead, RestartedPart.Start start) {
    restarted.add(new RestartedPart(name, dead, start, room::lack, progress, System::nanoTime));
  }

  /** Runs that after the data directory was deleted and made again. */
  void afterDeletion(Runnable task) {
    deleted = task;
  }

  /** Looks after a part from now on; its log says why it failed. */
  void of(String name, BooleanSupplier failed) {
    parts.add(new Part(name, failed));
  }

  /**
   * Starts again what is dead.
   *
   * @throws CommandFailure where a part is beyond help
   */
  void look() throws InterruptedException {
    for (Part part : parts) {
      if (part.failed().getAsBoolean()) {
        throw CommandFailure.failed(
            "the " + part.name() + " has failed; " + data.log() + " says why");
      }
    }
    boolean runs = holdsDirectory();
    for (RestartedPart part : restarted) {
      runs = runs && part.look();
    }
  }

  /** True where the directory is held: until then nothing is started that writes there. */
  private boolean holdsDirectory() {
    if (data.isHeld()) {
      deletedAt = OptionalLong.empty();
      return true;
    }
    long now = System.nanoTime();
    if (deletedAt.isEmpty()) {
      deletedAt = OptionalLong.of(now);
      progress.say("somebody has deleted the data directory " + data.path() + ", or begun to");
    }
    boolean deleting = data.exists() && now - deletedAt.getAsLong() < DELETED_WITHIN.toNanos();
    return !deleting && holdAgain();
  }

  private boolean holdAgain() {
    try {
      data.holdAgain();
      progress.say("the data directory is made again, from nothing");
      deleted.run();
      return true;
    } catch (IOException e) {
      LoggerFactory.getLogger(Supervision.class).debug("no data directory yet", e);
      return false;
    }
  }
}
