package io.fleetcompat.cli.faults;

/** A thing that is done to a stage, as a step says it. */
@FunctionalInterface
interface Deed {

  /** Does it; returns when it is done. */
  void on(Stage stage, Step step) throws Exception;
}
