package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;

/**
 * The answer of lstat for a file, as {@link Libc#stat} found it; valid only if {@code errno} is 0.
 *
 * @param mode type and permissions, as the kernel packs them
 * @param size in bytes
 * @param mtime nanoseconds since 1970
 * @param ctime likewise
 */
record Stat(int errno, int mode, long inode, long size, long mtime, long ctime) {

  /** The answer for a file that was not asked for: it is not there. */
  static final Stat NONE = failed(Errno.ENOENT);

  /** The answers for what is known to be a readable file, a link or a device, and no more. */
  static final Stat FILE = new Stat(0, 0x8000 | 0444, 0, 0, 0, 0);

  static final Stat LINK = new Stat(0, 0xa000 | 0777, 0, 0, 0, 0);

  static final Stat DEVICE = new Stat(0, 0x2000 | 0444, 0, 0, 0, 0);

  private static final int S_IFMT = 0xf000;

  static Stat failed(int errno) {
    return new Stat(errno, 0, 0, 0, 0, 0);
  }

  boolean isDirectory() {
    return (mode & S_IFMT) == 0x4000;
  }

  boolean isRegular() {
    return (mode & S_IFMT) == 0x8000;
  }

  boolean isLink() {
    return (mode & S_IFMT) == 0xa000;
  }

  boolean isDeviceOrSocket() {
    int type = mode & S_IFMT;
    return type == 0x2000 || type == 0x6000 || type == 0xc000;
  }

  boolean hasReadBit() {
    return (mode & 0444) != 0;
  }
}
