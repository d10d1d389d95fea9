package io.fleetcompat.collector.sysfs;

import java.util.Arrays;

/** Something that was there when a scan looked. */
public sealed interface Found {

  /** A directory that the scan looked at. */
  record Directory() implements Found {}

  /**
   * A symbolic link.
   *
   * @param target its text, as the kernel gave it
   */
  record Link(String target) implements Found {}

  /** A file that was seen and not read. */
  record Unread() implements Found {}

  /** A file that was read. */
  final class Content implements Found {

    private final byte[] bytes;

    public Content(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    public byte[] bytes() {
      return bytes.clone();
    }

    public int length() {
      return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
