package io.fleetcompat.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of hosts in files: one file for a process of one host, a directory for one of many. A
 * file that was replaced is read again, so that a key is changed without a restart.
 */
public final class KeyFiles implements HostKeys {

  /** The end of a key's file name in a directory. */
  private static final String END = ".key";

  /** Longest host name that is a file name. */
  private static final int MAX_NAME = 200;

  private final Path path;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();
  private final Map<Path, String> faults = new ConcurrentHashMap<>();

  /**
   * A key that was read.
   *
   * @param state of the file then; one that was replaced has another
   */
  private record Known(Map<String, Object> state, HostKey key) {}

  /**
   * @param path of the file or the directory
   */
  public KeyFiles(Path path) {
    this.path = path;
  }

  /** The file of a host's key in a directory. */
  public static Path in(Path directory, String host) {
    boolean plain = host.length() <= MAX_NAME && host.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    String name =
        plain ? host : "x" + UUID.nameUUIDFromBytes(host.getBytes(StandardCharsets.UTF_8));
    return directory.resolve(name + END);
  }

  @Override
  public Optional<HostKey> of(String host) throws IOException {
    Path file = file(host);
    Known read = known(file);
    if (!read.key.host().equals(host)) {
      throw new IOException(
          "expected the key of host %s in %s, found that of %s"
              .formatted(host, file, read.key.host()));
    }
    return Optional.of(read.key);
  }

  @Override
  public Optional<String> fault(String host) {
    return Optional.ofNullable(faults.get(file(host)));
  }

  private Path file(String host) {
    return Files.isDirectory(path) ? in(path, host) : path;
  }

  /** A key that was read goes on to be used where its file cannot be read any more. */
  private Known known(Path file) throws IOException {
    Known before = known.get(file);
    try {
      Map<String, Object> state = Files.readAttributes(file, "unix:ino,ctime,size");
      Known now =
          before != null && before.state.equals(state) ? before : new Known(state, read(file));
      known.put(file, now);
      faults.remove(file);
      return now;
    } catch (IOException e) {
      IOException why = named(file, e);
      if (before == null) {
        throw why;
      }
      faults.put(file, why.getMessage() + "; the one that was there before is used");
      return before;
    }
  }

  private static IOException named(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new IOException("expected the key of a host in " + file + ", found no such file", e);
    }
    return e instanceof FileSystemException
        ? new IOException(
            "expected the key of a host in " + file + ", found that it cannot be read", e)
        : e;
  }

  private static HostKey read(Path file) throws IOException {
    try {
      return KeyFile.host(file);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
