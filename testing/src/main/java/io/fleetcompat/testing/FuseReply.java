package io.fleetcompat.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The structures of linux/fuse.h that a file system answers with. Pure. */
final class FuseReply {

  static final int S_IFREG = 0x8000;
  static final int S_IFDIR = 0x4000;
  static final int S_IFLNK = 0xa000;

  private static final int HEADER_BYTES = 16;
  private static final int ATTR_BYTES = 88;
  private static final int INIT_BYTES = 64;
  private static final int STATFS_BYTES = 80;
  private static final int MAJOR = 7;
  private static final int MINOR = 31;
  private static final int FUSE_BIG_WRITES = 1 << 5;
  private static final int MAX_WRITE = 64 << 10;
  private static final int FOPEN_DIRECT_IO = 1;
  private static final int NAME_ALIGN = 8;

  private FuseReply() {}

  /** A whole answer. */
  static ByteBuffer of(long unique, int errno, ByteBuffer body) {
    ByteBuffer reply = buffer(HEADER_BYTES + body.remaining());
    reply.putInt(reply.capacity()).putInt(-errno).putLong(unique).put(body);
    return reply.flip();
  }

  static ByteBuffer none() {
    return buffer(0);
  }

  static ByteBuffer init() {
    ByteBuffer out = buffer(INIT_BYTES);
    out.putInt(MAJOR).putInt(MINOR).putInt(0).putInt(FUSE_BIG_WRITES);
    out.putShort((short) 16).putShort((short) 12).putInt(MAX_WRITE).putInt(1);
    return out.rewind();
  }

  /** An entry that the kernel does not remember: what is there may change at any time. */
  static ByteBuffer entry(long node, int mode, int size) {
    ByteBuffer out = buffer(40 + ATTR_BYTES);
    out.putLong(node).putLong(0).putLong(0).putLong(0).putInt(0).putInt(0);
    attr(out, node, mode, size);
    return out.flip();
  }

  static ByteBuffer attributes(long node, int mode, int size) {
    ByteBuffer out = buffer(16 + ATTR_BYTES);
    out.putLong(0).putInt(0).putInt(0);
    attr(out, node, mode, size);
    return out.flip();
  }

  private static void attr(ByteBuffer out, long node, int mode, int size) {
    out.putLong(node).putLong(size).putLong(0).putLong(0).putLong(0).putLong(0);
    out.putInt(0).putInt(0).putInt(0).putInt(mode).putInt(1).putInt(0).putInt(0).putInt(0);
    out.putInt(4096).putInt(0);
  }

  /** Every read and write reaches the file system as it was made. */
  static ByteBuffer opened() {
    return buffer(16).putLong(0).putInt(FOPEN_DIRECT_IO).putInt(0).flip();
  }

  static ByteBuffer written(int bytes) {
    return buffer(8).putInt(bytes).putInt(0).flip();
  }

  static ByteBuffer statfs() {
    return buffer(STATFS_BYTES);
  }

  static ByteBuffer bytes(byte[] data, long offset, int most) {
    int from = (int) Math.min(offset, data.length);
    return ByteBuffer.wrap(data, from, Math.min(most, data.length - from));
  }

  /** One entry of a directory; false where there is no room for it. */
  static boolean entryOf(ByteBuffer into, long node, long next, int mode, String name) {
    byte[] spelled = name.getBytes(StandardCharsets.UTF_8);
    int padded = (24 + spelled.length + NAME_ALIGN - 1) / NAME_ALIGN * NAME_ALIGN;
    if (into.remaining() < padded) {
      return false;
    }
    int end = into.position() + padded;
    into.putLong(node).putLong(next).putInt(spelled.length).putInt(mode >> 12).put(spelled);
    into.position(end);
    return true;
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }
}
