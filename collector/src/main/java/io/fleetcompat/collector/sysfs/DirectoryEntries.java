package io.fleetcompat.collector.sysfs;

import java.util.List;

/**
 * The names in a directory, in the kernel's order, without {@code .} and {@code ..}.
 *
 * @param errno 0, or why there are none, or not all
 * @param more whether there were more than asked for
 */
record DirectoryEntries(int errno, List<Entry> entries, boolean more) {

  /** An entry; {@code type} is the kernel's DT_ number, 0 where it does not say. */
  record Entry(String name, int type) {
    static final int UNKNOWN = 0;
    static final int DIRECTORY = 4;
    static final int LINK = 10;
  }
}
