package io.fleetcompat.collector.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A small file that survives a crash whole: it is written beside itself, synced, and renamed over
 * what was there. Reading and writing are bounded.
 *
 * @param maxBytes most that it may have
 */
public record StateFile(Path path, Charset charset, int maxBytes) {

  /** True where there is such a file. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * The text of the file.
   *
   * @throws BadStateException if it is too large, or no text of its character set
   * @throws IOException if it cannot be read
   */
  public String read() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(maxBytes + 1);
    }
    requireSize(bytes.length);
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadStateException("expected " + charset + " in " + path + ", found other bytes", e);
    }
  }

  /**
   * Puts a text in place of what there was.
   *
   * @throws IOException if it cannot be kept, or is too large: then what was there still is
   */
  public void write(String text) throws IOException {
    byte[] bytes = text.getBytes(charset);
    requireSize(bytes.length);
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    writeAndSync(fresh, bytes);
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void writeAndSync(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private void requireSize(int bytes) throws IOException {
    if (bytes > maxBytes) {
      throw new BadStateException(
          "expected at most " + maxBytes + " bytes in " + path + ", found more");
    }
  }
}
