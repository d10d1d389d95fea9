package io.fleetcompat.query.http;

import io.fleetcompat.query.room.Room;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Answers made smaller for callers who take gzip. The memory is the request's; where there is none,
 * or all turns are taken (a deflater has about 256 KiB outside the heap), an answer goes as it is.
 * Any thread.
 */
final class Gzip {

  /** Answers up to this size, in bytes, go as they are. */
  static final int LEAST = 1 << 10;

  private static final int BUFFER = 8 << 10;

  private final Semaphore turns = new Semaphore(2 * Runtime.getRuntime().availableProcessors());

  /** True where a caller takes gzip (RFC 9110, section 12.5.3). */
  static boolean isAccepted(List<String> acceptEncoding) {
    boolean any = false;
    for (String value : acceptEncoding) {
      for (String part : value.split(",", -1)) {
        String[] words = part.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
        boolean takes =
            Arrays.stream(words).skip(1).noneMatch(w -> w.matches("q\\s*=\\s*0(\\.0*)?"));
        if (words[0].equals("gzip") || words[0].equals("x-gzip")) {
          return takes;
        }
        any |= words[0].equals("*") && takes;
      }
    }
    return any;
  }

  /** A smaller form of an answer's body; empty where there is none, or no room for it now. */
  Optional<Compressed> compressed(Response.Whole answer) {
    if (!turns.tryAcquire()) {
      return Optional.empty();
    }
    try {
      Compressed out = new Compressed(answer.length() / 4);
      try (Fast gzip = new Fast(out)) {
        gzip.write(answer.body(), 0, answer.length());
      }
      return Optional.of(out).filter(smaller -> smaller.size < answer.length());
    } catch (Problem noRoom) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing but memory is written to", e);
    } finally {
      turns.release();
    }
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Bytes that grow, as far as the request has room. One thread. */
  static final class Compressed extends OutputStream {

    private byte[] bytes;
    private int size;

    Compressed(int room) {
      Room.grow(0, room);
      bytes = new byte[room];
    }

    @Override
    public void write(int b) {
      room(1);
      bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      room(length);
      System.arraycopy(from, offset, bytes, size, length);
      size += length;
    }

    private void room(int more) {
      if (size + more > bytes.length) {
        int larger = Math.max(2 * bytes.length, size + more);
        Room.grow(bytes.length, larger);
        bytes = Arrays.copyOf(bytes, larger);
      }
    }

    /** The array with the bytes in its first {@link #size}. */
    byte[] buffer() {
      return bytes;
    }

    int size() {
      return size;
    }
  }
}
