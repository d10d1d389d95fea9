package io.fleetcompat.query.http;

import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Weak entity tags: two answers have the same where they say the same, but for how new the index is
 * that they are made from (RFC 9110, section 8.8.1). Two checksums and the length of the content,
 * so another content has another tag but for one in about 2<sup>64</sup>.
 */
final class EntityTag {

  static final String HEADER = "ETag";

  private EntityTag() {}

  static String of(byte[] body) {
    return of(body, body.length, body.length, body.length);
  }

  /**
   * The tag of content without a part of it.
   *
   * @param length how many of the bytes are content
   */
  static String of(byte[] body, int skipFrom, int skipTo, int length) {
    long low = sum(new CRC32C(), body, skipFrom, skipTo, length);
    long high = sum(new CRC32(), body, skipFrom, skipTo, length);
    int content = length - (skipTo - skipFrom);
    return "W/\"%08x%08x-%x\"".formatted(high, low, content);
  }

  private static long sum(Checksum sum, byte[] body, int skipFrom, int skipTo, int length) {
    sum.update(body, 0, skipFrom);
    sum.update(body, skipTo, length - skipTo);
    return sum.getValue();
  }

  /** True where a caller has what bears this tag: weak comparison (RFC 9110, section 13.1.2). */
  static boolean isAmong(List<String> ifNoneMatch, String tag) {
    String opaque = tag.substring(tag.indexOf('"'));
    for (String value : ifNoneMatch) {
      if (value.strip().equals("*")) {
        return true;
      }
      for (String each : value.split(",", -1)) {
        String one = each.strip();
        if (one.equals(tag) || one.equals(opaque)) {
          return true;
        }
      }
    }
    return false;
  }
}
