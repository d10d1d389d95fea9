package io.fleetcompat.collector.libc;

import java.util.Map;
import java.util.OptionalInt;

/** Names of Linux error numbers, as on x86-64 and arm64 (asm-generic/errno-base.h, errno.h). */
public final class Errno {

  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int E2BIG = 7;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int ENODEV = 19;
  public static final int ENOTDIR = 20;
  public static final int ENAMETOOLONG = 36;
  public static final int ELOOP = 40;
  public static final int EOVERFLOW = 75;
  public static final int ENOBUFS = 105;
  public static final int ETIMEDOUT = 110;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "EPERM"),
          Map.entry(ENOENT, "ENOENT"),
          Map.entry(3, "ESRCH"),
          Map.entry(EINTR, "EINTR"),
          Map.entry(5, "EIO"),
          Map.entry(6, "ENXIO"),
          Map.entry(E2BIG, "E2BIG"),
          Map.entry(9, "EBADF"),
          Map.entry(EAGAIN, "EAGAIN"),
          Map.entry(12, "ENOMEM"),
          Map.entry(EACCES, "EACCES"),
          Map.entry(14, "EFAULT"),
          Map.entry(EBUSY, "EBUSY"),
          Map.entry(17, "EEXIST"),
          Map.entry(18, "EXDEV"),
          Map.entry(ENODEV, "ENODEV"),
          Map.entry(ENOTDIR, "ENOTDIR"),
          Map.entry(21, "EISDIR"),
          Map.entry(22, "EINVAL"),
          Map.entry(23, "ENFILE"),
          Map.entry(24, "EMFILE"),
          Map.entry(25, "ENOTTY"),
          Map.entry(26, "ETXTBSY"),
          Map.entry(27, "EFBIG"),
          Map.entry(28, "ENOSPC"),
          Map.entry(29, "ESPIPE"),
          Map.entry(30, "EROFS"),
          Map.entry(32, "EPIPE"),
          Map.entry(33, "EDOM"),
          Map.entry(34, "ERANGE"),
          Map.entry(35, "EDEADLK"),
          Map.entry(ENAMETOOLONG, "ENAMETOOLONG"),
          Map.entry(38, "ENOSYS"),
          Map.entry(ELOOP, "ELOOP"),
          Map.entry(42, "ENOMSG"),
          Map.entry(52, "EBADE"),
          Map.entry(61, "ENODATA"),
          Map.entry(62, "ETIME"),
          Map.entry(67, "ENOLINK"),
          Map.entry(71, "EPROTO"),
          Map.entry(74, "EBADMSG"),
          Map.entry(EOVERFLOW, "EOVERFLOW"),
          Map.entry(84, "EILSEQ"),
          Map.entry(95, "EOPNOTSUPP"),
          Map.entry(97, "EAFNOSUPPORT"),
          Map.entry(ENOBUFS, "ENOBUFS"),
          Map.entry(107, "ENOTCONN"),
          Map.entry(108, "ESHUTDOWN"),
          Map.entry(ETIMEDOUT, "ETIMEDOUT"),
          Map.entry(112, "EHOSTDOWN"),
          Map.entry(116, "ESTALE"),
          Map.entry(121, "EREMOTEIO"),
          Map.entry(125, "ECANCELED"));

  private Errno() {}

  /** {@code EACCES} for 13; a number without a name here is {@code E<number>}. */
  public static String name(int errno) {
    return NAMES.getOrDefault(errno, "E" + errno);
  }

  /** The number that {@link #name} gives that name; empty for what is none. */
  public static OptionalInt number(String name) {
    for (Map.Entry<Integer, String> entry : NAMES.entrySet()) {
      if (entry.getValue().equals(name)) {
        return OptionalInt.of(entry.getKey());
      }
    }
    return name.matches("E[1-9][0-9]{0,3}")
        ? OptionalInt.of(Integer.parseInt(name.substring(1)))
        : OptionalInt.empty();
  }
}
