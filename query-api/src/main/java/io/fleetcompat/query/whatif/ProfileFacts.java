package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The drivers of a view's profiles and the versions that they hold, each looked up once. One
 * thread.
 */
final class ProfileFacts {

  private final IndexView view;
  private final Map<Integer, Driver> bySlot = new HashMap<>();

  /**
   * The driver of a profile.
   *
   * @param name empty where none is known
   * @param versions that the profile holds of it
   */
  private record Driver(String name, Set<String> versions) {

    static final Driver NONE = new Driver("", Set.of());
  }

  ProfileFacts(IndexView view) {
    this.view = view;
  }

  /** The profile in a slot; empty where its content is not known. */
  Optional<Profile> profile(int slot) {
    return Optional.ofNullable(view.matrix().profile(slot)).map(ProfileEntry::profile);
  }

  /** The names of the drivers that a host's endpoints have. */
  SortedSet<String> drivers(Host host) {
    SortedSet<String> names = new TreeSet<>();
    EndpointTable endpoints = host.placed().endpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      String name = driver(endpoints.slot(i)).name();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /** The versions that a host's endpoints hold of a driver. */
  SortedSet<String> versions(Host host, String driver) {
    SortedSet<String> versions = new TreeSet<>();
    EndpointTable endpoints = host.placed().endpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      Driver of = driver(endpoints.slot(i));
      if (of.name().equals(driver)) {
        versions.addAll(of.versions());
      }
    }
    return versions;
  }

  private Driver driver(int slot) {
    return bySlot.computeIfAbsent(
        slot, _ -> profile(slot).map(ProfileFacts::driver).orElse(Driver.NONE));
  }

  private static Driver driver(Profile profile) {
    SortedMap<String, String> values = EditedProfile.values(profile);
    Set<String> versions = new TreeSet<>();
    EditedProfile.driverVersions(profile)
        .forEach(name -> Optional.ofNullable(values.get(name)).ifPresent(versions::add));
    return new Driver(driverOf(profile), versions);
  }

  /** The name of the driver that holds an endpoint, or its parent; empty where none is known. */
  static String driverOf(Profile profile) {
    return profile.vendorFacts().map(VendorFacts::driverName).orElse("");
  }
}
