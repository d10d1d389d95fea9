package io.fleetcompat.testing.fuzz;

/** The law that a parser keeps for every input; it fails with an exception of any kind. */
@FunctionalInterface
public interface Property {

  /** True where the input is taken for what it should be, false where it is refused. */
  boolean accepts(byte[] input) throws Exception;
}
