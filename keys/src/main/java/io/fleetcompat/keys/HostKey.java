package io.fleetcompat.keys;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The key of a host: with it, the host's collector marks what it sends. It consists of two secrets,
 * so that who may check heartbeats alone can forge no document. Immutable; any number of threads.
 */
public final class HostKey {

  private final String host;
  private final int generation;
  private final Secret documents;
  private final Secret heartbeats;

  HostKey(String host, int generation, Secret documents, Secret heartbeats) {
    this.host = host;
    this.generation = generation;
    this.documents = documents;
    this.heartbeats = heartbeats;
  }

  public String host() {
    return host;
  }

  /** From 1; it grows when the host gets another key. */
  public int generation() {
    return generation;
  }

  Secret documents() {
    return documents;
  }

  Secret heartbeats() {
    return heartbeats;
  }

  /** The header of a document, of a driver's answer, or of the removal of a document. */
  public Header markDocument(HostRecord record, long epoch, long number) {
    return mark(record, documents, epoch, number);
  }

  /** The header of a heartbeat, or of the removal of heartbeats. */
  public Header markHeartbeat(HostRecord record, long epoch, long number) {
    return mark(record, heartbeats, epoch, number);
  }

  private Header mark(HostRecord record, Secret secret, long epoch, long number) {
    RecordStamp stamp = new RecordStamp(generation, epoch, number);
    return new RecordHeader(
        RecordMark.HEADER, new RecordMark(stamp, secret.mark(record, stamp)).bytes());
  }

  @Override
  public String toString() {
    return "key " + generation + " of " + host;
  }
}
