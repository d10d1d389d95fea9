package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a scan met and that no copy of files can show: an error of the kernel's, or a
 * thing that must not be copied.
 *
 * @param path below the root
 * @param errno of the kernel; 0 where the kind says all
 */
public record Fault(Kind kind, String path, int errno) implements Comparable<Fault> {

  /** The kinds of faults, by what failed. */
  public enum Kind {
    /** It cannot be looked at. */
    STAT,
    /** The target of a link cannot be read. */
    READLINK,
    /** A file cannot be read. */
    READ,
    /** A directory cannot be listed. */
    LIST,
    /** A directory has more entries than are looked at. */
    MORE,
    /** A file, or something else than a directory, whose name is not UTF-8. */
    MISNAMED,
    /** A directory whose name is not UTF-8. */
    MISNAMED_DIRECTORY,
    /** A link that leads out of the root. */
    OUTSIDE,
    /** A device or socket. */
    DEVICE,
    /** A file that was read, and whose content is not handed on. */
    WITHHELD;

    private final String spelling = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The kind of that spelling. */
    public static Optional<Kind> of(String text) {
      for (Kind kind : values()) {
        if (kind.spelling.equals(text)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    /** True where an errno belongs to it. */
    public boolean hasErrno() {
      return this == STAT || this == READLINK || this == READ || this == LIST;
    }

    @Override
    public String toString() {
      return spelling;
    }
  }

  private static final Comparator<Fault> ORDER =
      Comparator.comparing(Fault::path).thenComparing(Fault::kind).thenComparing(Fault::errno);

  public Fault {
    if (kind.hasErrno() != (errno > 0)) {
      throw new IllegalArgumentException(
          "expected an errno with %s where it has one, found %d".formatted(kind, errno));
    }
  }

  /** A fault whose kind says all. */
  public static Fault of(Kind kind, String path) {
    return new Fault(kind, path, 0);
  }

  /** {@code EACCES}; empty where the kind says all. */
  public Optional<String> errnoName() {
    return errno == 0 ? Optional.empty() : Optional.of(Errno.name(errno));
  }

  /** The directory that it is in; empty for the root's own. */
  String directory() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The last name of its path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(Fault other) {
    return ORDER.compare(this, other);
  }
}
