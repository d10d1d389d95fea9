package io.fleetcompat.collector.libc;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The set-up of calls into the C library: a function by its name, and the errno that its last call
 * left, which Java would overwrite. Every call takes a captured state as its first argument.
 */
@SuppressWarnings("restricted")
public final class NativeCalls {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));

  private NativeCalls() {}

  /** A function of the C library; its handle takes the state before its own arguments. */
  public static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    List<Linker.Option> options = new ArrayList<>(List.of(more));
    options.add(Linker.Option.captureCallState("errno"));
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        options.toArray(new Linker.Option[0]));
  }

  /** The room for what calls leave behind. */
  public static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  /** The errno of the last call with that state that failed. */
  public static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO);
  }

  /** Leaves an errno as if a call had failed with it. */
  public static void setErrno(MemorySegment state, int errno) {
    state.set(JAVA_INT, ERRNO, errno);
  }
}
