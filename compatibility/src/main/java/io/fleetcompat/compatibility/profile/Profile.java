package io.fleetcompat.compatibility.profile;

import io.fleetcompat.compatibility.inventory.Endpoint;
import java.util.Optional;

/** All that a verdict may depend on. (Skeleton: the facets come with the next commit.) */
public record Profile(
    String canonical, Fingerprint fingerprint, boolean type, Optional<String> mdevType) {

  /** The profile of an endpoint. Never fails: what is malformed becomes part of the profile. */
  public static Profile of(Endpoint endpoint) {
    throw new IllegalStateException("skeleton: " + endpoint);
  }

  /**
   * Reads a canonical form back.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static Profile parse(String canonical) {
    throw new IllegalArgumentException("skeleton: " + canonical);
  }
}
