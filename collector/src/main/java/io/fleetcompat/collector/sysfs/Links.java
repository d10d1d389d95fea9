package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.time.Instant;
import java.util.Optional;

/** The links of nodes, of which the name of what they lead to says something. For one thread. */
final class Links {

  private static final String LINK = "expected a link";

  private final FileCalls libc;
  private final LinkResolver links;
  private final ProblemLog problems;

  Links(FileCalls libc, LinkResolver links, ProblemLog problems) {
    this.libc = libc;
    this.links = links;
    this.problems = problems;
  }

  /**
   * The last name of a link's target, whether or not that exists; absent where there is no link,
   * and with the reason where there is none whose name can be used.
   */
  Attribute name(String path) {
    return switch (links.locate(libc, path)) {
      case Resolution.Found found when found.stat().isLink() -> target(path, found);
      case Resolution.Found _, Resolution.Missing _, Resolution.Dangling _ -> Attribute.ABSENT;
      case Resolution.Outside _ -> new Attribute.Unreadable(Resolution.Outside.ERRNO);
      case Resolution.Failed(int errno) -> problems.unreadable(path, LINK, errno);
    };
  }

  private Attribute target(String path, Resolution.Found link) {
    Optional<String> target = libc.readLink(links.absolute(link));
    if (target.isEmpty()) {
      int errno = libc.errno();
      return errno == Errno.ENOENT ? Attribute.ABSENT : problems.unreadable(path, LINK, errno);
    }
    return switch (links.resolve(libc, path)) {
      case Resolution.Failed(int errno) -> problems.unreadable(path, LINK, errno);
      case Resolution.Outside _ -> {
        problems.add(
            path,
            ProblemCode.OUTSIDE_ROOT,
            "expected a link within the root, found "
                + Quoted.of(target.get(), ProblemLog.MAX_TEXT));
        yield new Attribute.Unreadable(Resolution.Outside.ERRNO);
      }
      case Resolution.Found _, Resolution.Missing _, Resolution.Dangling _ ->
          usable(path, lastName(target.get()));
    };
  }

  private Attribute usable(String path, String last) {
    if (isName(last)) {
      return new Attribute.Text(last);
    }
    String expected = "expected a link to something with a name";
    problems.add(
        path, ProblemCode.MALFORMED, expected + ", found " + Quoted.of(last, ProblemLog.MAX_TEXT));
    return new Attribute.Malformed(expected);
  }

  private static String lastName(String target) {
    int end = target.length();
    while (end > 0 && target.charAt(end - 1) == '/') {
      end--;
    }
    return target.substring(target.lastIndexOf('/', end - 1) + 1, end);
  }

  /** True where a link's last name says what the link leads to, and may stand in a document. */
  private static boolean isName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.length() <= EndpointName.MAX_PART
        && DirectoryEntries.Entry.isUtf8(name)
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** True where something is there that is no directory; links are followed. */
  boolean isFile(String path) {
    return links.resolve(libc, path) instanceof Resolution.Found(String _, Stat stat)
        && !stat.isDirectory();
  }

  /** The time at which something was last written, links followed; empty where it is not told. */
  Optional<Instant> modified(String path) {
    return links.resolve(libc, path) instanceof Resolution.Found(String _, Stat stat)
        ? Optional.of(Instant.ofEpochSecond(0, stat.mtime()))
        : Optional.empty();
  }

  /**
   * True unless nothing at all is there: a link that leads nowhere is something, and what the
   * kernel does not let us see may be there; that is reported.
   */
  boolean mayBeThere(String path) {
    return switch (links.locate(libc, path)) {
      case Resolution.Found _, Resolution.Outside _ -> true;
      case Resolution.Missing _, Resolution.Dangling _ -> false;
      case Resolution.Failed(int errno) -> {
        Attribute _ = problems.unreadable(path, "expected something or nothing", errno);
        yield true;
      }
    };
  }
}
