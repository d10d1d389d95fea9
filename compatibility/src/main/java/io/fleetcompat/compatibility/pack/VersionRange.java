package io.fleetcompat.compatibility.pack;

/**
 * A range of versions: {@code 2.0.2-2.0.4}, {@code 2.1.0-} or one version. Both ends belong to it;
 * an open end stays within the major of its beginning.
 *
 * @param last equal to {@code first} with {@code open} where the end is open
 */
record VersionRange(String spelling, DottedVersion first, DottedVersion last, boolean open) {

  static VersionRange parse(String text) throws UnfitException {
    int dash = text.indexOf('-');
    if (dash < 0) {
      DottedVersion version = DottedVersion.parse(text);
      return new VersionRange(text, version, version, false);
    }
    DottedVersion first = DottedVersion.parse(text.substring(0, dash));
    boolean open = dash == text.length() - 1;
    DottedVersion last = open ? first : DottedVersion.parse(text.substring(dash + 1));
    if (last.compareTo(first) < 0) {
      throw new UnfitException("a range whose end is not below its beginning", text);
    }
    return new VersionRange(text, first, last, open);
  }

  boolean contains(DottedVersion version) {
    if (version.compareTo(first) < 0) {
      return false;
    }
    return open ? version.at(0).equals(first.at(0)) : version.compareTo(last) <= 0;
  }
}
