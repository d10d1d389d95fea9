package io.fleetcompat.indexer.place;

import io.fleetcompat.schemas.DocumentVersion;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts under whose name two documents with one version were sent, or for whose placed version
 * a heartbeat names another document: somebody else writes under that name, and nobody can know
 * which document is the host's. Such a host is not live until it sends a newer document. One stream
 * thread; the count is read by any.
 */
final class ConflictingDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(ConflictingDocuments.class);

  private final Map<String, DocumentVersion> versions = new HashMap<>();
  private volatile int count;

  /** Takes note of a conflict; true where it is the host's first since its last document. */
  boolean found(String host, DocumentVersion version) {
    if (versions.putIfAbsent(host, version) != null) {
      return false;
    }
    count = versions.size();
    LOG.warn(
        "two documents of host {} have the version {}: somebody else writes under its name; all"
            + " that is asked of it is UNKNOWN until it sends a newer document",
        host,
        version);
    return true;
  }

  /** A conflict that was found before the start. */
  void known(String host, DocumentVersion version) {
    versions.put(host, version);
    count = versions.size();
  }

  boolean contains(String host) {
    return versions.containsKey(host);
  }

  /** The host is gone, or has a newer document. */
  void end(String host) {
    versions.remove(host);
    count = versions.size();
  }

  /** The number of such hosts; asked by any thread. */
  int count() {
    return count;
  }
}
