package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.ProblemCode;
import java.util.Optional;

/** The reading of one file, performed on a thread that may hang. */
final class FileRead implements DeadlineReads.Files {

  /**
   * @param path below the root, links and all
   * @param limit most bytes accepted
   * @param whole whether the newline at the end is wanted, too
   */
  record Request(String path, int limit, boolean whole) {

    Request(String path, int limit) {
      this(path, limit, false);
    }
  }

  /**
   * @param finding what is to be reported of it
   */
  record Result(Attribute attribute, Optional<Finding> finding) {

    static final Result ABSENT = of(Attribute.ABSENT);

    /** The result of a read that did not return. */
    static final Result HANGS = of(new Attribute.Unreadable("ETIMEDOUT"));

    /** The result of a read that ended in a mistake of ours. */
    static Result broken(Throwable thrown) {
      return new Result(
          new Attribute.Unreadable("EIO"),
          Optional.of(
              new Finding(
                  ProblemCode.UNREADABLE, "expected to make sense of it, and failed: " + thrown)));
    }

    static Result of(Attribute attribute) {
      return new Result(attribute, Finding.of(attribute));
    }

    static Result unreadable(int errno) {
      return of(new Attribute.Unreadable(Errno.name(errno)));
    }

    /** The result for a link that cannot be followed. */
    private static Result astray(Attribute attribute, ProblemCode code, String found) {
      String detail = "expected a link within the root, found " + found;
      return new Result(attribute, Optional.of(new Finding(code, detail)));
    }
  }

  /** Something to be reported of a file. */
  record Finding(ProblemCode code, String detail) {

    /** The finding of an attribute that speaks for itself. */
    static Optional<Finding> of(Attribute attribute) {
      return switch (attribute) {
        case Attribute.Malformed(String problem) ->
            Optional.of(new Finding(ProblemCode.MALFORMED, problem));
        case Attribute.Unreadable(String errno) ->
            Optional.of(
                new Finding(
                    ProblemCode.UNREADABLE, "expected a readable attribute, found " + errno));
        case Attribute.Text _, Attribute.Directory _, Attribute.Absent _ -> Optional.empty();
      };
    }
  }

  private final LinkResolver links;

  FileRead(LinkResolver links) {
    this.links = links;
  }

  @Override
  public Result read(FileCalls libc, Request request) {
    return switch (links.resolve(libc, request.path())) {
      case Resolution.Found found -> read(libc, links.absolute(found), found.stat(), request);
      case Resolution.Missing _ -> Result.ABSENT;
      case Resolution.Dangling _ ->
          Result.astray(Attribute.ABSENT, ProblemCode.DANGLING_LINK, "one to nothing");
      case Resolution.Outside _ ->
          Result.astray(
              new Attribute.Unreadable(Resolution.Outside.ERRNO),
              ProblemCode.OUTSIDE_ROOT,
              "one out of it");
      case Resolution.Failed(int errno) -> Result.unreadable(errno);
    };
  }

  private static Result read(FileCalls libc, String file, Stat stat, Request request) {
    if (stat.isDirectory()) {
      return Result.of(Attribute.DIRECTORY);
    }
    if (stat.isDeviceOrSocket()) {
      return Result.of(new Attribute.Malformed("expected a file, found a device or socket"));
    }
    if (!stat.hasReadBit()) {
      return Result.unreadable(Errno.EACCES);
    }
    return read(libc, file, request);
  }

  private static Result read(FileCalls libc, String file, Request request) {
    int length = libc.read(file);
    if (length < 0) {
      return length == -Errno.ENOENT ? Result.ABSENT : Result.unreadable(-length);
    }
    return Result.of(AttributeText.of(libc.data(length), request.limit(), request.whole()));
  }
}
