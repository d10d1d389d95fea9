package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.DocumentSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The problems that one scan meets: a bounded number of bounded texts, and how many more there
 * were. For one thread.
 */
public final class ProblemLog {

  /** Problems kept; the number of the others is the last one's detail. */
  static final int MAX_PROBLEMS = 1024;

  /** Longest path or detail of a problem, in characters. */
  public static final int MAX_TEXT = 512;

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::path)
          .thenComparing(problem -> problem.code().toString())
          .thenComparing(Problem::detail);

  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> ofHost = new ArrayList<>();
  private long bytes;
  private int unkept;

  void add(String path, ProblemCode code, String detail) {
    Problem problem = new Problem(Quoted.bare(path, MAX_TEXT), code, Quoted.bare(detail, MAX_TEXT));
    long size =
        DocumentSize.of(problem.path())
            + DocumentSize.of(code.toString())
            + DocumentSize.of(problem.detail());
    if (problems.size() < MAX_PROBLEMS && bytes + size <= Bounds.PROBLEM_BYTES) {
      bytes += size;
      problems.add(problem);
    } else {
      unkept++;
    }
  }

  /** Adds that something could not be read; gives the attribute that says so. */
  Attribute unreadable(String path, String expected, int errno) {
    add(path, ProblemCode.UNREADABLE, expected + ", found " + Errno.name(errno));
    return new Attribute.Unreadable(Errno.name(errno));
  }

  /** Adds a problem of the host as a whole, which is always kept. */
  void addOfHost(ProblemCode code, String detail) {
    ofHost.add(new Problem("", code, detail));
  }

  /** The problems that are kept, sorted by path. */
  List<Problem> sorted() {
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(ofHost);
    if (unkept > 0) {
      String detail = "%d more problems are not listed".formatted(unkept);
      all.add(new Problem("", ProblemCode.TOO_LARGE, detail));
    }
    return all.stream().distinct().sorted(ORDER).toList();
  }
}
