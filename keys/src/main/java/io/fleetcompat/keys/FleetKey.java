package io.fleetcompat.keys;

import io.fleetcompat.schemas.BadRecordException;
import java.security.SecureRandom;
import org.apache.kafka.common.header.Headers;

/**
 * The key of a fleet, which administrators and indexers have: the keys of all hosts are derived
 * from it, so nobody keeps a list of secrets. Immutable; any number of threads.
 */
public final class FleetKey {

  private static final String DOCUMENTS = "fleetcompat documents 1";
  private static final String HEARTBEATS = "fleetcompat heartbeats 1";

  private final Secret secret;
  private final Secret documents;
  private final HeartbeatKey heartbeats;

  FleetKey(Secret secret) {
    this.secret = secret;
    this.documents = secret.derive(DOCUMENTS);
    this.heartbeats = new HeartbeatKey(secret.derive(HEARTBEATS));
  }

  /** A key that nobody has. */
  public static FleetKey random(SecureRandom random) {
    return new FleetKey(Secret.random(random));
  }

  Secret secret() {
    return secret;
  }

  /** The part of it by which replicas of the API know heartbeats. */
  public HeartbeatKey heartbeats() {
    return heartbeats;
  }

  /** The key of a host. */
  public HostKey host(String host, int generation) {
    return new HostKey(
        host, generation, documents.derive(host, generation), heartbeats.of(host, generation));
  }

  /**
   * Checks that a host has marked a document, a driver's answer or the removal of a document; gives
   * its stamp.
   *
   * @param accepted the generations of the host's key that count
   * @throws BadRecordException if it has not
   */
  public RecordStamp checkDocument(
      String host, HostRecord record, Headers headers, Generations accepted)
      throws BadRecordException {
    return Marks.check(documents, host, record, headers, accepted::accept);
  }

  /** Likewise, of a heartbeat or the removal of heartbeats. */
  public RecordStamp checkHeartbeat(
      String host, HostRecord record, Headers headers, Generations accepted)
      throws BadRecordException {
    return heartbeats.check(host, record, headers, accepted);
  }
}
