package io.fleetcompat.cli.execute;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.simulation.SimulatedHosts.Shown;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A host as the index has it.
 *
 * @param profiles by endpoint
 * @param mdevs the mdev devices
 * @param types of mdev devices with what can be made of each
 * @param devices all that exist
 */
record IndexedHost(
    String name,
    Optional<String> kernel,
    boolean fresh,
    SortedMap<String, String> profiles,
    SortedSet<String> mdevs,
    SortedMap<String, Integer> types,
    SortedSet<String> devices) {

  IndexedHost {
    profiles = Collections.unmodifiableSortedMap(new TreeMap<>(profiles));
    mdevs = Collections.unmodifiableSortedSet(new TreeSet<>(mdevs));
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    devices = Collections.unmodifiableSortedSet(new TreeSet<>(devices));
  }

  static IndexedHost ask(Index index, String name) {
    JsonNode host = index.get("/v1/hosts/" + PercentCode.encode(name), Map.of());
    SortedMap<String, String> profiles = new TreeMap<>();
    SortedSet<String> mdevs = new TreeSet<>();
    SortedMap<String, Integer> types = new TreeMap<>();
    SortedSet<String> devices = new TreeSet<>();
    for (JsonNode endpoint : host.path("endpoints")) {
      String of = endpoint.path("endpoint").asText();
      String kind = endpoint.path("kind").asText();
      profiles.put(of, endpoint.path("profile").asText());
      if (kind.equals("MDEV_TYPE")) {
        types.put(of, endpoint.path("capacity").asInt(-1));
      } else if (kind.equals("MDEV_DEVICE")) {
        mdevs.add(of);
      }
      if (!kind.endsWith("_TYPE")) {
        devices.add(of);
      }
    }
    return new IndexedHost(
        name,
        Optional.of(host.path("kernel").asText("")).filter(kernel -> !kernel.isEmpty()),
        host.path("liveness").asText().equals("FRESH"),
        profiles,
        mdevs,
        types,
        devices);
  }

  /** The difference to what the host's tree shows; empty where there is none. */
  Optional<String> difference(Shown tree) {
    if (!fresh) {
      return Optional.of("expected %s to be heard of, found it silent".formatted(name));
    }
    if (!mdevs.equals(tree.devices())) {
      return Optional.of(
          "expected the devices %s on %s, found %s".formatted(tree.devices(), name, mdevs));
    }
    if (!types.equals(tree.types())) {
      return Optional.of(
          "expected the room %s on %s, found %s".formatted(tree.types(), name, types));
    }
    return Optional.empty();
  }

  /** The difference to what the same host was to become; empty where there is none. */
  Optional<String> difference(IndexedHost before, Prediction change, Optional<String> newKernel) {
    SortedMap<String, String> expected = new TreeMap<>();
    before.profiles.forEach(
        (endpoint, profile) ->
            expected.put(endpoint, change.profiles().getOrDefault(profile, profile)));
    if (!profiles.equals(expected)) {
      SortedMap<String, String> other = new TreeMap<>(expected);
      other.entrySet().removeAll(profiles.entrySet());
      return Optional.of("expected the profiles %s on %s, found others".formatted(other, name));
    }
    if (newKernel.isPresent() && !newKernel.equals(kernel)) {
      return Optional.of(
          "expected the kernel %s on %s, found %s"
              .formatted(newKernel.get(), name, kernel.orElse("none")));
    }
    return Optional.empty();
  }
}
