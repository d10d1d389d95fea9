package io.fleetcompat.inventory;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The extent of a reading: what there may be beside what was read, and what is remembered.
 * Immutable.
 *
 * @param incomplete parents whose list of types may be a part of one, and devices that the kernel
 *     lists and that could not be looked at; and why: a type that such a parent is not known to
 *     offer, and such a device, is unknown, not absent
 * @param refused endpoints, facts and directories that are beyond a bound and so not read
 * @param supportedSince cards whose supported types are remembered, by the name of their function,
 *     and since when
 */
public record Extent(
    SortedMap<String, String> incomplete, int refused, SortedMap<String, Instant> supportedSince) {

  /** The extent of a reading that has all there is, and remembers nothing. */
  public static final Extent WHOLE =
      new Extent(Collections.emptySortedMap(), 0, Collections.emptySortedMap());

  public Extent {
    incomplete = Collections.unmodifiableSortedMap(new TreeMap<>(incomplete));
    supportedSince = Collections.unmodifiableSortedMap(new TreeMap<>(supportedSince));
  }

  /** The cause that an endpoint may be there which is not among those that were read. */
  public Optional<String> mayHide(EndpointName endpoint) {
    return endpoint
        .parent()
        .flatMap(parent -> Optional.ofNullable(incomplete.get(parent)))
        .map(why -> "the list of types is not known to the end: " + why)
        .or(() -> unseen(endpoint))
        .or(this::beyondBounds);
  }

  private Optional<String> unseen(EndpointName endpoint) {
    return endpoint.parent().isEmpty()
        ? Optional.ofNullable(incomplete.get(endpoint.name()))
        : Optional.empty();
  }

  /** The cause that an endpoint of whatever name may be there which was not read. */
  public Optional<String> mayHideAny() {
    return incomplete.isEmpty()
        ? beyondBounds()
        : Optional.of(
            incomplete.entrySet().stream()
                .limit(2)
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; ")));
  }

  /** The cause that any endpoint may be there that was not read. */
  public Optional<String> beyondBounds() {
    return refused == 0
        ? Optional.empty()
        : Optional.of(
            refused
                + " endpoints, facts or directories of the host are beyond a bound, and not read");
  }
}
