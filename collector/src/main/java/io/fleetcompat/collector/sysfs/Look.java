package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;

/** The outcome of looking for a directory. */
public sealed interface Look {

  /** It may be looked into. */
  record Into(Node node) implements Look {}

  /** Nothing is there, or something that is no directory. */
  record Nothing() implements Look {}

  /**
   * It is there, or may be, but is not looked into: a link out of the root, an error, a bound.
   *
   * @param why the attribute that stands for all that may be in it
   */
  record Barred(Attribute why) implements Look {}
}
