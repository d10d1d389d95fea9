package io.fleetcompat.testing;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file system in user space whose files have drivers behind them: a sysfs for tests. It speaks
 * the kernel's own protocol (linux/fuse.h) over {@code /dev/fuse}, so it needs no library, but the
 * right to mount. Its files are given before it is mounted. Served by one thread of its own; any
 * thread may close it.
 */
public final class FuseTree implements AutoCloseable {

  private static final String DEVICE = "/dev/fuse";
  private static final int REQUEST_BYTES = 256 << 10;
  private static final int IN_HEADER_BYTES = 40;
  private static final int WRITE_IN_BYTES = 40;
  private static final int ROOT = 1;
  private static final int ACCESS_MODE = 3;

  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOSYS = 38;

  /** A node: a file, a link, or else a directory; its number is its place in the list, plus 1. */
  private record Node(
      String path, Optional<DriverFile> file, Optional<String> link, Map<String, Long> children) {

    int mode() {
      if (file.isPresent()) {
        return FuseReply.S_IFREG | 0644;
      }
      return link.isPresent() ? FuseReply.S_IFLNK | 0777 : FuseReply.S_IFDIR | 0755;
    }

    int size() {
      return file.isPresent() ? 4096 : link.map(String::length).orElse(0);
    }
  }

  private final Path directory;
  private final int device;
  private final List<Node> nodes = new ArrayList<>();

  private FuseTree(Path directory, int device, Builder content) {
    this.directory = directory;
    this.device = device;
    nodes.add(new Node("", Optional.empty(), Optional.empty(), new TreeMap<>()));
    content.files.forEach((path, file) -> add(path, Optional.of(file), Optional.empty()));
    content.links.forEach((path, link) -> add(path, Optional.empty(), Optional.of(link)));
  }

  /** The files and links of a tree that is not mounted yet. */
  public static final class Builder {
    private final Map<String, DriverFile> files = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();

    /** A file that gives a string; directories are made as needed. */
    public DriverFile file(String path, String text) {
      DriverFile file = new DriverFile(text);
      files.put(path, file);
      return file;
    }

    public Builder link(String path, String target) {
      links.put(path, target);
      return this;
    }

    /**
     * Mounts the tree.
     *
     * @throws IOException if this machine does not let us
     */
    public FuseTree mount(Path directory) throws IOException {
      int device = FuseCalls.open(DEVICE);
      if (device < 0) {
        throw new IOException("expected to open " + DEVICE + ", found errno " + -device);
      }
      FuseTree tree = new FuseTree(directory, device, this);
      int result =
          FuseCalls.mount(
              directory.toString(),
              "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other".formatted(device));
      if (result < 0) {
        FuseCalls.close(device);
        throw new IOException("expected to mount " + directory + ", found errno " + -result);
      }
      Thread.ofPlatform().daemon().name("fuse-tree").start(tree::serve);
      return tree;
    }
  }

  /** The reason why nothing can be mounted on this machine; empty where it can. */
  public static Optional<String> obstacle() {
    try {
      Path directory = Files.createTempDirectory("fuse");
      try (FuseTree _ = new Builder().mount(directory)) {
        return Optional.empty();
      } finally {
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  public Path directory() {
    return directory;
  }

  private long add(String path, Optional<DriverFile> file, Optional<String> link) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    long parent = slash < 0 ? ROOT : directory(path.substring(0, slash));
    nodes.add(new Node(path, file, link, new TreeMap<>()));
    node(parent).children.put(name, (long) nodes.size());
    return nodes.size();
  }

  private long directory(String path) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).path.equals(path)) {
        return i + 1L;
      }
    }
    return add(path, Optional.empty(), Optional.empty());
  }

  private Node node(long number) {
    return nodes.get((int) number - 1);
  }

  private void serve() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment room = arena.allocate(REQUEST_BYTES, 8);
      while (true) {
        long bytes = FuseCalls.read(device, room);
        if (bytes == -ENOENT) {
          continue; // the request was interrupted before it was read
        }
        if (bytes < 0) {
          break; // unmounted
        }
        ByteBuffer request = room.asSlice(0, bytes).asByteBuffer().order(ByteOrder.nativeOrder());
        answer(request)
            .ifPresent(
                reply -> {
                  MemorySegment out = arena.allocate(reply.remaining());
                  out.asByteBuffer().put(reply);
                  long _ = FuseCalls.write(device, out);
                });
      }
    } finally {
      FuseCalls.close(device);
    }
  }

  /** The answer to a request; empty where it gets none, or not yet. */
  private Optional<ByteBuffer> answer(ByteBuffer request) {
    int opcode = request.getInt(4);
    long unique = request.getLong(8);
    long node = request.getLong(16);
    request.position(IN_HEADER_BYTES);
    return switch (opcode) {
      case 2, 36, 38, 42 -> Optional.empty(); // FORGET, INTERRUPT, DESTROY, BATCH_FORGET
      case 26 -> ok(unique, FuseReply.init());
      case 1 -> lookup(unique, node(node), request);
      case 3 -> ok(unique, FuseReply.attributes(node, node(node).mode(), node(node).size()));
      case 5 -> ok(unique, bytes(node(node).link().orElse("")));
      case 14 -> open(unique, node(node), request.getInt());
      case 15 -> read(unique, node(node), request);
      case 16 -> write(unique, node(node), request);
      case 17 -> ok(unique, FuseReply.statfs());
      case 18, 25, 29 -> ok(unique, FuseReply.none()); // RELEASE, FLUSH, RELEASEDIR
      case 27 -> ok(unique, FuseReply.opened()); // OPENDIR
      case 28 -> list(unique, node(node), request);
      default -> failed(unique, ENOSYS);
    };
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<ByteBuffer> ok(long unique, ByteBuffer body) {
    return Optional.of(FuseReply.of(unique, 0, body));
  }

  private static Optional<ByteBuffer> failed(long unique, int errno) {
    return Optional.of(FuseReply.of(unique, errno, FuseReply.none()));
  }

  private Optional<ByteBuffer> lookup(long unique, Node parent, ByteBuffer request) {
    byte[] name = new byte[request.remaining() - 1];
    request.get(name);
    Long found = parent.children.get(new String(name, StandardCharsets.UTF_8));
    if (found == null || node(found).file.map(DriverFile::isGone).orElse(false)) {
      return failed(unique, ENOENT);
    }
    return ok(unique, FuseReply.entry(found, node(found).mode(), node(found).size()));
  }

  private static Optional<ByteBuffer> open(long unique, Node node, int flags) {
    DriverFile file = node.file.orElse(null);
    if (file == null || file.isGone()) {
      return failed(unique, file == null ? EACCES : ENOENT);
    }
    boolean refused = (flags & ACCESS_MODE) != 0 && file.openErrno() != 0;
    return refused ? failed(unique, file.openErrno()) : ok(unique, FuseReply.opened());
  }

  private static Optional<ByteBuffer> read(long unique, Node node, ByteBuffer request) {
    DriverFile file = node.file.orElseThrow();
    if (!file.isReadable()) {
      return Optional.empty();
    }
    request.getLong();
    long offset = request.getLong();
    return ok(unique, FuseReply.bytes(file.read(), offset, request.getInt()));
  }

  private static Optional<ByteBuffer> write(long unique, Node node, ByteBuffer request) {
    byte[] data = new byte[request.getInt(IN_HEADER_BYTES + 16)];
    request.position(IN_HEADER_BYTES + WRITE_IN_BYTES);
    request.get(data);
    return switch (node.file.orElseThrow().write(data)) {
      case DriverFile.Answer.Take(int most) ->
          ok(unique, FuseReply.written(Math.min(most, data.length)));
      case DriverFile.Answer.Refuse(int errno) -> failed(unique, errno);
      case DriverFile.Answer.Hang() -> Optional.empty();
    };
  }

  private Optional<ByteBuffer> list(long unique, Node node, ByteBuffer request) {
    request.getLong();
    long offset = request.getLong();
    ByteBuffer out = FuseReply.buffer(request.getInt());
    List<Map.Entry<String, Long>> children = List.copyOf(node.children.entrySet());
    for (int i = (int) offset; i < children.size(); i++) {
      long child = children.get(i).getValue();
      if (!FuseReply.entryOf(out, child, i + 1L, node(child).mode(), children.get(i).getKey())) {
        break;
      }
    }
    return ok(unique, out.flip());
  }

  /** Unmounts; whoever still waits for an answer gets an error. */
  @Override
  public void close() {
    FuseCalls.unmount(directory.toString());
  }
}
