package io.fleetcompat.query.watch;

import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeRecord;

/** The subject of an event: all that filters look at. */
sealed interface EventSubject {

  /** The name of its events in the stream. */
  String eventName();

  /**
   * A change of the index.
   *
   * @param record without the value that its subject had before
   */
  record Change(ChangeKey subject, ChangeRecord record) implements EventSubject {
    @Override
    public String eventName() {
      return "change";
    }
  }

  /** An alert. */
  record Alert(AlertKey key) implements EventSubject {
    @Override
    public String eventName() {
      return "alert";
    }
  }
}
