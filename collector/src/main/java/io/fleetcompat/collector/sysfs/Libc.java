package io.fleetcompat.collector.sysfs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.collector.libc.NativeCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The few calls of the C library that reading files takes, with the kernel's own error numbers
 * (java.nio reports text). A result below zero is a negated errno.
 *
 * <p>Holds native buffers: one instance per thread.
 */
@SuppressWarnings("restricted")
final class Libc implements FileCalls {

  /** Longest path accepted by the kernel, with its final NUL (PATH_MAX). */
  static final int PATH_MAX = 4096;

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int O_RDONLY = 0;
  private static final int O_WRONLY = 1;
  private static final int O_NOFOLLOW =
      System.getProperty("os.arch", "").equals("amd64") ? 0x20000 : 0x8000;
  private static final int O_NOCTTY = 0x100;
  private static final int O_CLOEXEC = 0x80000;
  private static final int DIRENT_LENGTH = 16;
  private static final int DIRENT_TYPE = 18;
  private static final int DIRENT_NAME = 19;
  private static final ValueLayout.OfShort LENGTH = ValueLayout.JAVA_SHORT_UNALIGNED;

  private static final MethodHandle OPEN =
      NativeCalls.function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      NativeCalls.function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      NativeCalls.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle FSTATFS =
      NativeCalls.function("fstatfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle CLOSE =
      NativeCalls.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle STATX =
      NativeCalls.function(
          "statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle READLINK =
      NativeCalls.function(
          "readlink", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
  private static final MethodHandle SYSCALL =
      NativeCalls.function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  /**
   * The system call, not readdir(3): its errors cannot be told from the end without a writable
   * errno.
   */
  private static final long GETDENTS64 =
      System.getProperty("os.arch", "").equals("amd64") ? 217 : 61;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = NativeCalls.state(arena);
  private final MemorySegment path = arena.allocate(PATH_MAX);
  private final MemorySegment statx = arena.allocate(256, 8);
  private final MemorySegment statfs = arena.allocate(256, 8);
  private final MemorySegment link = arena.allocate(PATH_MAX);
  private final MemorySegment data;

  /**
   * @param dataBytes size of the buffer that files and directories are read into
   */
  Libc(int dataBytes) {
    data = arena.allocate(dataBytes, 8);
  }

  @Override
  public Stat stat(String file) {
    if (!put(file)) {
      return Stat.failed(Errno.ENAMETOOLONG);
    }
    try {
      int result =
          (int)
              STATX.invokeExact(
                  state, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, statx);
      if (result < 0) {
        return Stat.failed(errno());
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    // struct statx is the same on every architecture: mode 28, ino 32, size 40, ctime 96, mtime
    // 112.
    return new Stat(
        0,
        Short.toUnsignedInt(statx.get(ValueLayout.JAVA_SHORT, 28)),
        statx.get(JAVA_LONG, 32),
        statx.get(JAVA_LONG, 40),
        nanos(112),
        nanos(96));
  }

  @Override
  public Optional<String> readLink(String file) {
    if (!put(file)) {
      NativeCalls.setErrno(state, Errno.ENAMETOOLONG);
      return Optional.empty();
    }
    try {
      long length = (long) READLINK.invokeExact(state, path, link, (long) PATH_MAX);
      return length < 0 ? Optional.empty() : Optional.of(text(link, length));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens for reading; blocks as long as the kernel does (a FIFO: until there is a writer). */
  int open(String file) {
    return open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  }

  /** Opens a file that is there for writing: nothing is made, nothing cut, no link followed. */
  int openToWrite(String file) {
    return open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
  }

  private int open(String file, int flags) {
    if (!put(file)) {
      return -Errno.ENAMETOOLONG;
    }
    try {
      int fd;
      do {
        fd = (int) OPEN.invokeExact(state, path, flags);
      } while (fd < 0 && errno() == Errno.EINTR);
      return fd < 0 ? -errno() : fd;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads until the end or until the buffer is full: the number of bytes, or a negated errno. */
  int readFully(int fd) {
    long total = 0;
    try {
      while (total < data.byteSize()) {
        long count =
            (long) READ.invokeExact(state, fd, data.asSlice(total), data.byteSize() - total);
        if (count < 0 && errno() == Errno.EINTR) {
          continue;
        }
        if (count < 0) {
          return -errno();
        }
        if (count == 0) {
          break;
        }
        total += count;
      }
      return (int) total;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes with one call, never again: the number of bytes taken, or a negated errno. */
  int writeOnce(int fd, byte[] bytes) {
    if (bytes.length > data.byteSize()) {
      throw new IllegalArgumentException("expected at most " + data.byteSize() + " bytes");
    }
    MemorySegment.copy(bytes, 0, data, JAVA_BYTE, 0, bytes.length);
    try {
      long count = (long) WRITE.invokeExact(state, fd, data, (long) bytes.length);
      return count < 0 ? -errno() : (int) count;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The magic number of the file system that an open file is on, or a negated errno. */
  long fileSystem(int fd) {
    try {
      int result = (int) FSTATFS.invokeExact(state, fd, statfs);
      return result < 0 ? -errno() : statfs.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int read(String file) {
    int fd = open(file);
    if (fd < 0) {
      return fd;
    }
    int length = readFully(fd);
    close(fd);
    return length;
  }

  @Override
  public byte[] data(int length) {
    return data.asSlice(0, length).toArray(JAVA_BYTE);
  }

  void close(int fd) {
    try {
      int ignored = (int) CLOSE.invokeExact(state, fd);
      assert ignored <= 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public DirectoryEntries list(String directory, int limit) {
    int fd = open(directory);
    if (fd < 0) {
      return new DirectoryEntries(-fd, List.of(), false);
    }
    try {
      return entries(fd, limit);
    } finally {
      close(fd);
    }
  }

  private DirectoryEntries entries(int fd, int limit) {
    List<DirectoryEntries.Entry> entries = new ArrayList<>();
    while (true) {
      long bytes = nextEntries(fd);
      if (bytes <= 0) {
        return new DirectoryEntries((int) -bytes, entries, false);
      }
      for (long at = 0;
          at < bytes;
          at += Short.toUnsignedInt(data.get(LENGTH, at + DIRENT_LENGTH))) {
        String name = data.getString(at + DIRENT_NAME, StandardCharsets.UTF_8);
        if (name.equals(".") || name.equals("..")) {
          continue;
        }
        if (entries.size() == limit) {
          return new DirectoryEntries(0, entries, true);
        }
        entries.add(new DirectoryEntries.Entry(name, data.get(JAVA_BYTE, at + DIRENT_TYPE)));
      }
    }
  }

  private long nextEntries(int fd) {
    try {
      long bytes = (long) SYSCALL.invokeExact(state, GETDENTS64, (long) fd, data, data.byteSize());
      return bytes < 0 ? -errno() : bytes;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int errno() {
    return NativeCalls.errno(state);
  }

  @Override
  public void close() {
    arena.close();
  }

  private boolean put(String file) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= PATH_MAX || file.indexOf('\0') >= 0) {
      return false;
    }
    MemorySegment.copy(bytes, 0, path, JAVA_BYTE, 0, bytes.length);
    path.set(JAVA_BYTE, bytes.length, (byte) 0);
    return true;
  }

  private long nanos(long offset) {
    return statx.get(JAVA_LONG, offset) * 1_000_000_000L + statx.get(JAVA_INT, offset + 8);
  }

  private static String text(MemorySegment segment, long length) {
    return new String(segment.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }
}
