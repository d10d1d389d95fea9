package io.fleetcompat.cli.faults.sysfs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The things that can stand in the place of an attribute. */
public enum Hostility {
  /** A read that does not return. */
  HANG((attribute, _, pipes) -> pipes.put(attribute, Pipes.Writer.NONE)),
  /** A read that gives a byte each second, and no end. */
  TRICKLE((attribute, _, pipes) -> pipes.put(attribute, Pipes.Writer.SLOW)),
  /** A read that gives bytes for ever. */
  FLOOD((attribute, _, pipes) -> pipes.put(attribute, Pipes.Writer.FAST)),
  /** A file of a tebibyte. */
  ENDLESS(
      (attribute, _, _) -> {
        try (RandomAccessFile file = new RandomAccessFile(attribute.toFile(), "rw")) {
          file.setLength(1L << 40);
        }
      }),
  /** Bytes that are no text, up to two pages. */
  GARBAGE(
      (attribute, random, _) -> {
        byte[] bytes = new byte[1 + random.nextInt(8192)];
        random.nextBytes(bytes);
        Files.write(attribute, bytes);
      }),
  /** Nothing but a line end, or not even that. */
  EMPTY((attribute, random, _) -> Files.writeString(attribute, random.nextBoolean() ? "\n" : "")),
  /** Links that lead to themselves, to each other, upwards, out of the root, and to nothing. */
  LOOPS((attribute, random, _) -> Hostility.link(attribute, random)),
  /** Directories that hold themselves by a link. */
  DIRECTORIES(
      (attribute, _, _) -> {
        Files.delete(attribute);
        Files.createDirectory(attribute);
        Files.createSymbolicLink(attribute.resolve("again"), Path.of("."));
        Files.writeString(attribute.resolve("value"), "1\n");
      });

  @SuppressWarnings("ImmutableEnumChecker") // None has a state.
  private final Put put;

  @FunctionalInterface
  private interface Put {
    void in(Path attribute, Random random, Pipes pipes) throws IOException;
  }

  Hostility(Put put) {
    this.put = put;
  }

  /** The one of that spelling, in lower case. */
  public static Hostility parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Puts it there, where a plain file is now. */
  void put(Path attribute, Random random, Pipes pipes) throws IOException {
    put.in(attribute, random, pipes);
  }

  private static void link(Path attribute, Random random) throws IOException {
    Path name = attribute.getFileName();
    Path other = attribute.resolveSibling(name + "~");
    List<Path> targets =
        List.of(
            name,
            other.getFileName(),
            Path.of("."),
            Path.of("../".repeat(random.nextInt(1, 40))),
            Path.of("/dev/zero"),
            Path.of("/proc/self/mem"),
            Path.of("nothing"));
    Files.delete(attribute);
    Files.createSymbolicLink(attribute, targets.get(random.nextInt(targets.size())));
    Files.createSymbolicLink(other, name);
  }
}
