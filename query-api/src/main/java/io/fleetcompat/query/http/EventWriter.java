package io.fleetcompat.query.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The form of server-sent events (WHATWG HTML, section 9.2). They are put together, so that many
 * take one write. One thread.
 */
final class EventWriter {

  /** Bytes after which what was put together should go. */
  static final int FULL = 16 << 10;

  /** Bytes that are kept from one write to the next: many watchers wait for a long time. */
  private static final int KEPT = 2 << 10;

  private static final byte[] ID = ascii("id: ");
  private static final byte[] DATA = ascii("\ndata: ");
  private static final byte[] END = ascii("\n\n");

  private final OutputStream out;
  private byte[] bytes = new byte[KEPT];
  private int size;
  private long events;

  EventWriter(OutputStream out) {
    this.out = out;
  }

  /** An event after which a watcher may go on from its id. */
  void add(String name, byte[] id, byte[] json) {
    put(ID);
    put(id);
    put(ascii("\nevent: " + name));
    data(json);
  }

  /** An event that leaves the last id as it is. */
  void add(String name, byte[] json) {
    put(ascii("event: " + name));
    data(json);
  }

  private void data(byte[] json) {
    put(DATA);
    put(json); // it has no line feed
    put(END);
    events++;
  }

  private void put(byte[] more) {
    if (size + more.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more.length));
    }
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size >= FULL;
  }

  /** The events since the last call of this. */
  long takeCount() {
    long count = events;
    events = 0;
    return count;
  }

  /** Sends what was put together; it waits for the socket. */
  void send() throws IOException {
    out.write(bytes, 0, size);
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[KEPT];
    }
    out.flush();
  }
}
