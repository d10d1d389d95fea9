package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The endpoints that a pack is about.
 *
 * @param drivers patterns of names; empty for any driver, and none
 * @param notBound names of drivers that hold the same function before it is bound to VFIO
 * @param where further conditions; where a value is missing, they do not hold
 */
public record PackMatch(
    Set<DeviceKind> kinds, List<Glob> drivers, List<String> notBound, Condition where) {

  public PackMatch {
    kinds = Set.copyOf(kinds);
    drivers = List.copyOf(drivers);
    notBound = List.copyOf(notBound);
  }

  /**
   * Whether an endpoint is one of them.
   *
   * @param driver empty where no driver holds it
   */
  public boolean fits(DeviceKind kind, String driver, Function<String, Parsed<String>> values) {
    return fits(kind, driver) && where.holds(values) == Condition.Holds.YES;
  }

  /**
   * True where it is not known whether an endpoint is one of them: kind and driver fit, and a value
   * that decides is missing.
   */
  public boolean mayFit(DeviceKind kind, String driver, Function<String, Parsed<String>> values) {
    return fits(kind, driver) && where.holds(values) == Condition.Holds.UNKNOWN;
  }

  /**
   * The address whose value is missing, where {@link #mayFit}: of several the one whose lack is
   * worst.
   */
  public String missing(Function<String, Parsed<String>> values) {
    if (new Exemption(List.of(where)).at(values) instanceof Exempted.Open open) {
      return open.address();
    }
    throw new IllegalStateException("expected a missing value in " + where);
  }

  private boolean fits(DeviceKind kind, String driver) {
    return kinds.contains(kind) && (drivers.isEmpty() || isDriver(driver));
  }

  private boolean isDriver(String name) {
    for (Glob driver : drivers) {
      if (driver.matches(name)) {
        return true;
      }
    }
    return false;
  }

  /** True where it names that driver itself, and not by a pattern. */
  public boolean names(String driver) {
    return namedDrivers().contains(driver);
  }

  /** True where that driver holds such a function before VFIO does. */
  public boolean isNotBound(String driver) {
    return notBound.contains(driver);
  }

  /** The drivers that it names without {@code *} and {@code ?}. */
  List<String> namedDrivers() {
    return drivers.stream().filter(Glob::isExact).map(Glob::pattern).toList();
  }

  /** True where all that another fits, of a kind and a driver, this fits too. */
  boolean covers(PackMatch other, DeviceKind kind, String driver) {
    return fits(kind, driver) && other.where.isWithin(where);
  }

  /** Its narrowness: of two packs that fit, the one with more counts. */
  int narrowness() {
    boolean exact = !drivers.isEmpty() && drivers.stream().allMatch(Glob::isExact);
    return (exact ? 1000 : drivers.isEmpty() ? 0 : 500) + where.values().size();
  }
}
