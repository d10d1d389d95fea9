package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Calls on a copy of a tree that answer as the kernel of the tree did where the copy cannot show
 * it: with the faults that a recording has. One thread.
 */
final class ReplayedCalls implements FileCalls {

  private static final String OUT = "/";

  private final FileCalls calls;
  private final String root;
  private final Map<String, Set<Fault>> byPath = new HashMap<>();
  private final Map<String, Set<Fault>> byDirectory = new HashMap<>();
  private int errno;

  ReplayedCalls(FileCalls calls, String root, Collection<Fault> faults) {
    this.calls = calls;
    this.root = root;
    for (Fault fault : faults) {
      byPath.computeIfAbsent(fault.path(), _ -> new TreeSet<>()).add(fault);
      byDirectory.computeIfAbsent(fault.directory(), _ -> new TreeSet<>()).add(fault);
    }
  }

  @Override
  public Stat stat(String file) {
    for (Fault fault : at(file)) {
      switch (fault.kind()) {
        case STAT -> {
          return Stat.failed(fault.errno());
        }
        case READLINK, OUTSIDE -> {
          return Stat.LINK;
        }
        case DEVICE -> {
          return Stat.DEVICE;
        }
        case READ, WITHHELD -> {
          return Stat.FILE;
        }
        case LIST, MORE, MISNAMED, MISNAMED_DIRECTORY -> {}
      }
    }
    return calls.stat(file);
  }

  @Override
  public Optional<String> readLink(String file) {
    for (Fault fault : at(file)) {
      if (fault.kind() == Fault.Kind.OUTSIDE) {
        return Optional.of(OUT);
      }
      if (fault.kind() == Fault.Kind.READLINK) {
        errno = fault.errno();
        return Optional.empty();
      }
    }
    Optional<String> target = calls.readLink(file);
    errno = target.isEmpty() ? calls.errno() : errno;
    return target;
  }

  @Override
  public int read(String file) {
    for (Fault fault : at(file)) {
      if (fault.kind() == Fault.Kind.READ) {
        return -fault.errno();
      }
      if (fault.kind() == Fault.Kind.WITHHELD) {
        return -Errno.EACCES;
      }
    }
    return calls.read(file);
  }

  @Override
  public byte[] data(int length) {
    return calls.data(length);
  }

  /** The entries of the copy, and those that only the recording knows. */
  @Override
  public DirectoryEntries list(String directory, int limit) {
    DirectoryEntries copied = calls.list(directory, limit);
    List<DirectoryEntries.Entry> entries = new ArrayList<>(copied.entries());
    Set<String> names =
        entries.stream().map(DirectoryEntries.Entry::name).collect(Collectors.toSet());
    for (Fault fault : byDirectory.getOrDefault(below(directory), Set.of())) {
      if (!fault.path().isEmpty() && names.add(fault.name())) {
        entries.add(new DirectoryEntries.Entry(fault.name(), type(fault.kind())));
      }
    }
    int failed = copied.errno();
    boolean more = copied.more();
    for (Fault fault : at(directory)) {
      failed = fault.kind() == Fault.Kind.LIST ? fault.errno() : failed;
      more |= fault.kind() == Fault.Kind.MORE;
    }
    return new DirectoryEntries(failed, entries, more);
  }

  private static int type(Fault.Kind kind) {
    return switch (kind) {
      case MISNAMED_DIRECTORY -> DirectoryEntries.Entry.DIRECTORY;
      case OUTSIDE, READLINK -> DirectoryEntries.Entry.LINK;
      case MISNAMED, DEVICE, READ, WITHHELD -> DirectoryEntries.Entry.FILE;
      case STAT, LIST, MORE -> DirectoryEntries.Entry.UNKNOWN;
    };
  }

  @Override
  public int errno() {
    return errno;
  }

  @Override
  public void close() {
    calls.close();
  }

  private Set<Fault> at(String file) {
    return byPath.getOrDefault(below(file), Set.of());
  }

  private String below(String file) {
    return file.equals(root) ? "" : file.substring(root.length() + 1);
  }
}
