package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;

/** A vendor or device id as PCI and virtio spell it: {@code 0x8086}. */
final class HardwareId {

  private static final int MAX_DIGITS = 8;

  private HardwareId() {}

  /** The id in normal form. */
  static String parse(String text) throws MalformedException {
    boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
    int from = prefixed ? 2 : 0;
    if (!NormalForm.isHex(text, from) || text.length() - from > MAX_DIGITS) {
      throw new MalformedException("expected an id such as 0x8086, found " + Quoted.of(text));
    }
    return NormalForm.of(text);
  }
}
