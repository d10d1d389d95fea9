package io.fleetcompat.keys;

import io.fleetcompat.schemas.BadRecordException;
import org.apache.kafka.common.header.Headers;

/**
 * The key by which a replica of the API knows the heartbeats of all hosts. No key of a document can
 * be got from it. Immutable; any number of threads.
 */
public final class HeartbeatKey {

  private final Secret secret;

  HeartbeatKey(Secret secret) {
    this.secret = secret;
  }

  Secret secret() {
    return secret;
  }

  /**
   * Checks that a host has marked a heartbeat; gives its stamp.
   *
   * @param accepted the generations of the host's key that count
   * @throws BadRecordException if it has not
   */
  public RecordStamp check(String host, HostRecord heartbeat, Headers headers, Generations accepted)
      throws BadRecordException {
    return Marks.check(secret, host, heartbeat, headers, accepted::accept);
  }

  Secret of(String host, int generation) {
    return secret.derive(host, generation);
  }
}
