package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.Map;
import java.util.Optional;

/**
 * A type that a card supports, whether or not an instance can be created now.
 *
 * @param kind {@link EndpointKind#MDEV_TYPE} or {@link EndpointKind#NVIDIA_TYPE}
 * @param id the id of the mdev type, or the number of the vGPU type
 * @param content its attributes as they were read last
 */
public record SupportedType(EndpointKind kind, String id, Attributes content)
    implements Comparable<SupportedType> {

  private static final String NAME = "name";

  public SupportedType {
    if (!kind.isType() || id.isEmpty() || id.length() > EndpointName.MAX_PART) {
      throw new IllegalArgumentException("expected a type with an id, found " + kind + " " + id);
    }
    if (kind == EndpointKind.NVIDIA_TYPE && vgpuName(content).isEmpty()) {
      throw new IllegalArgumentException("expected a vGPU type with a name, found " + content);
    }
  }

  /** A vGPU type of a VF's list. */
  static SupportedType vgpu(String number, String name) {
    Attributes content = Attributes.of(Map.of(NAME, new Attribute.Text(name)));
    return new SupportedType(EndpointKind.NVIDIA_TYPE, number, content);
  }

  /**
   * A type of {@code mdev_supported_types}; empty where not all of it could be read, since what was
   * unreadable once must not stay so.
   */
  static Optional<SupportedType> mdev(String id, Attributes content) {
    boolean usable =
        content.byPath().values().stream()
            .allMatch(a -> a instanceof Attribute.Text || a instanceof Attribute.Directory);
    return usable
        ? Optional.of(new SupportedType(EndpointKind.MDEV_TYPE, id, content))
        : Optional.empty();
  }

  /** The name of a vGPU type, or the id of an mdev type: what its endpoints are called. */
  String name() {
    return vgpuName(content).filter(_ -> kind == EndpointKind.NVIDIA_TYPE).orElse(id);
  }

  private static Optional<String> vgpuName(Attributes content) {
    return content.get(NAME) instanceof Attribute.Text(String name)
            && !name.isEmpty()
            && name.length() <= EndpointName.MAX_PART
        ? Optional.of(name)
        : Optional.empty();
  }

  /** The endpoint that it is on one parent. */
  Endpoint on(String parent, Attributes pci) {
    return new Endpoint(
        EndpointName.type(parent, name()),
        kind,
        kind == EndpointKind.MDEV_TYPE ? Optional.of(id) : Optional.empty(),
        content,
        Attributes.NONE,
        pci);
  }

  /** The characters that it takes where it is kept, about. */
  long size() {
    long size = id.length();
    for (Map.Entry<String, Attribute> entry : content.byPath().entrySet()) {
      size += entry.getKey().length();
      size += entry.getValue() instanceof Attribute.Text(String value) ? value.length() : 0;
    }
    return size;
  }

  /** Types are the same by kind and id, whatever they are called. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SupportedType that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public int compareTo(SupportedType other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }
}
