package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.Related;
import io.fleetcompat.schemas.DocumentSize;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Profiles of endpoints, and the values that are laid over answers, as they were lately computed:
 * most endpoints of a fleet are like many others. It only saves work; what it forgets is computed
 * again. Threads: any.
 */
public final class KnownProfiles {

  /** Most that are kept; what was not asked for the longest goes first. */
  static final int MOST = 2048;

  /**
   * Endpoints that are made of more than this are rare, and not kept: memory is bounded by both.
   */
  static final int MOST_BYTES = 4096;

  private final Function<Endpoint, Profile> compute;
  private final LinkedHashMap<Content, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * The parts that are made of an endpoint's content.
   *
   * @param dynamic values that are laid over answers
   */
  record Known(Profile profile, SortedMap<String, String> dynamic) {}

  /** All of an endpoint that its profile is made of: not its name. */
  private record Content(
      EndpointKind kind,
      Optional<String> mdevType,
      Attributes own,
      Attributes type,
      Attributes pci,
      Related related,
      Optional<String> driverVersion,
      Attributes hostFacts) {

    static Content of(Endpoint endpoint) {
      return new Content(
          endpoint.kind(),
          endpoint.mdevType(),
          endpoint.own(),
          endpoint.type(),
          endpoint.pci(),
          endpoint.related(),
          endpoint.driver().flatMap(Driver::version),
          endpoint.host().facts());
    }
  }

  public KnownProfiles() {
    this(Profile::of);
  }

  KnownProfiles(Function<Endpoint, Profile> compute) {
    this.compute = compute;
  }

  /**
   * The endpoint's profile and values: those of {@link Profile#of} and {@link ObligationValues}.
   */
  Known of(Endpoint endpoint) {
    if (!isSmall(endpoint)) {
      return make(endpoint);
    }
    Content content = Content.of(endpoint);
    Known found = find(content);
    if (found != null) {
      return found;
    }
    Known made = make(endpoint);
    keep(content, made);
    return made;
  }

  private Known make(Endpoint endpoint) {
    return new Known(compute.apply(endpoint), ObligationValues.of(endpoint));
  }

  private static boolean isSmall(Endpoint endpoint) {
    long bytes = DocumentSize.of(endpoint.host().facts());
    for (Attributes content : endpoint.contents()) {
      bytes += DocumentSize.of(content);
    }
    return bytes <= MOST_BYTES;
  }

  synchronized int size() {
    return known.size();
  }

  private synchronized @Nullable Known find(Content content) {
    return known.get(content);
  }

  private synchronized void keep(Content content, Known made) {
    known.put(content, made);
    if (known.size() > MOST) {
      known.pollFirstEntry();
    }
  }
}
