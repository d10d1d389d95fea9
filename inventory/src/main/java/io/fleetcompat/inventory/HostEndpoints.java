package io.fleetcompat.inventory;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The endpoints of a host, sorted by name. A list of types that several parents offer (the VFs of a
 * card) is kept once, and an endpoint of it is made when it is asked for. Immutable.
 */
public final class HostEndpoints extends AbstractList<Endpoint> implements RandomAccess {

  /** A part of the endpoints, which stand together in their order. */
  public sealed interface Part {

    /** The endpoints of it. */
    int size();

    /** The begin of the names of its endpoints: parts are sorted by it. */
    String prefix();
  }

  /** An endpoint that has no parent. */
  public record Device(Endpoint endpoint) implements Part {

    @Override
    public int size() {
      return 1;
    }

    @Override
    public String prefix() {
      return endpoint.name().toString();
    }
  }

  /**
   * The types that one parent offers.
   *
   * @param types by the names of the types alone, sorted; the same object for all parents of a host
   *     that offer an equal list
   */
  public record Offer(String parent, List<Endpoint> types) implements Part {

    @Override
    public int size() {
      return types.size();
    }

    @Override
    public String prefix() {
      return EndpointName.encode(parent) + "/";
    }

    /** A type under its whole name. */
    Endpoint get(int index) {
      Endpoint type = types.get(index);
      return type.named(EndpointName.type(parent, type.name().name()));
    }
  }

  private final List<Part> parts;

  /** The index after the last endpoint of each part. */
  private final int[] ends;

  private HostEndpoints(List<Part> sorted) {
    this.parts = List.copyOf(sorted);
    this.ends = new int[sorted.size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end = Math.addExact(end, sorted.get(i).size());
      ends[i] = end;
    }
  }

  /** Endpoints under their whole names, in any order. */
  public static HostEndpoints of(Collection<Endpoint> endpoints) {
    if (endpoints instanceof HostEndpoints known) {
      return known;
    }
    List<Endpoint> devices = new ArrayList<>();
    Map<String, List<Endpoint>> types = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      Optional<String> parent = endpoint.name().parent();
      if (parent.isPresent()) {
        types.computeIfAbsent(parent.get(), _ -> new ArrayList<>()).add(alone(endpoint));
      } else {
        devices.add(endpoint);
      }
    }
    types.values().forEach(list -> list.sort(Comparator.comparing(Endpoint::name)));
    return of(devices, types);
  }

  /**
   * Devices, and types by their parents.
   *
   * @param types by the names of the types alone, sorted
   */
  public static HostEndpoints of(
      Collection<Endpoint> devices, Map<String, ? extends List<Endpoint>> types) {
    List<Part> parts = new ArrayList<>();
    devices.forEach(device -> parts.add(new Device(device)));
    Map<List<Endpoint>, List<Endpoint>> lists = new HashMap<>();
    types.forEach(
        (parent, list) -> {
          List<Endpoint> shared = lists.computeIfAbsent(list, List::copyOf);
          if (!shared.isEmpty()) {
            parts.add(new Offer(parent, shared));
          }
        });
    parts.sort(Comparator.comparing(Part::prefix));
    return new HostEndpoints(parts);
  }

  /** A type by its own name alone, as an {@link Offer} has it. */
  public static Endpoint alone(Endpoint type) {
    return type.named(EndpointName.device(type.name().name()));
  }

  /** All parts, in the order of their endpoints. */
  public List<Part> parts() {
    return parts;
  }

  @Override
  public Endpoint get(int index) {
    int found = Arrays.binarySearch(ends, index + 1);
    int part = found < 0 ? -found - 1 : found;
    return switch (parts.get(part)) {
      case Device(Endpoint endpoint) -> endpoint;
      case Offer offer -> offer.get(index - (ends[part] - offer.size()));
    };
  }

  @Override
  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }
}
