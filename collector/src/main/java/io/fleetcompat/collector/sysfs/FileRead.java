package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;

/** One file to be read: what to read and how; performed on a thread that may hang. */
final class FileRead {

  /**
   * @param path below the root, links and all
   * @param limit most bytes accepted
   */
  record Request(String path, int limit) {}

  /**
   * @param problem code of a {@code HostReading.Problem} where the attribute alone does not tell;
   *     empty for none
   */
  record Result(Attribute attribute, String problem) {

    static final Result ABSENT = new Result(Attribute.ABSENT, "");

    /** What a read that did not return gives. */
    static final Result HANGS = new Result(new Attribute.Unreadable("ETIMEDOUT"), "");

    static Result of(Attribute attribute) {
      return new Result(attribute, "");
    }

    static Result unreadable(int errno) {
      return of(new Attribute.Unreadable(Errno.name(errno)));
    }
  }

  private final LinkResolver links;

  FileRead(LinkResolver links) {
    this.links = links;
  }

  Result read(Libc libc, Request request) {
    return switch (links.resolve(libc, request.path())) {
      case Resolution.Found found ->
          read(libc, links.absolute(found), found.stat(), request.limit());
      case Resolution.Missing _ -> Result.ABSENT;
      case Resolution.Dangling _ -> new Result(Attribute.ABSENT, "dangling-link");
      // EXDEV is what openat2(2) with RESOLVE_BENEATH says of such a link.
      case Resolution.Outside _ -> new Result(new Attribute.Unreadable("EXDEV"), "outside-root");
      case Resolution.Failed(int errno) -> Result.unreadable(errno);
    };
  }

  private static Result read(Libc libc, String file, Stat stat, int limit) {
    if (stat.isDirectory()) {
      return Result.of(Attribute.DIRECTORY);
    }
    if (stat.isDeviceOrSocket()) {
      return new Result(new Attribute.Malformed("expected a file, found a device or socket"), "");
    }
    if (!stat.hasReadBit()) {
      return Result.unreadable(Errno.EACCES);
    }
    return read(libc, file, limit);
  }

  private static Result read(Libc libc, String file, int limit) {
    int fd = libc.open(file);
    if (fd < 0) {
      return fd == -Errno.ENOENT ? Result.ABSENT : Result.unreadable(-fd);
    }
    int length = libc.readFully(fd);
    libc.close(fd);
    return length < 0
        ? Result.unreadable(-length)
        : Result.of(AttributeText.of(libc.data(length), limit));
  }
}
