package io.fleetcompat.testing.fuzz;

import java.lang.reflect.Constructor;
import java.util.Optional;

/**
 * The entry for Jazzer, which finds these methods by their names: one target, by the names that
 * {@link GuidedRun} gives to the process. One thread.
 */
public final class GuidedTarget {

  static final String CLASS = "fuzz.class";
  static final String TARGET = "fuzz.target";

  private static Optional<Property> property = Optional.empty();

  private GuidedTarget() {}

  /** Finds the target, once, before the first input. */
  public static void fuzzerInitialize() throws Exception {
    Constructor<? extends FuzzedParsers> parsers =
        Class.forName(System.getProperty(CLASS))
            .asSubclass(FuzzedParsers.class)
            .getDeclaredConstructor();
    parsers.setAccessible(true); // test classes are not public
    property =
        parsers.newInstance().targets().stream()
            .filter(target -> target.name().equals(System.getProperty(TARGET)))
            .findFirst()
            .map(FuzzTarget::property);
  }

  /** Tries one input: whatever this throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    property.orElseThrow().accepts(input);
  }
}
