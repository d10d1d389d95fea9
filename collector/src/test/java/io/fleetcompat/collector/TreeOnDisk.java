package io.fleetcompat.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sysfs root in a temporary directory, written path by path. */
public record TreeOnDisk(Path root) {

  public TreeOnDisk file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  public TreeOnDisk file(String path, byte[] content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TreeOnDisk directory(String path) {
    try {
      Files.createDirectories(root.resolve(path));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TreeOnDisk link(String path, String target) {
    try {
      Path link = root.resolve(path);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TreeOnDisk fifo(String path) {
    return run("mkfifo", root.resolve(path).toString());
  }

  /** A link whose text is kept as it is: Java's own paths lose a slash at the end. */
  public TreeOnDisk verbatimLink(String path, String target) {
    return run("ln", "-s", target, root.resolve(path).toString());
  }

  public TreeOnDisk mode(String path, String octal) {
    return run("chmod", octal, root.resolve(path).toString());
  }

  /** An mdev parent, a PCI function, as the kernel links it. */
  public TreeOnDisk parent(String bdf) {
    return file("devices/pci0000:00/" + bdf + "/vendor", "0x8086\n")
        .file("devices/pci0000:00/" + bdf + "/device", "0x591d\n")
        .link("bus/pci/devices/" + bdf, "../../../devices/pci0000:00/" + bdf)
        .link("class/mdev_bus/" + bdf, "../../devices/pci0000:00/" + bdf);
  }

  /** An mdev device of a parent, as the kernel links it. */
  public TreeOnDisk device(String bdf, String uuid, String type) {
    String node = "devices/pci0000:00/" + bdf + "/" + uuid;
    return directory(node)
        .link(node + "/mdev_type", "../mdev_supported_types/" + type)
        .link("bus/mdev/devices/" + uuid, "../../../" + node);
  }

  private TreeOnDisk run(String... command) {
    try {
      Files.createDirectories(Path.of(command[command.length - 1]).getParent());
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": status " + status);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
