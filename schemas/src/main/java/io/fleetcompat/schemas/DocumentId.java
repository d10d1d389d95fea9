package io.fleetcompat.schemas;

import io.fleetcompat.schemas.avro.DigestBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Placement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One document of a host, told from any other: what a heartbeat vouches for, and what a placement
 * was made from (ADR 0032).
 *
 * @param version which orders the documents of the host
 * @param digest of its bytes; empty where whoever names it is of a version that tells none
 */
public record DocumentId(DocumentVersion version, Optional<DocumentDigest> digest) {

  /** The document that a heartbeat vouches for. */
  public static DocumentId of(HostCapacity heartbeat) {
    return new DocumentId(DocumentVersion.of(heartbeat), digest(heartbeat.getDigest()));
  }

  /** The document that a placement was made from. */
  public static DocumentId of(Placement placement) {
    return new DocumentId(DocumentVersion.of(placement), digest(placement.getDigest()));
  }

  /** A document that is told by its version alone. */
  public static DocumentId byVersion(DocumentVersion version) {
    return new DocumentId(version, Optional.empty());
  }

  private static Optional<DocumentDigest> digest(@Nullable DigestBytes bytes) {
    return Optional.ofNullable(bytes).map(DocumentDigest::of);
  }

  /** True where nothing tells the two apart. */
  public boolean matches(DocumentId other) {
    return version.equals(other.version) && !differ(other);
  }

  /** True where two documents have one version: no reader can know which of them is the host's. */
  public boolean conflictsWith(DocumentId other) {
    return version.equals(other.version) && differ(other);
  }

  private boolean differ(DocumentId other) {
    return digest.isPresent() && other.digest.isPresent() && !digest.equals(other.digest);
  }

  /** {@code EPOCH:SEQUENCE}, with the digest where it is known. */
  @Override
  public String toString() {
    return digest.map(known -> version + " (" + known + ")").orElseGet(version::toString);
  }
}
