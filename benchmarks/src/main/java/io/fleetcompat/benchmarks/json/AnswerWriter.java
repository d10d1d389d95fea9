package io.fleetcompat.benchmarks.json;

import io.fleetcompat.benchmarks.json.SampleAnswers.Check;
import io.fleetcompat.benchmarks.json.SampleAnswers.Destination;
import java.util.List;

/** A way to write answers as JSON: our own, or a library's. One thread. */
interface AnswerWriter {

  /** Writes the answer to a check; returns its length in bytes. */
  int check(Check check);

  /** Writes a page of destinations; likewise. */
  int page(Check from, List<Destination> page);

  /** The bytes that were written last, and more after them. */
  byte[] last();
}
