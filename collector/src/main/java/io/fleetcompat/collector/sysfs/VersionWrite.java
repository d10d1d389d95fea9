package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The writing of one version string to one attribute, on a thread that may hang. The attribute is
 * looked up anew, must still give the string that was read of it, and gets the whole string in one
 * {@code write(2)}: two writes of half a string are two questions, and one of no bytes is none.
 */
final class VersionWrite {

  /** Longest string that a driver gets whole: a page without its final NUL. */
  static final int MAX_BYTES = 4095;

  /** linux/magic.h. */
  private static final long SYSFS_MAGIC = 0x62656572;

  /** linux/magic.h: a sysfs that another program serves, as lxcfs does for containers. */
  private static final long FUSE_SUPER_MAGIC = 0x65735546;

  /** Errnos of a write that say nothing about the string. */
  private static final Set<Integer> INCONCLUSIVE =
      Set.of(Errno.EBUSY, Errno.EAGAIN, Errno.EINTR, Errno.ETIMEDOUT);

  private final LinkResolver links;
  private final VersionAttribute attribute;
  private final byte[] bytes;

  /** Asked just before the write: false where nobody waits for it any more. */
  private final BooleanSupplier mayWrite;

  VersionWrite(
      LinkResolver links, VersionAttribute attribute, String text, BooleanSupplier mayWrite) {
    this.links = links;
    this.attribute = attribute;
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.mayWrite = mayWrite;
  }

  ProbeOutcome perform() {
    try (Libc libc = new Libc(Bounds.ATTRIBUTE_BYTES + 1)) {
      Optional<String> file = unchanged(libc);
      return file.isPresent() ? write(libc, file.get()) : changed();
    }
  }

  private ProbeOutcome changed() {
    return new ProbeOutcome.Inconclusive(
        0, "expected " + attribute.path() + " to be what was read of it, found another or none");
  }

  /** The file of the attribute, if it still gives the string that was read of it. */
  private Optional<String> unchanged(Libc libc) {
    if (!(links.resolve(libc, attribute.path()) instanceof Resolution.Found found)
        || !found.stat().isRegular()) {
      return Optional.empty();
    }
    String file = links.absolute(found);
    Attribute now = read(libc, file);
    return now.equals(new Attribute.Text(attribute.text())) ? Optional.of(file) : Optional.empty();
  }

  private static Attribute read(Libc libc, String file) {
    int fd = libc.open(file);
    if (fd < 0) {
      return new Attribute.Unreadable(Errno.name(-fd));
    }
    int length = libc.readFully(fd);
    libc.close(fd);
    return length < 0
        ? new Attribute.Unreadable(Errno.name(-length))
        : AttributeText.of(libc.data(length), Bounds.ATTRIBUTE_BYTES);
  }

  private ProbeOutcome write(Libc libc, String file) {
    int fd = libc.openToWrite(file);
    if (fd < 0) {
      return ProbeOutcome.Inconclusive.of("open(2)", -fd);
    }
    try {
      return hasDriver(libc.fileSystem(fd)) ? write(libc, fd) : noDriver();
    } finally {
      libc.close(fd);
    }
  }

  /** A copy of a tree takes anything, and would be another tree afterwards. */
  private static boolean hasDriver(long fileSystem) {
    return fileSystem == SYSFS_MAGIC || fileSystem == FUSE_SUPER_MAGIC;
  }

  private ProbeOutcome noDriver() {
    return new ProbeOutcome.Inconclusive(
        0, "expected " + attribute.path() + " in sysfs, with a driver behind it, found a copy");
  }

  private ProbeOutcome write(Libc libc, int fd) {
    if (!mayWrite.getAsBoolean()) {
      return new ProbeOutcome.Inconclusive(
          Errno.ETIMEDOUT, "reading took longer than the deadline");
    }
    int count = libc.writeOnce(fd, bytes);
    if (count == bytes.length) {
      return new ProbeOutcome.Accepted();
    }
    if (count >= 0) {
      return new ProbeOutcome.Inconclusive(
          0, "expected the driver to take %d bytes, found %d".formatted(bytes.length, count));
    }
    // ENODEV is also what the kernel says of an attribute that has just vanished.
    boolean says = !INCONCLUSIVE.contains(-count);
    boolean refused = says && (count != -Errno.ENODEV || unchanged(libc).isPresent());
    return refused
        ? new ProbeOutcome.Refused(-count)
        : ProbeOutcome.Inconclusive.of("write(2)", -count);
  }
}
