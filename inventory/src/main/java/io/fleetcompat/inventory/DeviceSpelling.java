package io.fleetcompat.inventory;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device as people and tools spell it, in the one form that sysfs has. A PCI address: nvidia-smi
 * prints eight digits of the domain, others leave it out, and the case differs. The UUID of an
 * mdev. A node device of libvirt: {@code pci_0000_d8_00_6}, {@code css_0_0_0052}, {@code mdev_} and
 * a UUID with underscores, which the parent may follow. Pure.
 *
 * @param name as the kernel spells it; where the text has none of these forms, in lower case
 * @param anyDomain the address without its domain, where that was left out: it is 0, as for lspci,
 *     but who left it out on a host with several may have meant another
 */
public record DeviceSpelling(String name, Optional<String> anyDomain) {

  private static final String HEX = "[0-9a-fA-F]";

  /** An address; the number of its function is more than any has where it is mistyped. */
  private static final Pattern ADDRESS = pattern("(?:(X{1,8}):)?(X{1,2}):(X{1,2})\\.(X)");

  private static final Pattern UUID = pattern("X{8}-X{4}-X{4}-X{4}-X{12}");

  private static final Pattern LIBVIRT_PCI = pattern("pci_(X{1,8})_(X{1,2})_(X{1,2})_(X)");
  private static final Pattern LIBVIRT_CSS = pattern("css_(X{1,2})_(X)_(X{4})");
  private static final Pattern LIBVIRT_MDEV =
      pattern("mdev_(X{8}_X{4}_X{4}_X{4}_X{12})(?:_[0-9A-Za-z_]+)?");
  private static final String LIBVIRT_AP_MATRIX = "ap_matrix";

  private static Pattern pattern(String form) {
    return Pattern.compile(form.replace("X", HEX));
  }

  /** The device that a text spells. */
  public static DeviceSpelling of(String text) {
    String stripped = text.strip();
    Matcher address = ADDRESS.matcher(stripped);
    if (address.matches()) {
      return address(address);
    }
    Matcher pci = LIBVIRT_PCI.matcher(stripped);
    if (pci.matches()) {
      return address(pci);
    }
    Matcher css = LIBVIRT_CSS.matcher(stripped);
    if (css.matches()) {
      return named("%s.%s.%s".formatted(css.group(1), css.group(2), css.group(3)));
    }
    Matcher mdev = LIBVIRT_MDEV.matcher(stripped);
    if (mdev.matches()) {
      return named(mdev.group(1).replace('_', '-'));
    }
    return named(stripped.equals(LIBVIRT_AP_MATRIX) ? "matrix" : stripped);
  }

  /**
   * The name of a device in normal form, where the text is an address or a UUID in any spelling
   * that is no node device's; empty otherwise.
   */
  public static Optional<String> normal(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (address.matches() && Character.digit(address.group(4).charAt(0), 16) < 8) {
      return Optional.of(address(address).name);
    }
    return isUuid(text) ? Optional.of(named(text).name) : Optional.empty();
  }

  /** True for the UUID of an mdev, in either case. */
  static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  private static DeviceSpelling named(String name) {
    return new DeviceSpelling(name.toLowerCase(Locale.ROOT), Optional.empty());
  }

  private static DeviceSpelling address(Matcher parts) {
    String domain = parts.group(1);
    String rest =
        ":%02x:%02x.%s"
            .formatted(
                Integer.parseInt(parts.group(2), 16),
                Integer.parseInt(parts.group(3), 16),
                parts.group(4).toLowerCase(Locale.ROOT));
    String name = "%04x%s".formatted(domain == null ? 0 : Long.parseLong(domain, 16), rest);
    return new DeviceSpelling(name, domain == null ? Optional.of(rest) : Optional.empty());
  }
}
