package io.fleetcompat.cli.faults.visitors;

import java.util.List;

/** Somebody who does something to a stage, or watches it, until he is sent away. */
public interface Visitor extends AutoCloseable {

  /** Ends; returns when nothing of it goes on. */
  @Override
  void close();

  /** The things that must not be, as far as it has met them; complete once it is closed. */
  List<String> findings();

  /** A few words for the table of results: what it did, or measured. */
  String seen();
}
