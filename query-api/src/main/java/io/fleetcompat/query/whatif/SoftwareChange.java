package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.whatif.HypotheticalChange.DriverVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The other profiles that a change gives to endpoints: each profile is edited once. One thread.
 *
 * <p>A version of a driver, or of the kernel, is wherever a profile holds it: a driver's in the
 * attributes that have its module's version, the kernel's in those that have the host's release. A
 * string that only the driver understands is another one under another version or driver, and under
 * another kernel unless the driver is known to have a version of its own: nobody has seen it.
 */
final class SoftwareChange {

  private final HypotheticalChange change;
  private final ProfileFacts facts;
  private final Map<From, Profile> edited = new HashMap<>();

  /** All that another profile follows from. */
  private record From(int slot, Optional<String> kernel) {}

  SoftwareChange(HypotheticalChange change, ProfileFacts facts) {
    this.change = change;
    this.facts = facts;
  }

  /** The profile that an endpoint of a host would have; empty where nobody knows the one it has. */
  Optional<Profile> edited(int slot, Host host) {
    From from =
        new From(slot, change.kernel().isEmpty() ? Optional.empty() : host.placed().kernel());
    Profile known = edited.get(from);
    if (known == null) {
      known = facts.profile(slot).map(profile -> edit(profile, from.kernel())).orElse(null);
      if (known != null) {
        edited.put(from, known);
      }
    }
    return Optional.ofNullable(known);
  }

  private Profile edit(Profile profile, Optional<String> kernel) {
    if (!fits(profile)) {
      return profile;
    }
    SortedMap<String, Attribute> edits = edits(profile, kernel);
    Profile edited = EditedProfile.of(profile, edits);
    String driver = ProfileFacts.driverOf(edited);
    if (!driver.equals(ProfileFacts.driverOf(profile))
        && !edits.containsKey(OpaqueVersion.MIGRATION_VERSION)) {
      Attribute unseen =
          EditedProfile.unseenString(profile, driver.isEmpty() ? "no driver" : driver);
      return unseen instanceof Attribute.Absent
          ? edited
          : EditedProfile.of(edited, Map.of(OpaqueVersion.MIGRATION_VERSION, unseen));
    }
    return edited;
  }

  private SortedMap<String, Attribute> edits(Profile profile, Optional<String> kernel) {
    SortedMap<String, Attribute> changes = new TreeMap<>();
    if (kernel.isPresent() && change.kernel().isPresent()) {
      EditedProfile.versionsEqualTo(profile, kernel.get())
          .forEach(name -> changes.put(name, new Attribute.Text(change.kernel().get())));
    }
    change
        .kernel()
        .filter(release -> comesWithKernel(profile, kernel) && !kernel.equals(change.kernel()))
        .map(release -> EditedProfile.unseenString(profile, release))
        .filter(unseen -> !(unseen instanceof Attribute.Absent))
        .ifPresent(unseen -> changes.put(OpaqueVersion.MIGRATION_VERSION, unseen));
    change
        .driver()
        .filter(driver -> ProfileFacts.driverOf(profile).equals(driver.module()))
        .ifPresent(driver -> upgrade(profile, driver, changes));
    changes.putAll(change.attributes());
    return changes;
  }

  /** True where the driver may be of the kernel: nothing says that it has a version of its own. */
  private static boolean comesWithKernel(Profile profile, Optional<String> kernel) {
    return EditedProfile.moduleVersion(profile)
        .filter(own -> !kernel.equals(Optional.of(own)))
        .isEmpty();
  }

  private static void upgrade(
      Profile profile, DriverVersion driver, SortedMap<String, Attribute> changes) {
    SortedSet<String> held = EditedProfile.driverVersions(profile);
    held.forEach(name -> changes.put(name, new Attribute.Text(driver.version())));
    SortedMap<String, String> values = EditedProfile.values(profile);
    boolean isAnother =
        held.isEmpty()
            || held.stream().anyMatch(name -> !driver.version().equals(values.get(name)));
    Attribute unseen = EditedProfile.unseenString(profile, driver.version());
    if (isAnother && !(unseen instanceof Attribute.Absent)) {
      changes.put(OpaqueVersion.MIGRATION_VERSION, unseen);
    }
  }

  private boolean fits(Profile profile) {
    Optional<String> driver = change.endpoints().driver();
    Optional<String> type = change.endpoints().type();
    return driver.filter(name -> !ProfileFacts.driverOf(profile).equals(name)).isEmpty()
        && (type.isEmpty() || type.equals(Likeness.of(profile).type()));
  }

  /**
   * Refuses a change of which some part can be made nowhere: it is more likely a slip than meant.
   *
   * @throws ImpossibleChangeException saying what there is
   */
  void require(List<Host> hosts) {
    Set<Integer> slots = new TreeSet<>();
    for (Host host : hosts) {
      EndpointTable endpoints = host.placed().endpoints();
      for (int i = 0; i < endpoints.size(); i++) {
        slots.add(endpoints.slot(i));
      }
    }
    List<Profile> known =
        slots.stream().flatMap(slot -> facts.profile(slot).stream()).filter(this::fits).toList();
    if (known.isEmpty() && changesEndpoints()) {
      throw new ImpossibleChangeException(
          "endpoints: expected a driver or type that an endpoint of the selected hosts has, found"
              + " none; their drivers are: "
              + HostSelection.named(drivers(hosts)));
    }
    change.attributes().forEach((name, value) -> requirePlace(name, value, known));
    change.driver().ifPresent(driver -> requireVersions(driver, known, hosts));
  }

  private boolean changesEndpoints() {
    return !change.attributes().isEmpty() || change.driver().isPresent();
  }

  private SortedSet<String> drivers(List<Host> hosts) {
    SortedSet<String> drivers = new TreeSet<>();
    hosts.forEach(host -> drivers.addAll(facts.drivers(host)));
    return drivers;
  }

  private static void requirePlace(String name, Attribute value, List<Profile> known) {
    boolean isAnywhere =
        known.stream()
            .anyMatch(
                profile ->
                    EditedProfile.values(profile).containsKey(name)
                        || !EditedProfile.of(profile, Map.of(name, value)).equals(profile));
    if (!isAnywhere) {
      SortedSet<String> names = new TreeSet<>();
      known.forEach(profile -> names.addAll(EditedProfile.values(profile).keySet()));
      names.removeIf(each -> !EditedProfile.isAttribute(each));
      throw new ImpossibleChangeException(
          "%s: expected an attribute that an endpoint of the selected hosts %s, found %s; they have:"
                  .formatted(
                      value instanceof Attribute.Absent ? "unset" : "set",
                      value instanceof Attribute.Absent ? "has" : "can have",
                      Quoted.of(name))
              + " "
              + String.join(", ", names));
    }
  }

  private void requireVersions(DriverVersion driver, List<Profile> known, List<Host> hosts) {
    List<Profile> ofDriver =
        known.stream()
            .filter(profile -> ProfileFacts.driverOf(profile).equals(driver.module()))
            .toList();
    if (ofDriver.isEmpty()) {
      throw new ImpossibleChangeException(
          "driver.module: expected a driver of the selected hosts, found %s; there is: %s"
              .formatted(Quoted.of(driver.module()), HostSelection.named(drivers(hosts))));
    }
    if (ofDriver.stream().noneMatch(SoftwareChange::holdsVersion)) {
      throw new ImpossibleChangeException(
          "driver.version: expected endpoints that hold the version of %s, found none that says"
                  .formatted(Quoted.of(driver.module()))
              + " which of its values that is; set them by name (set)");
    }
  }

  private static boolean holdsVersion(Profile profile) {
    return !EditedProfile.driverVersions(profile).isEmpty()
        || profile.facet(OpaqueVersion.class).isPresent();
  }
}
