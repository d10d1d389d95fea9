package io.fleetcompat.cli.faults.sysfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sysfs tree of one host that can be made hostile, and whole again. One thread. */
public final class HostileHost implements AutoCloseable {

  private static final int FEW = 3;
  private static final int MANY = 1500;
  private static final Pattern OF_TYPE = Pattern.compile(".*/mdev_supported_types/[^/]+/[^/]+");

  private final Path sys;
  private final Path whole;
  private final Path scratch;
  private final Random random;
  private final Pipes pipes;
  private final SortedSet<Path> touched = new TreeSet<>();

  /**
   * @param sys its tree, as it is to be again
   * @param aside a directory of the same file system, of its own
   */
  public HostileHost(Path sys, Path aside, Random random) throws IOException {
    this.sys = sys;
    this.whole = aside.resolve("whole");
    this.scratch = Files.createDirectories(aside.resolve("scratch"));
    this.random = random;
    this.pipes = new Pipes(scratch);
    FileTrees.copy(sys, whole);
  }

  /** Every attribute becomes hostile. */
  public void spoilAll(Hostility hostility) throws IOException {
    for (Path attribute : attributes()) {
      spoil(hostility, attribute);
    }
  }

  /** Some of the attributes of types and devices do. */
  public void spoilSome(Hostility hostility) throws IOException {
    List<Path> attributes = new ArrayList<>(attributes());
    attributes.removeIf(path -> !isOfType(path));
    Collections.shuffle(attributes, random);
    for (Path attribute : attributes.subList(0, Math.min(FEW, attributes.size()))) {
      spoil(hostility, attribute);
    }
  }

  private static boolean isOfType(Path attribute) {
    return OF_TYPE.matcher(attribute.toString()).matches();
  }

  private void spoil(Hostility hostility, Path attribute) throws IOException {
    touched.add(attribute);
    hostility.put(sys.resolve(attribute), random, pipes);
  }

  /** Thousands of types appear beside one, none of which says what it is. */
  public void addTypes() throws IOException {
    Path attribute = attributes().stream().filter(HostileHost::isOfType).findFirst().orElseThrow();
    Path types = sys.resolve(attribute).resolveSibling("..");
    for (int i = 0; i < MANY; i++) {
      Path foreign = Files.createDirectory(types.resolve("foreign-" + i));
      Files.writeString(foreign.resolve("available_instances"), i + "\n");
    }
  }

  /** One attribute of a type goes away. */
  public void loseOne() throws IOException {
    List<Path> attributes = attributes().stream().filter(HostileHost::isOfType).toList();
    Path attribute = attributes.get(random.nextInt(attributes.size()));
    touched.add(attribute);
    Files.delete(sys.resolve(attribute));
  }

  /** Everything is as it was. */
  public void heal() throws IOException {
    FileTrees.deleteForeign(sys, whole);
    for (Path attribute : touched) {
      Path copy = scratch.resolve("attribute");
      Files.copy(
          whole.resolve(attribute),
          copy,
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      Files.move(copy, sys.resolve(attribute), StandardCopyOption.ATOMIC_MOVE);
    }
    touched.clear();
    pipes.drop();
  }

  /** The plain files that still are, relative to the tree, in order. */
  private List<Path> attributes() throws IOException {
    try (Stream<Path> all = Files.walk(sys)) {
      return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .map(sys::relativize)
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() {
    pipes.endWriters();
  }
}
