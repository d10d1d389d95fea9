package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.DocumentSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parent whose types are being added: they are by their own names alone. For one thread. */
final class OpenParent {

  private final String name;
  private final long nameBytes;
  private final SortedMap<EndpointName, Endpoint> types = new TreeMap<>();
  private final SortedMap<String, Integer> numbers = new TreeMap<>();
  private long bytes;

  OpenParent(String name) {
    this.name = name;
    this.nameBytes = DocumentSize.of(EndpointName.encode(name));
  }

  String name() {
    return name;
  }

  /** The bytes of the document that its types take, each under its whole name. */
  long bytes() {
    return bytes;
  }

  /** Puts a type; true where none of that name was there. */
  boolean put(Endpoint type) {
    Endpoint before = types.put(type.name(), type);
    bytes += size(type) - (before == null ? 0 : size(before));
    return before == null;
  }

  private long size(Endpoint type) {
    return DocumentSize.of(type) + nameBytes;
  }

  Optional<Endpoint> find(String type) {
    return Optional.ofNullable(types.get(EndpointName.device(type)));
  }

  void remove(String type) {
    Endpoint before = types.remove(EndpointName.device(type));
    bytes -= before == null ? 0 : size(before);
    numbers.remove(type);
  }

  /** Sets the number of a type; its name is the one that all parents share. */
  void setCapacity(String type, int instances) {
    numbers.put(find(type).map(known -> known.name().name()).orElse(type), instances);
  }

  void removeCapacity(String type) {
    numbers.remove(type);
  }

  /** Sorted by name. */
  List<Endpoint> types() {
    return List.copyOf(types.values());
  }

  Map<String, Integer> numbers() {
    return numbers;
  }
}
