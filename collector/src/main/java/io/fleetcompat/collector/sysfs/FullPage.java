package io.fleetcompat.collector.sysfs;

import java.nio.charset.StandardCharsets;

/**
 * The size from which on a value may be a part of one: an attribute is written into one page
 * (kernel, fs/sysfs/file.c: {@code sysfs_emit}), and what does not fit is cut without a sign.
 */
public final class FullPage {

  /** A page without the NUL that ends it. */
  public static final int BYTES = Bounds.ATTRIBUTE_BYTES - 1;

  /** The words about a value that may have been cut; the same on every host. */
  public static final String DETAIL =
      "expected a list of less than " + BYTES + " bytes, found a full page, which may be cut";

  private FullPage() {}

  /**
   * True where a value fills its page to the last byte. A value of several pages is none of an
   * attribute's, and was not cut at one.
   */
  public static boolean isFilledBy(String value) {
    int bytes = value.length() > BYTES + 1 ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
    return bytes == BYTES || bytes == BYTES + 1;
  }
}
