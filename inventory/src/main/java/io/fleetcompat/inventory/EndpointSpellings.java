package io.fleetcompat.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The endpoints of a host, by whatever people call them: the device as {@link DeviceSpelling} has
 * it, and a type by its id, in either case, or by its name, with or without its brand. For names
 * that no endpoint has exactly. Pure.
 *
 * @param endpoints their names as they are spelled, sorted
 * @param functions PCI functions that are no endpoints but may be named, sorted
 * @param typeNames the name of the type at an index of {@code endpoints}, where it is known
 */
public record EndpointSpellings(
    List<String> endpoints, List<String> functions, IntFunction<Optional<String>> typeNames) {

  private static final Set<String> SYSFS = Set.of("sys", "bus", "class", "devices");
  private static final List<String> BRANDS = List.of("nvidia ", "grid ");

  /**
   * Parses {@code DEVICE}, {@code PARENT/TYPE}, or the path of either in sysfs.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static EndpointName parse(String text) {
    List<String> parts = Stream.of(text.split("/")).filter(part -> !part.isEmpty()).toList();
    if (parts.size() < 3 || !SYSFS.contains(parts.getFirst())) {
      return EndpointName.parse(text);
    }
    int types = parts.indexOf(MdevTypeList.DIRECTORY);
    return types > 0 && types == parts.size() - 2
        ? EndpointName.type(parts.get(types - 1), parts.getLast())
        : EndpointName.device(parts.getLast());
  }

  /** An endpoint with its device as the kernel spells it; whether there is one is not asked. */
  public static EndpointName normal(EndpointName typed) {
    return typed
        .parent()
        .map(parent -> EndpointName.type(DeviceSpelling.of(parent).name(), typed.name()))
        .orElseGet(() -> EndpointName.device(DeviceSpelling.of(typed.name()).name()));
  }

  /** The endpoints that may be meant, as they are spelled: none, one, or several. */
  public List<String> meant(EndpointName typed) {
    DeviceSpelling device = DeviceSpelling.of(typed.parent().orElse(typed.name()));
    List<String> devices = devices(device);
    List<String> found = new ArrayList<>();
    int ofFirst = 0;
    for (String name : devices) {
      if (typed.parent().isPresent()) {
        found.addAll(types(name, typed.name()));
      } else if (isNamed(name)) {
        found.add(EndpointName.encode(name));
      }
      ofFirst = name.equals(device.name()) ? found.size() : ofFirst;
    }
    // What only a device in another domain has is not meant by who named no domain.
    return ofFirst == 0 ? List.of() : found;
  }

  /** The device, and those that it may be in other domains; empty where the device is not there. */
  private List<String> devices(DeviceSpelling device) {
    if (!hasDevice(device.name())) {
      return List.of();
    }
    List<String> all = new ArrayList<>(List.of(device.name()));
    device
        .anyDomain()
        .ifPresent(
            rest -> {
              Set<String> others = new TreeSet<>();
              endpoints.forEach(name -> ofAnyDomain(name, rest).ifPresent(others::add));
              functions.forEach(name -> ofAnyDomain(name, rest).ifPresent(others::add));
              others.remove(device.name());
              all.addAll(others);
            });
    return all;
  }

  /** The device of a name, where that is at an address but for its domain. */
  private static Optional<String> ofAnyDomain(String name, String rest) {
    int colon = name.indexOf(':');
    int end = colon + rest.length();
    boolean same =
        name.startsWith(rest, Math.max(0, colon))
            && (end == name.length() || name.charAt(end) == '/');
    return same ? Optional.of(name.substring(0, end)) : Optional.empty();
  }

  /** True for a device of the host: an endpoint, a function, or what offers types. */
  public boolean hasDevice(String device) {
    return isNamed(device) || !range(device).isEmpty();
  }

  /** The ids of the types that a device of the host offers, sorted. */
  public List<String> typesOf(String device) {
    return range(device).stream()
        .map(index -> EndpointName.parse(endpoints.get(index)).name())
        .toList();
  }

  private boolean isNamed(String device) {
    return has(endpoints, EndpointName.encode(device)) || has(functions, device);
  }

  private static boolean has(List<String> sorted, String name) {
    return Collections.binarySearch(sorted, name) >= 0;
  }

  /** The types of a device. */
  private List<Integer> range(String device) {
    String prefix = EndpointName.encode(device) + "/";
    int found = Collections.binarySearch(endpoints, prefix);
    List<Integer> range = new ArrayList<>();
    for (int i = found < 0 ? -found - 1 : found;
        i < endpoints.size() && endpoints.get(i).startsWith(prefix);
        i++) {
      range.add(i);
    }
    return range;
  }

  private List<String> types(String device, String wanted) {
    String exact = EndpointName.type(device, wanted).toString();
    if (has(endpoints, exact)) {
      return List.of(exact);
    }
    String mdev = DeviceSpelling.of(wanted).name();
    if (DeviceSpelling.isUuid(mdev)) {
      return has(endpoints, mdev) ? List.of(mdev) : List.of();
    }
    String name = withoutBrand(wanted);
    return range(device).stream()
        .filter(
            index ->
                EndpointName.parse(endpoints.get(index)).name().equalsIgnoreCase(wanted)
                    || typeNames
                        .apply(index)
                        .filter(of -> withoutBrand(of).equals(name))
                        .isPresent())
        .map(endpoints::get)
        .toList();
  }

  /** The brand of a vGPU's name changes with the release of its driver; the rest is its type. */
  private static String withoutBrand(String name) {
    String bare = name.strip().toLowerCase(Locale.ROOT);
    for (String brand : BRANDS) {
      if (bare.startsWith(brand)) {
        return bare.substring(brand.length()).strip();
      }
    }
    return bare;
  }
}
