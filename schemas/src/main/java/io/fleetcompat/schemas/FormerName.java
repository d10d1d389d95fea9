package io.fleetcompat.schemas;

import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Placement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The name that a machine had before the one that it has, as its collector says. A collector may
 * say what it likes: it explains why one host went and another came, and decides nothing.
 *
 * @param name of a host
 * @param renamedAt when its collector first started under the name that it has now, by the host's
 *     clock, in whole milliseconds as it travels
 */
public record FormerName(String name, Instant renamedAt) {

  public FormerName {
    if (!HostName.isValid(name)) {
      throw new IllegalArgumentException("expected " + HostName.RULE + ", found another name");
    }
    renamedAt = renamedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The former name in a decoded document; empty where it says nothing of the kind. */
  public static Optional<FormerName> of(HostInventory document) {
    return read(Optional.ofNullable(document.getFormerHost()));
  }

  /** The former name in a decoded placement. */
  public static Optional<FormerName> of(Placement placement) {
    return read(Optional.ofNullable(placement.getFormerHost()));
  }

  private static Optional<FormerName> read(Optional<FormerHost> former) {
    return former.map(host -> new FormerName(host.getName(), host.getRenamedAt()));
  }

  FormerHost record() {
    return new FormerHost(name, renamedAt);
  }

  /** The rule for the field in records of a host, beyond their schema. */
  static void require(String host, FormerHost former) throws BadRecordException {
    HostName.require(former.getName());
    if (former.getName().equals(host)) {
      throw RecordBounds.invalid("a former name that is another than the host's", "the same");
    }
    if (former.getRenamedAt().toEpochMilli() < 0) {
      throw RecordBounds.invalid(
          "a time since 1970 of 0 or more", String.valueOf(former.getRenamedAt().toEpochMilli()));
    }
  }
}
