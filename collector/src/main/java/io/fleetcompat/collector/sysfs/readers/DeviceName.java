package io.fleetcompat.collector.sysfs.readers;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of devices as people and tools spell them, in the one form that sysfs has: a PCI
 * address (nvidia-smi prints eight digits of the domain, others leave it out, and the case
 * differs), or the UUID of an mdev. Pure.
 */
final class DeviceName {

  private static final String HEX = "[0-9a-fA-F]";

  private static final Pattern ADDRESS =
      Pattern.compile("(?:(X{1,8}):)?(X{1,2}):(X{1,2})\\.([0-7])".replace("X", HEX));

  private static final Pattern UUID =
      Pattern.compile("X{8}-X{4}-X{4}-X{4}-X{12}".replace("X", HEX));

  private DeviceName() {}

  /** The name in normal form; empty where it is neither an address nor a UUID. */
  static Optional<String> normal(String name) {
    Matcher address = ADDRESS.matcher(name);
    if (address.matches()) {
      String domain = address.group(1) == null ? "0" : address.group(1);
      return Optional.of(
          "%04x:%02x:%02x.%s"
              .formatted(
                  Long.parseLong(domain, 16),
                  Integer.parseInt(address.group(2), 16),
                  Integer.parseInt(address.group(3), 16),
                  address.group(4)));
    }
    return UUID.matcher(name).matches()
        ? Optional.of(name.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
