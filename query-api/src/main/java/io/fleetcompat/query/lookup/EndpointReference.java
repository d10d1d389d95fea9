package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.inventory.EndpointName;
import java.util.Optional;

/**
 * What a question names: a host, or an endpoint of one.
 *
 * @param host decoded
 * @param endpoint in its normal spelling; empty where the host alone is named
 */
public record EndpointReference(String host, Optional<String> endpoint) {

  /** Longest reference accepted, in characters: three parts, each character encoded. */
  public static final int MAX_LENGTH = 9 * 3 * EndpointName.MAX_PART;

  /**
   * Parses {@code HOST}, {@code HOST/DEVICE} or {@code HOST/PARENT/TYPE}.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static EndpointReference parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "expected HOST/DEVICE or HOST/PARENT/TYPE of 1 to "
              + MAX_LENGTH
              + " characters, found "
              + text.length());
    }
    int slash = text.indexOf('/');
    String host = EndpointName.decode(slash < 0 ? text : text.substring(0, slash));
    if (host.isEmpty()) {
      throw new IllegalArgumentException("expected a host before the first '/', found none");
    }
    if (slash < 0) {
      return new EndpointReference(host, Optional.empty());
    }
    return new EndpointReference(host, Optional.of(normal(text.substring(slash + 1))));
  }

  private static String normal(String name) {
    return isNormal(name) ? name : EndpointName.parse(name).toString();
  }

  /** Whether it is certainly spelled as endpoints are: most are, and need no second spelling. */
  private static boolean isNormal(String name) {
    int slashes = 0;
    int partLength = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == '%' || c > '~') {
        return false;
      }
      if (c != '/') {
        partLength++;
      } else if (partLength == 0 || ++slashes > 1) {
        return false;
      } else {
        partLength = 0;
      }
    }
    return partLength > 0 && name.length() <= EndpointName.MAX_PART;
  }

  @Override
  public String toString() {
    return EndpointName.encode(host) + endpoint.map(e -> "/" + e).orElse("");
  }
}
