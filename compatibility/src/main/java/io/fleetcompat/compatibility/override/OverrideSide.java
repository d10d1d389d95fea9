package io.fleetcompat.compatibility.override;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.Optional;

/**
 * The names by which an override may select one side of a pair.
 *
 * @param profile its fingerprint in hexadecimal
 * @param driver that holds it; empty where none does, or nobody knows
 * @param pool of its host; empty where it is in none
 */
public record OverrideSide(String profile, Optional<String> driver, Optional<String> pool) {

  public static OverrideSide of(Profile profile, Optional<String> pool) {
    Optional<String> driver =
        profile
            .vendorFacts()
            .flatMap(
                facts ->
                    facts.driver() instanceof Parsed.Value<String>(String name)
                        ? Optional.of(name)
                        : Optional.empty());
    return new OverrideSide(profile.fingerprint().toString(), driver, pool);
  }

  /** The name of one kind; empty where it has none. */
  Optional<String> name(OverrideScope.Kind kind) {
    return switch (kind) {
      case PROFILE -> Optional.of(profile);
      case DRIVER -> driver;
      case POOL -> pool;
    };
  }
}
