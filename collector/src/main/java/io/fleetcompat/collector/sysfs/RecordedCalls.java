package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import java.util.Optional;

/** Calls whose results are written down. What is not there is none of them. One thread. */
final class RecordedCalls implements FileCalls {

  private final FileCalls calls;
  private final String root;
  private final Recording recording;

  RecordedCalls(FileCalls calls, String root, Recording recording) {
    this.calls = calls;
    this.root = root;
    this.recording = recording;
  }

  @Override
  public Stat stat(String file) {
    Stat stat = calls.stat(file);
    String path = below(file);
    if (stat.errno() != 0) {
      fault(Fault.Kind.STAT, path, stat.errno());
    } else if (stat.isDirectory()) {
      recording.add(path, new Found.Directory());
    } else if (stat.isLink()) {
      link(file, path);
    } else if (stat.isDeviceOrSocket()) {
      recording.add(Fault.of(Fault.Kind.DEVICE, path));
    } else {
      recording.add(path, new Found.Unread());
    }
    return stat;
  }

  private void link(String file, String path) {
    calls
        .readLink(file)
        .ifPresentOrElse(
            target -> recording.add(path, new Found.Link(target)),
            () -> fault(Fault.Kind.READLINK, path, calls.errno()));
  }

  @Override
  public Optional<String> readLink(String file) {
    return calls.readLink(file);
  }

  @Override
  public int read(String file) {
    int length = calls.read(file);
    if (length < 0) {
      fault(Fault.Kind.READ, below(file), -length);
    } else {
      recording.add(below(file), new Found.Content(calls.data(length)));
    }
    return length;
  }

  @Override
  public byte[] data(int length) {
    return calls.data(length);
  }

  @Override
  public DirectoryEntries list(String directory, int limit) {
    DirectoryEntries listing = calls.list(directory, limit);
    String path = below(directory);
    if (listing.errno() != 0) {
      fault(Fault.Kind.LIST, path, listing.errno());
    }
    if (listing.more()) {
      recording.add(Fault.of(Fault.Kind.MORE, path));
    }
    listing.entries().forEach(entry -> add(entry, directory, new Node(path).at(entry.name())));
    return listing;
  }

  /** Writes down an entry of a list: that it is there may matter, though nobody looks at it. */
  private void add(DirectoryEntries.Entry entry, String directory, String path) {
    String file = directory + "/" + entry.name();
    if (!entry.isUtf8()) {
      Fault.Kind kind = entry.isDirectory() ? Fault.Kind.MISNAMED_DIRECTORY : Fault.Kind.MISNAMED;
      recording.add(Fault.of(kind, path));
    } else if (entry.isDirectory()) {
      recording.add(path, new Found.Directory());
    } else if (entry.type() == DirectoryEntries.Entry.FILE) {
      recording.add(path, new Found.Unread());
    } else if (!recording.has(path)) {
      Stat _ = stat(file);
    }
  }

  @Override
  public int errno() {
    return calls.errno();
  }

  @Override
  public FileCalls unrecorded() {
    return calls;
  }

  @Override
  public void close() {
    calls.close();
  }

  private void fault(Fault.Kind kind, String path, int errno) {
    if (errno != Errno.ENOENT && errno != Errno.ENOTDIR) {
      recording.add(new Fault(kind, path, errno));
    }
  }

  private String below(String file) {
    return file.equals(root) ? "" : file.substring(root.length() + 1);
  }
}
