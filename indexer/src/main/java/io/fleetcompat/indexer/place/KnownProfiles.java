package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.Related;
import io.fleetcompat.schemas.DocumentSize;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Profiles of endpoints as they were lately computed: most endpoints of a fleet are like many
 * others. It only saves work; what it forgets is computed again. Threads: any.
 */
public final class KnownProfiles {

  /** Most that are kept; what was not asked for the longest goes first. */
  static final int MOST = 2048;

  /**
   * Endpoints that are made of more than this are rare, and not kept: memory is bounded by both.
   */
  static final int MOST_BYTES = 4096;

  private final Function<Endpoint, Profile> compute;
  private final LinkedHashMap<Content, Profile> known = new LinkedHashMap<>(16, 0.75f, true);

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

  /** The endpoint's profile, which is that of {@link Profile#of}. */
  Profile of(Endpoint endpoint) {
    if (!isSmall(endpoint)) {
      return compute.apply(endpoint);
    }
    Content content = Content.of(endpoint);
    Profile found = find(content);
    if (found != null) {
      return found;
    }
    Profile profile = compute.apply(endpoint);
    keep(content, profile);
    return profile;
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

  private synchronized @Nullable Profile find(Content content) {
    return known.get(content);
  }

  private synchronized void keep(Content content, Profile profile) {
    known.put(content, profile);
    if (known.size() > MOST) {
      known.pollFirstEntry();
    }
  }
}
