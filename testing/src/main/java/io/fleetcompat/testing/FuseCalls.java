package io.fleetcompat.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/** The calls of the C library that serving a file system takes; a result below zero is an errno. */
@SuppressWarnings("restricted")
final class FuseCalls {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));

  private static final int O_RDWR_CLOEXEC = 0x80002;
  private static final long MS_NOSUID_NODEV = 6;
  private static final int MNT_FORCE_DETACH = 3;

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle MOUNT =
      function(
          "mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
  private static final MethodHandle UMOUNT =
      function("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  private FuseCalls() {}

  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = java.util.Arrays.copyOf(more, more.length + 1);
    options[more.length] = Linker.Option.captureCallState("errno");
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  static int open(String file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(file), O_RDWR_CLOEXEC);
      return fd < 0 ? -errno(state) : fd;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static int mount(String directory, String options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result =
          (int)
              MOUNT.invokeExact(
                  state,
                  arena.allocateFrom("fleetcompat-test"),
                  arena.allocateFrom(directory),
                  arena.allocateFrom("fuse"),
                  MS_NOSUID_NODEV,
                  arena.allocateFrom(options));
      return result < 0 ? -errno(state) : 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives an error to whoever waits for an answer. */
  static void unmount(String directory) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int _ = (int) UMOUNT.invokeExact(state, arena.allocateFrom(directory), MNT_FORCE_DETACH);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static long read(int fd, MemorySegment into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long count = (long) READ.invokeExact(state, fd, into, into.byteSize());
      return count < 0 ? -errno(state) : count;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static long write(int fd, MemorySegment from) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long count = (long) WRITE.invokeExact(state, fd, from, from.byteSize());
      return count < 0 ? -errno(state) : count;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int _ = (int) CLOSE.invokeExact(state, fd);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO);
  }
}
