package io.fleetcompat.cli.tree;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.EndpointSpellings;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.settings.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The endpoints of a tree that was read, by whatever people call them. Immutable. */
public final class ReadEndpoints {

  private final EndpointSpellings spellings;

  /** For who has the names alone. */
  public ReadEndpoints(EndpointSpellings spellings) {
    this.spellings = spellings;
  }

  /** Those of a reading, with the names of its types. */
  public static ReadEndpoints of(HostReading reading) {
    return new ReadEndpoints(
        new EndpointSpellings(
            reading.endpoints().stream().map(endpoint -> endpoint.name().toString()).toList(),
            reading.functions(),
            index -> Likeness.of(Profile.of(reading.endpoints().get(index))).typeName()));
  }

  /**
   * The endpoint, or the function, that is meant; empty where there is none.
   *
   * @param option that names it
   * @throws CommandFailure where it may be several: the command was used wrongly
   */
  public Optional<EndpointName> meant(String option, EndpointName typed) {
    if (isThere(typed)) {
      return Optional.of(typed);
    }
    List<String> meant = spellings.meant(typed);
    if (meant.size() > 1) {
      throw CommandFailure.usage(
          "%s: expected a name that only one endpoint has, found %s, which may be %s"
              .formatted(option, typed, String.join(" or ", meant)));
    }
    return meant.stream().findFirst().map(EndpointName::parse);
  }

  private boolean isThere(EndpointName typed) {
    return spellings.endpoints().contains(typed.toString())
        || (typed.parent().isEmpty() && spellings.functions().contains(typed.name()));
  }

  /** The names that are most like one that nothing has. */
  public List<String> likely(EndpointName name, int most) {
    List<String> known = new ArrayList<>(spellings.endpoints());
    known.addAll(spellings.functions());
    return Nearest.several(EndpointSpellings.normal(name).toString(), known, other -> other, most);
  }

  /** True for a device of the tree: an endpoint, a function, or what offers types. */
  public boolean hasDevice(String device) {
    return spellings.hasDevice(device);
  }

  /** The ids of the types that a device of the tree offers. */
  public List<String> typesOf(String device) {
    return spellings.typesOf(device);
  }
}
