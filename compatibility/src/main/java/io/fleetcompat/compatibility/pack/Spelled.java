package io.fleetcompat.compatibility.pack;

import java.util.Arrays;
import java.util.Optional;

/** Constants of an enum by the spelling that a pack uses, which the schema has checked. */
final class Spelled {

  private Spelled() {}

  static <E> E one(E[] constants, String spelling) {
    Optional<E> found =
        Arrays.stream(constants).filter(constant -> constant.toString().equals(spelling)).findAny();
    return found.orElseThrow(
        () -> new IllegalArgumentException("not one of " + Arrays.toString(constants)));
  }
}
