package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Attribute;

/** Reads the text of one attribute. */
@FunctionalInterface
interface ValueParser<T> {

  T parse(String text) throws MalformedException;

  /** The value of an attribute that should be a file, or the reason why there is none. */
  default Parsed<T> read(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text(String text) -> read(text);
      case Attribute.Malformed(String problem) -> new Parsed.Malformed<>(problem);
      case Attribute.Unreadable(String errno) -> new Parsed.Unreadable<>(errno);
      case Attribute.Directory() -> new Parsed.Malformed<>("expected a file, found a directory");
      case Attribute.Absent() -> new Parsed.Absent<>();
    };
  }

  private Parsed<T> read(String text) {
    try {
      return new Parsed.Value<>(parse(text));
    } catch (MalformedException e) {
      return new Parsed.Malformed<>(e.problem());
    }
  }
}
