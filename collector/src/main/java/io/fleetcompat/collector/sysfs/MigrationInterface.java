package io.fleetcompat.collector.sysfs;

import io.fleetcompat.compatibility.inventory.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every spelling of the migration interface below a node: {@code migration/self} and {@code
 * migration/compatible} as directories or files, {@code migration_compatible}, {@code
 * migration_version} (older: {@code version}).
 */
final class MigrationInterface {

  private static final List<String> SIDES = List.of("self", "compatible");

  private MigrationInterface() {}

  /**
   * By path below the node; {@code oldSpelling}: also {@code version}, on types and mdev devices.
   */
  static SortedMap<String, Attribute> read(Scan scan, Node node, boolean oldSpelling) {
    SortedMap<String, Attribute> found = new TreeMap<>();
    List<String> versions =
        oldSpelling ? List.of("migration_version", "version") : List.of("migration_version");
    found.putAll(scan.read(node, versions));
    found.putAll(scan.read(node, List.of("migration_compatible"), Bounds.FILE_BYTES));
    if (scan.exists(node, "migration")) {
      scan.child(node, "migration").ifPresent(migration -> readSides(scan, migration, found));
    }
    return found;
  }

  private static void readSides(Scan scan, Node migration, SortedMap<String, Attribute> found) {
    scan.read(migration, SIDES, Bounds.FILE_BYTES)
        .forEach((side, attribute) -> found.put("migration/" + side, attribute));
    Attribute self = found.get("migration/self");
    if (self instanceof Attribute.Directory) {
      scan.child(migration, "self")
          .ifPresent(node -> readDirectory(scan, node, "migration/self", found));
    }
    Attribute compatible = found.get("migration/compatible");
    if (compatible instanceof Attribute.Directory) {
      scan.child(migration, "compatible")
          .ifPresent(node -> readAlternatives(scan, node, "migration/compatible", found));
    }
  }

  private static void readAlternatives(
      Scan scan, Node node, String path, SortedMap<String, Attribute> found) {
    for (String name : readDirectory(scan, node, path, found)) {
      if (isNumber(name)) {
        found.put(path + "/" + name, Attribute.DIRECTORY);
        scan.child(node, name)
            .ifPresent(child -> readDirectory(scan, child, path + "/" + name, found));
      }
    }
  }

  /** Reads the files of a directory; gives the names of its directories. */
  private static List<String> readDirectory(
      Scan scan, Node node, String path, SortedMap<String, Attribute> found) {
    Scan.Listing listing = scan.list(node);
    listing.failure().ifPresent(failure -> found.put(path, failure));
    List<String> directories = new ArrayList<>();
    scan.read(node, listing.names())
        .forEach(
            (name, attribute) -> {
              if (attribute instanceof Attribute.Directory) {
                directories.add(name);
              } else {
                found.put(path + "/" + name, attribute);
              }
            });
    return directories;
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
