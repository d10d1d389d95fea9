package io.fleetcompat.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The directory in which a device lists the mdev types that it offers, and the problem of an empty
 * one. Pure.
 */
public final class MdevTypeList {

  /** Its name below the device. */
  public static final String DIRECTORY = "mdev_supported_types";

  /** The problem of a device whose driver offers mediated devices, and lists no type of them. */
  public static final String EMPTY = "expected types of mediated devices, found none";

  private MdevTypeList() {}

  /** The device whose list is empty, where that is what a problem says. */
  public static Optional<String> emptyParent(String path, String detail) {
    int end = path.length() - DIRECTORY.length() - 1;
    return end > 0 && detail.equals(EMPTY) && path.endsWith("/" + DIRECTORY)
        ? Optional.of(path.substring(path.lastIndexOf('/', end - 1) + 1, end))
        : Optional.empty();
  }

  /** The words to add to what a host does not offer: which devices of it have empty lists. */
  public static String words(Collection<String> emptyParents) {
    List<String> named = emptyParents.stream().distinct().sorted().limit(2).toList();
    int more = (int) emptyParents.stream().distinct().count() - named.size();
    return named.isEmpty()
        ? ""
        : "; the %s of %s%s is empty"
            .formatted(
                DIRECTORY,
                String.join(" and of ", named),
                more > 0 ? " and of " + more + " more" : "");
  }
}
