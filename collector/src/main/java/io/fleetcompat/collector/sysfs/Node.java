package io.fleetcompat.collector.sysfs;

/**
 * A directory of the tree that exists.
 *
 * @param path its real path below the root, without links; empty for the root
 */
public record Node(String path) {

  /** Its own name, such as {@code 0000:3b:00.0}. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public Node parent() {
    int slash = path.lastIndexOf('/');
    return new Node(slash < 0 ? "" : path.substring(0, slash));
  }

  /** The path of something below it. */
  public String at(String below) {
    return path.isEmpty() ? below : path + "/" + below;
  }
}
