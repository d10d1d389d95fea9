package io.fleetcompat.query.history;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import java.util.Optional;

/** The renaming that a change tells of. Pure. */
final class Renaming {

  /** The value of a change that has both names. */
  private static final String HOST = "host";

  private Renaming() {}

  /**
   * The name that the host of a change had before, where the change is its renaming: whoever asks
   * for that name wants to know of it.
   */
  static Optional<String> formerName(ChangeKey subject, ChangeRecord change) {
    if (subject.kind() != ChangeKey.Kind.HOST
        || !change.getCauses().contains(ChangeCause.HOST_RENAMED)) {
      return Optional.empty();
    }
    return change.getValues().stream()
        .filter(value -> value.getName().equals(HOST))
        .findFirst()
        .map(ChangedValue::getFrom)
        .filter(HostName::isValid)
        .filter(name -> !name.equals(subject.name()));
  }
}
