package io.fleetcompat.collector;

import io.fleetcompat.collector.sysfs.SysfsRoot;
import java.nio.file.Files;
import java.nio.file.Path;

/** A reason why a host, as it is now, is not announced: it sends no sign of life meanwhile. */
public sealed interface Failure {

  /** The text that says what was expected and what was found. */
  String why();

  /** The root is gone, or is none of sysfs; that says nothing of the devices. */
  record NoRoot(String why) implements Failure {

    static NoRoot at(Path root) {
      String none = "expected a sysfs root at " + root + ", found none";
      return new NoRoot(Files.isDirectory(root) ? SysfsRoot.refusal(root).orElse(none) : none);
    }
  }

  /**
   * The look ended in a mistake of ours, or an error.
   *
   * @param thrown what it ended in
   */
  record BrokenLook(String thrown) implements Failure {

    @Override
    public String why() {
      return "a look at it failed: " + thrown;
    }
  }

  /**
   * The heap is too small for a look, and for ever smaller ones.
   *
   * @param heap its size in bytes
   * @param thrown what the last look ended in
   */
  record HeapTooSmall(long heap, String thrown) implements Failure {

    @Override
    public String why() {
      return ("expected a heap that a look at it fits, found one of %d MiB (-Xmx, which"
              + " FLEETCOMPAT_JAVA_OPTS sets): %s")
          .formatted(heap >> 20, thrown);
    }
  }

  /** The host marks with a key that may not count any more. */
  record OldKey(String why) implements Failure {}

  /** Kafka, or every reader of the document, would refuse it. */
  record RefusedDocument(String why) implements Failure {}
}
