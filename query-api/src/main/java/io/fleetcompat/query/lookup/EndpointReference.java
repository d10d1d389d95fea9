package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.EndpointSpellings;
import java.util.Optional;

/**
 * The host, or the endpoint of a host, that a question names.
 *
 * @param host decoded
 * @param endpoint in its normal spelling; empty where the host alone is named
 * @param spelled the whole in its normal spelling
 */
public record EndpointReference(String host, Optional<String> endpoint, String spelled) {

  /** Longest reference accepted, in characters: three parts, each character encoded. */
  public static final int MAX_LENGTH = 9 * 3 * EndpointName.MAX_PART;

  /**
   * Parses {@code HOST}, {@code HOST/DEVICE} or {@code HOST/PARENT/TYPE}; after the host, a path in
   * sysfs will do.
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
    boolean plain = isPlain(text);
    String spelledHost = slash < 0 ? text : text.substring(0, slash);
    String host = plain ? spelledHost : EndpointName.decode(spelledHost);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("expected a host before the first '/', found none");
    }
    String hostAgain = plain ? spelledHost : EndpointName.encode(host);
    if (slash < 0) {
      return new EndpointReference(host, Optional.empty(), hostAgain);
    }
    String name = text.substring(slash + 1);
    if (plain && hasUsualParts(name)) {
      return new EndpointReference(host, Optional.of(name), text);
    }
    String normal = EndpointSpellings.parse(name).toString();
    return new EndpointReference(host, Optional.of(normal), hostAgain + "/" + normal);
  }

  /** True where nothing in it is encoded or would have to be: it needs no second spelling. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '%' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** True where it is certainly one name or two, of a length that names may have. */
  private static boolean hasUsualParts(String name) {
    int slash = name.indexOf('/');
    return name.length() <= EndpointName.MAX_PART
        && !name.isEmpty()
        && (slash < 0
            || (slash > 0 && slash < name.length() - 1 && name.indexOf('/', slash + 1) < 0));
  }

  @Override
  public String toString() {
    return spelled;
  }
}
