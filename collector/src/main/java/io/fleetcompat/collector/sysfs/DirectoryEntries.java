package io.fleetcompat.collector.sysfs;

import java.util.List;

/**
 * The names in a directory, in the kernel's order, without {@code .} and {@code ..}.
 *
 * @param errno 0, or why there are none, or not all
 * @param more whether there were more than asked for
 */
public record DirectoryEntries(int errno, List<Entry> entries, boolean more) {

  /** An entry; {@code type} is the kernel's DT_ number, 0 where it does not say. */
  public record Entry(String name, int type) {
    static final int UNKNOWN = 0;
    static final int DIRECTORY = 4;
    static final int FILE = 8;
    static final int LINK = 10;

    /** True where the kernel says that it is a directory. */
    public boolean isDirectory() {
      return type == DIRECTORY;
    }

    boolean isUtf8() {
      return isUtf8(name);
    }

    /** True where every byte of a name could be read: the decoder puts U+FFFD for others. */
    static boolean isUtf8(String name) {
      return name.indexOf('\uFFFD') < 0;
    }
  }
}
