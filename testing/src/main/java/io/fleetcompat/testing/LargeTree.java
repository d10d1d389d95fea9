package io.fleetcompat.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sysfs root with far more types than most hosts have, written to disk. One thread. */
public final class LargeTree {

  /** The shapes of such hosts. */
  public enum Shape {
    /** Cards with functions that list vGPU types: {@code nvidia/creatable_vgpu_types}. */
    VGPU_LISTS(8, 48, 66, 0),
    /** The same, and each function lacks another one of the types. */
    VGPU_LISTS_THAT_DIFFER(8, 48, 66, 0),
    /** The same, and no function has a type that another one has. */
    VGPU_LISTS_WITHOUT_REPEATS(8, 48, 66, 0),
    /** More functions and types than a host may have endpoints. */
    VGPU_LISTS_OF_16_CARDS(16, 64, 66, 0),
    /** Cards with functions that have {@code mdev_supported_types}. */
    MDEV_TYPES(8, 16, 20, 0),
    /** As many as {@link #VGPU_LISTS}, and each function has another number of instances. */
    MDEV_TYPES_OF_MANY_VFS(8, 48, 66, 0),
    /** Parents with thousands of types each, all of them with the same names. */
    TYPE_DIRECTORIES(10, 1, 7000, 0),
    /** Types with long descriptions, each another one. */
    LONG_DESCRIPTIONS(10, 1, 250, 2400);

    private final int cards;
    private final int functions;
    private final int types;
    private final int description;

    Shape(int cards, int functions, int types, int description) {
      this.cards = cards;
      this.functions = functions;
      this.types = types;
      this.description = description;
    }

    /** The types of all functions, as far as a host lists them. */
    public int endpoints() {
      int lacking = this == VGPU_LISTS_THAT_DIFFER ? 1 : 0;
      return cards * functions * (types - lacking);
    }

    private boolean isList() {
      return switch (this) {
        case VGPU_LISTS,
            VGPU_LISTS_THAT_DIFFER,
            VGPU_LISTS_WITHOUT_REPEATS,
            VGPU_LISTS_OF_16_CARDS ->
            true;
        case MDEV_TYPES, MDEV_TYPES_OF_MANY_VFS, TYPE_DIRECTORIES, LONG_DESCRIPTIONS -> false;
      };
    }
  }

  private final Path root;
  private final Shape shape;

  private LargeTree(Path root, Shape shape) {
    this.root = root;
    this.shape = shape;
  }

  /** Writes the tree of a host to a directory that need not exist. */
  public static Path write(Path root, Shape shape) throws IOException {
    LargeTree tree = new LargeTree(root, shape);
    for (int card = 0; card < shape.cards; card++) {
      tree.card(card);
    }
    return root;
  }

  private void card(int card) throws IOException {
    String bus = "%02x".formatted(0x04 + card * 8);
    String above = "devices/pci0000:" + bus;
    String physical = above + "/0000:" + bus + ":00.0";
    function(physical);
    for (int i = 0; i < shape.functions; i++) {
      int id = i + 2;
      String name = "0000:%s:%02x.%d".formatted(bus, id >> 3, id & 7);
      String node = above + "/" + name;
      function(node);
      link(node + "/physfn", "../0000:" + bus + ":00.0");
      if (shape.isList()) {
        list(node, card * shape.functions + i);
      } else {
        link("class/mdev_bus/" + name, "../../" + node);
        types(node, card, card * shape.functions + i);
      }
    }
  }

  private void function(String node) throws IOException {
    file(node + "/vendor", "0x10de\n");
    file(node + "/device", "0x2bb5\n");
    file(node + "/class", "0x030000\n");
    Files.createDirectories(root.resolve("bus/pci/drivers/nvidia"));
    link(node + "/driver", "../../../bus/pci/drivers/nvidia");
    String name = node.substring(node.lastIndexOf('/') + 1);
    link("bus/pci/devices/" + name, "../../../" + node);
  }

  private void list(String node, int function) throws IOException {
    StringBuilder rows = new StringBuilder("ID    : vGPU Name\n");
    for (int type = 0; type < shape.types; type++) {
      if (shape != Shape.VGPU_LISTS_THAT_DIFFER || type != function % shape.types) {
        int number =
            shape == Shape.VGPU_LISTS_WITHOUT_REPEATS ? function * shape.types + type : type;
        rows.append(
            "%d  : NVIDIA RTX Pro 6000 Blackwell DC-%dQ\n".formatted(1500 + number, number));
      }
    }
    file(node + "/nvidia/creatable_vgpu_types", rows.toString());
    file(node + "/nvidia/current_vgpu_type", "0\n");
  }

  private void types(String node, int card, int function) throws IOException {
    for (int type = 0; type < shape.types; type++) {
      String directory = node + "/mdev_supported_types/nvidia-" + (1000 + type);
      file(directory + "/name", "GRID A40-" + type + "Q\n");
      file(directory + "/device_api", "vfio-pci\n");
      int instances = shape == Shape.MDEV_TYPES_OF_MANY_VFS ? function : 1;
      file(directory + "/available_instances", instances + "\n");
      if (shape.description > 0) {
        String words = "card %d, type %d: ".formatted(card, type);
        file(directory + "/description", words + "x".repeat(shape.description - words.length()));
      }
    }
  }

  private void file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void link(String path, String target) throws IOException {
    Path link = root.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }
}
