package io.fleetcompat.inventory;

import java.util.List;
import java.util.Optional;

/**
 * The name of an endpoint within its host: a device ({@code 0000:3b:00.4}, a UUID, {@code virtio0})
 * or a type of a parent ({@code 0000:00:02.0/i915-GVTg_V5_4}).
 *
 * <p>Spelled with its parts percent-encoded where they hold {@code /}, {@code %}, white space or
 * control characters: the NVIDIA type {@code NVIDIA L40S-1B} is {@code NVIDIA%20L40S-1B}.
 *
 * @param parent the parent device of a type; empty for a device
 * @param name the device, or the type; decoded
 */
public record EndpointName(Optional<String> parent, String name)
    implements Comparable<EndpointName> {

  /** Longest part accepted, in characters: sysfs names are at most 255 bytes (NAME_MAX). */
  public static final int MAX_PART = 255;

  public EndpointName {
    parent.ifPresent(EndpointName::requirePart);
    requirePart(name);
  }

  public static EndpointName device(String name) {
    return new EndpointName(Optional.empty(), name);
  }

  public static EndpointName type(String parent, String type) {
    return new EndpointName(Optional.of(parent), type);
  }

  /**
   * Parses {@code DEVICE} or {@code PARENT/TYPE}.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static EndpointName parse(String text) {
    List<String> parts = List.of(text.split("/", -1));
    return switch (parts.size()) {
      case 1 -> device(decode(parts.get(0)));
      case 2 -> type(decode(parts.get(0)), decode(parts.get(1)));
      default ->
          throw new IllegalArgumentException(
              "expected an endpoint DEVICE or PARENT/TYPE, found " + Quoted.of(text));
    };
  }

  /**
   * True where it certainly is an endpoint as {@link #toString} spells it: most are, and this costs
   * a fraction of parsing them. A no says nothing.
   */
  public static boolean isPlain(String text) {
    int slashes = 0;
    int partLength = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
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
    return partLength > 0 && text.length() <= MAX_PART;
  }

  /** A part as it is spelled in an endpoint. */
  public static String encode(String part) {
    return isUsual(part) ? part : PercentCode.encode(part, EndpointName::isPlain);
  }

  /** True where it is printable ASCII that needs no encoding, as nearly all parts are. */
  private static boolean isUsual(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (!isUsual(part.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUsual(char c) {
    return c > ' ' && c <= '~' && c != '/' && c != '%';
  }

  private static boolean isPlain(int point) {
    return point != '/'
        && point != '%'
        && !Character.isWhitespace(point)
        && !Character.isISOControl(point);
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @throws IllegalArgumentException for a {@code %} that two hexadecimal digits do not follow, or
   *     bytes that are not UTF-8
   */
  public static String decode(String part) {
    return PercentCode.decode(part);
  }

  /** The endpoint as it is spelled: parts encoded, joined by a slash. */
  @Override
  public String toString() {
    return parent.map(p -> encode(p) + "/").orElse("") + encode(name);
  }

  /** The order of their spellings; most are told apart without being spelled. */
  @Override
  public int compareTo(EndpointName other) {
    String first = parent.orElse(name);
    String theirs = other.parent.orElse(other.name);
    if (first.equals(theirs) && parent.isPresent() && other.parent.isPresent()) {
      first = name;
      theirs = other.name;
    }
    int common = Math.min(first.length(), theirs.length());
    for (int i = 0; i < common; i++) {
      char ours = first.charAt(i);
      char its = theirs.charAt(i);
      if (ours != its) {
        return isUsual(ours) && isUsual(its) ? ours - its : toString().compareTo(other.toString());
      }
    }
    return toString().compareTo(other.toString());
  }

  private static void requirePart(String part) {
    if (part.isEmpty() || part.length() > MAX_PART) {
      throw new IllegalArgumentException(
          "expected a name of 1 to " + MAX_PART + " characters, found " + Quoted.of(part));
    }
  }
}
