package io.fleetcompat.schemas;

import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Placement;

/**
 * The version of a host's document, which orders all documents of that host: whatever was made from
 * an older one is outdated.
 *
 * @param epoch which start of the host's collector made it; grows with every start
 * @param sequence which document of that start it is; grows within the epoch
 */
public record DocumentVersion(long epoch, long sequence) implements Comparable<DocumentVersion> {

  public static DocumentVersion of(HostInventory document) {
    return new DocumentVersion(document.getEpoch(), document.getSequence());
  }

  /** The version of the document that a heartbeat vouches for. */
  public static DocumentVersion of(HostCapacity heartbeat) {
    return new DocumentVersion(heartbeat.getEpoch(), heartbeat.getSequence());
  }

  /** The version of the document that a placement was made from. */
  public static DocumentVersion of(Placement placement) {
    return new DocumentVersion(placement.getEpoch(), placement.getSequence());
  }

  public boolean isNewerThan(DocumentVersion other) {
    return compareTo(other) > 0;
  }

  public boolean isOlderThan(DocumentVersion other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(DocumentVersion other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
  }

  /** {@code EPOCH:SEQUENCE}, as the API spells it. */
  @Override
  public String toString() {
    return epoch + ":" + sequence;
  }
}
