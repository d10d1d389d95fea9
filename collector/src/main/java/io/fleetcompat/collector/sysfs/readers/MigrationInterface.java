package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.DirectoryEntries;
import io.fleetcompat.collector.sysfs.Listing;
import io.fleetcompat.collector.sysfs.Look;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.CompatibleDirectory;
import io.fleetcompat.inventory.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every spelling of the migration interface below a node: {@code migration/self} and {@code
 * migration/compatible} as directories or files, {@code migration_compatible}, {@code
 * migration_version} (older: {@code version}).
 */
final class MigrationInterface {

  private static final String MIGRATION = "migration";
  private static final List<String> SIDES = List.of("self", "compatible");

  private MigrationInterface() {}

  /**
   * The attributes of the interface, by path below the node.
   *
   * @param oldSpelling whether {@code version} counts too, as on types and mdev devices
   */
  static SortedMap<String, Attribute> read(Scan scan, Node node, boolean oldSpelling) {
    SortedMap<String, Attribute> found = new TreeMap<>();
    List<String> versions =
        oldSpelling ? List.of("migration_version", "version") : List.of("migration_version");
    found.putAll(scan.read(node, versions));
    found.putAll(scan.readLists(node, List.of("migration_compatible"), Bounds.FILE_BYTES));
    switch (scan.look(node, MIGRATION)) {
      case Look.Into(Node migration) -> readSides(scan, migration, found);
      case Look.Nothing _ -> {
        if (scan.isFile(node, MIGRATION)) {
          String detail = "expected a directory, found a file";
          scan.problem(node.at(MIGRATION), ProblemCode.MALFORMED, detail);
          SIDES.forEach(side -> found.put(MIGRATION + "/" + side, new Attribute.Malformed(detail)));
        }
      }
      case Look.Barred(Attribute why) ->
          SIDES.forEach(side -> found.put(MIGRATION + "/" + side, why));
    }
    return found;
  }

  private static void readSides(Scan scan, Node migration, SortedMap<String, Attribute> found) {
    scan.readLists(migration, SIDES, Bounds.FILE_BYTES)
        .forEach((side, attribute) -> found.put("migration/" + side, attribute));
    if (found.get("migration/self") instanceof Attribute.Directory) {
      enter(scan, migration, "self", "migration/self", found)
          .ifPresent(node -> readAttributes(scan, node, "migration/self", found));
    }
    if (found.get("migration/compatible") instanceof Attribute.Directory) {
      enter(scan, migration, "compatible", "migration/compatible", found)
          .ifPresent(node -> readAlternatives(scan, node, "migration/compatible", found));
    }
  }

  /** Reads alternatives; directories of other names mean nothing. */
  private static void readAlternatives(
      Scan scan, Node node, String path, SortedMap<String, Attribute> found) {
    for (DirectoryEntries.Entry directory : readFiles(scan, node, path, found)) {
      String name = directory.name();
      if (CompatibleDirectory.isAlternative(name)) {
        found.put(path + "/" + name, Attribute.DIRECTORY);
        enter(scan, node, name, path + "/" + name, found)
            .ifPresent(child -> readAttributes(scan, child, path + "/" + name, found));
      }
    }
  }

  /** A directory in place of an attribute is not what it should be, and nothing to be dropped. */
  private static void readAttributes(
      Scan scan, Node node, String path, SortedMap<String, Attribute> found) {
    for (DirectoryEntries.Entry directory : readFiles(scan, node, path, found)) {
      String below = path + "/" + directory.name();
      found.put(below, Attribute.DIRECTORY);
      scan.problem(
          node.at(directory.name()),
          ProblemCode.MALFORMED,
          "expected an attribute, found a directory");
    }
  }

  /** A directory that cannot be looked into is not an empty one: the reason stands for it. */
  private static Optional<Node> enter(
      Scan scan, Node node, String name, String path, SortedMap<String, Attribute> found) {
    return switch (scan.look(node, name)) {
      case Look.Into(Node child) -> Optional.of(child);
      case Look.Nothing _ -> Optional.empty();
      case Look.Barred(Attribute why) -> {
        found.put(path, why);
        yield Optional.empty();
      }
    };
  }

  /** Reads the files of a directory; gives its directories, whatever their names are. */
  private static List<DirectoryEntries.Entry> readFiles(
      Scan scan, Node node, String path, SortedMap<String, Attribute> found) {
    Listing listing = scan.list(node);
    listing.failure().ifPresent(failure -> found.put(path, failure));
    List<DirectoryEntries.Entry> directories = new ArrayList<>();
    for (DirectoryEntries.Entry entry : listing.misnamed()) {
      if (entry.isDirectory()) {
        directories.add(entry);
      } else {
        found.put(path + "/" + entry.name(), Listing.misnamedAttribute());
      }
    }
    SortedMap<String, Attribute> read =
        scan.readLists(node, listing.names(), Bounds.ATTRIBUTE_BYTES);
    for (DirectoryEntries.Entry entry : listing.entries()) {
      Attribute attribute = read.getOrDefault(entry.name(), Attribute.ABSENT);
      switch (attribute) {
        case Attribute.Directory _ -> directories.add(entry);
        case Attribute.Absent _ -> {}
        case Attribute.Text _, Attribute.Malformed _, Attribute.Unreadable _ ->
            found.put(path + "/" + entry.name(), attribute);
      }
    }
    return directories;
  }
}
