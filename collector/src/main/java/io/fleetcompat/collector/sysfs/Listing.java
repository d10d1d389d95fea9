package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a directory, sorted by name.
 *
 * @param misnamed what has a name that is not UTF-8, and so cannot be read
 * @param failure what to say of the directory as a whole where it could not be listed completely
 */
public record Listing(
    List<DirectoryEntries.Entry> entries,
    List<DirectoryEntries.Entry> misnamed,
    Optional<Attribute> failure) {

  static final String MISNAMED = "expected a name in UTF-8";

  /** The listing of a directory that is not there. */
  static final Listing NONE = new Listing(List.of(), List.of(), Optional.empty());

  /** The content that is reported for an attribute whose name is not UTF-8. */
  public static Attribute misnamedAttribute() {
    return new Attribute.Malformed(MISNAMED);
  }

  public List<String> names() {
    return entries.stream().map(DirectoryEntries.Entry::name).toList();
  }
}
