package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.inventory.Attribute;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change that nobody has made. Pure data.
 *
 * @param selection the hosts that it is about; empty for none, or where only rules change for all
 * @param endpoints of these hosts whose profiles change
 * @param attributes the values that they would have, by name; absent where one is removed
 * @param driver the version that the module of a driver would have
 * @param kernel that the hosts would run
 * @param service what becomes of the hosts beside that
 * @param added hosts that would come
 * @param rules other rules; empty where they stay
 * @param overridesAdded overrides that there would be
 * @param overridesRemoved ids of those that there would be no more
 */
public record HypotheticalChange(
    HostSelection selection,
    EndpointFilter endpoints,
    SortedMap<String, Attribute> attributes,
    Optional<DriverVersion> driver,
    Optional<String> kernel,
    Service service,
    List<AddedHost> added,
    Optional<OtherRules> rules,
    List<RuleOverride> overridesAdded,
    Set<String> overridesRemoved) {

  /** The use of the selected hosts after the change. */
  public enum Service {
    /** They stay as they are. */
    STAY,
    /** They are there, and nothing may go to them. */
    DRAINED,
    /** They are gone. */
    REMOVED
  }

  /** The endpoints of the selected hosts that an attribute is changed of; empty for all. */
  public record EndpointFilter(Optional<String> driver, Optional<String> type) {}

  /** A version of a driver's module. */
  public record DriverVersion(String module, String version) {}

  /**
   * A host that would come.
   *
   * @param like the host that it would be like
   * @param pool empty for that of the host that it is like
   */
  public record AddedHost(String name, String like, Optional<String> pool) {}

  /**
   * Rules that are not in force.
   *
   * @param packs texts of rule packs by file name, over those in force
   * @param options that are chosen, by {@code PACK.OPTION}, over those chosen now
   * @param policies empty for those of now
   */
  public record OtherRules(
      SortedMap<String, String> packs,
      SortedMap<String, String> options,
      Optional<Set<Policy>> policies) {}

  public HypotheticalChange {
    attributes = new TreeMap<>(attributes);
    added = List.copyOf(added);
    overridesAdded = List.copyOf(overridesAdded);
    overridesRemoved = Set.copyOf(overridesRemoved);
  }

  /** The same change with other software. */
  HypotheticalChange withSoftware(
      SortedMap<String, Attribute> otherAttributes,
      Optional<DriverVersion> otherDriver,
      Optional<String> otherKernel) {
    return new HypotheticalChange(
        selection,
        endpoints,
        otherAttributes,
        otherDriver,
        otherKernel,
        service,
        added,
        rules,
        overridesAdded,
        overridesRemoved);
  }

  /** True where something becomes of the selected hosts. */
  boolean isOfHosts() {
    return changesSoftware() || service != Service.STAY;
  }

  /** True where selected hosts would have other profiles. */
  public boolean changesSoftware() {
    return !attributes.isEmpty() || driver.isPresent() || kernel.isPresent();
  }

  /** True where pairs of the same profiles may have other verdicts. */
  boolean isOfRules() {
    return rules.isPresent() || !overridesAdded.isEmpty() || !overridesRemoved.isEmpty();
  }
}
