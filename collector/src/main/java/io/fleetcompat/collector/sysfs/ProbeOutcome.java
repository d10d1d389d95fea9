package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;

/** The end of an attempt to hand a version string to a driver. */
public sealed interface ProbeOutcome {

  /** The driver took the whole string. */
  record Accepted() implements ProbeOutcome {}

  /** The driver refused the string: the kernel's number for it, from {@code write(2)}. */
  record Refused(int errno) implements ProbeOutcome {}

  /**
   * Nothing was learned: it may be asked again, later and elsewhere.
   *
   * @param errno the kernel's number; 0 where it was not the kernel that refused
   * @param why what was expected and what was found
   */
  record Inconclusive(int errno, String why) implements ProbeOutcome {

    static Inconclusive of(String call, int errno) {
      return new Inconclusive(errno, call + " failed with " + Errno.name(errno));
    }
  }
}
