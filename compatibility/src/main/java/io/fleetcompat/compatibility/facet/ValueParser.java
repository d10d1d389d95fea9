package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Attribute;

/** Reads the text of one attribute. */
@FunctionalInterface
interface ValueParser<T> {

  T parse(String text) throws MalformedException;

  /** What an attribute that should be a file says. */
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
