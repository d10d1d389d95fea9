package io.fleetcompat.collector.watch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.collector.libc.NativeCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A netlink socket in the kernel's uevent group, by the C library; and an eventfd that wakes
 * whoever waits for it. One thread receives; {@link #wake} is for any.
 */
@SuppressWarnings("restricted")
final class Netlink implements UeventSource {

  /** A kernel message is at most 2 KiB (UEVENT_BUFFER_SIZE) and its header line. */
  static final int MESSAGE_BYTES = 16 << 10;

  /** The room for messages that wait: a default buffer held 166 of a burst of 2000. */
  static final int RECEIVE_BUFFER_BYTES = 8 << 20;

  /** Group 1 is the kernel's own; udev's is 2. */
  private static final int KERNEL_GROUP = 1;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int NETLINK_KOBJECT_UEVENT = 15;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int EFD_CLOEXEC = 0x80000;
  private static final short POLLIN = 1;
  private static final int SOCKADDR_BYTES = 12;

  /** The number in place of a descriptor that is not open. */
  private static final int NONE = -1;

  private static final MethodHandle SOCKET =
      NativeCalls.function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      NativeCalls.function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      NativeCalls.function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle RECVFROM =
      NativeCalls.function(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle POLL =
      NativeCalls.function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle EVENTFD =
      NativeCalls.function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle WRITE =
      NativeCalls.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      NativeCalls.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final Arena arena;
  private final MemorySegment state;
  private final MemorySegment message;
  private final MemorySegment sender;
  private final MemorySegment senderLength;
  private final MemorySegment polled;
  private int socket = NONE;
  private int waker = NONE;

  private Netlink(Arena arena) {
    this.arena = arena;
    this.state = NativeCalls.state(arena);
    this.message = arena.allocate(MESSAGE_BYTES);
    this.sender = arena.allocate(SOCKADDR_BYTES, 4);
    this.senderLength = arena.allocate(JAVA_INT);
    this.polled = arena.allocate(16, 8);
  }

  /**
   * Opens and binds; needs no privilege.
   *
   * @throws IOException naming the call and the errno
   */
  static Netlink open() throws IOException {
    return open(AF_NETLINK);
  }

  /** Opens with an address of that family: any but netlink's own is refused by bind. */
  static Netlink open(int addressFamily) throws IOException {
    Netlink netlink = new Netlink(Arena.ofShared());
    try {
      netlink.bind(addressFamily);
      return netlink;
    } catch (IOException | RuntimeException | Error e) {
      netlink.close(); // it is opened again every second: whatever it keeps would run out
      throw e;
    }
  }

  private void bind(int addressFamily) throws IOException {
    try {
      socket =
          check(
              "socket",
              (int)
                  SOCKET.invokeExact(
                      state, AF_NETLINK, SOCK_DGRAM_CLOEXEC, NETLINK_KOBJECT_UEVENT));
      waker = check("eventfd", (int) EVENTFD.invokeExact(state, 0, EFD_CLOEXEC));
      MemorySegment size = arena.allocateFrom(JAVA_INT, RECEIVE_BUFFER_BYTES);
      // Beyond the system's limit where we may, else as far as it goes.
      if ((int) SETSOCKOPT.invokeExact(state, socket, SOL_SOCKET, SO_RCVBUFFORCE, size, 4) < 0) {
        check(
            "setsockopt",
            (int) SETSOCKOPT.invokeExact(state, socket, SOL_SOCKET, SO_RCVBUF, size, 4));
      }
      MemorySegment address = arena.allocate(SOCKADDR_BYTES, 4);
      address.set(JAVA_SHORT, 0, (short) addressFamily);
      address.set(JAVA_INT, 8, KERNEL_GROUP);
      check("bind", (int) BIND.invokeExact(state, socket, address, SOCKADDR_BYTES));
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The result of waiting for a message: the errno, or the bytes and who sent them.
   *
   * @param senderPort netlink port id of the sender; 0 is the kernel
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Received(int errno, int senderPort, byte[] bytes) {
    static final Received WOKEN = new Received(0, -1, new byte[0]);

    static Received failed(int errno) {
      return new Received(errno, -1, new byte[0]);
    }

    /** Nothing arrived. */
    boolean isWoken() {
      return errno == 0 && bytes.length == 0;
    }
  }

  /** Waits for the next message, or until woken. */
  @Override
  public Received receive() {
    try {
      polled.set(JAVA_INT, 0, socket);
      polled.set(JAVA_SHORT, 4, POLLIN);
      polled.set(JAVA_INT, 8, waker);
      polled.set(JAVA_SHORT, 12, POLLIN);
      int ready = (int) POLL.invokeExact(state, polled, 2L, -1);
      if (ready < 0) {
        return errno() == Errno.EINTR ? Received.WOKEN : Received.failed(errno());
      }
      if (polled.get(JAVA_SHORT, 14) != 0) {
        return Received.WOKEN;
      }
      senderLength.set(JAVA_INT, 0, SOCKADDR_BYTES);
      long length =
          (long)
              RECVFROM.invokeExact(
                  state, socket, message, (long) MESSAGE_BYTES, 0, sender, senderLength);
      if (length < 0) {
        return Received.failed(errno());
      }
      byte[] bytes = message.asSlice(0, length).toArray(JAVA_BYTE);
      return new Received(0, sender.get(JAVA_INT, 4), bytes);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the one who waits return. */
  @Override
  public void wake() {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment one = own.allocateFrom(JAVA_LONG, 1);
      MemorySegment ownState = NativeCalls.state(own);
      long ignored = (long) WRITE.invokeExact(ownState, waker, one, 8L);
      assert ignored == 8;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    close(socket);
    close(waker);
    arena.close();
  }

  private void close(int descriptor) {
    if (descriptor == NONE) {
      return;
    }
    try {
      int ignored = (int) CLOSE.invokeExact(state, descriptor);
      assert ignored <= 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(
          "expected a uevent socket, found " + Errno.name(errno()) + " by " + call);
    }
    return result;
  }

  private int errno() {
    return NativeCalls.errno(state);
  }
}
