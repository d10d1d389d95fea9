package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.avro.EndpointEntryKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The endpoints of a host with the slots of their profiles, in order of name; hosts that are alike
 * share one. Immutable.
 */
public final class EndpointTable {

  private static final EndpointEntryKind[] KINDS = EndpointEntryKind.values();

  private final EndpointShape shape;
  private final int[] slots;

  EndpointTable(EndpointShape shape, int[] slots) {
    this.shape = shape;
    this.slots = slots;
  }

  /** A kind as tables hold it. */
  @SuppressWarnings("EnumOrdinal") // within one process only
  static byte kindByte(EndpointEntryKind kind) {
    return (byte) kind.ordinal();
  }

  /** The same endpoints with other profiles. */
  EndpointTable withSlots(IntUnaryOperator change) {
    int[] changed = Arrays.stream(slots).map(change).toArray();
    return Arrays.equals(changed, slots) ? this : new EndpointTable(shape, changed);
  }

  /** Those of the endpoints that are no mdev devices: those are made on their host. */
  EndpointTable withoutMade() {
    int[] kept =
        IntStream.range(0, size()).filter(i -> kind(i) != EndpointEntryKind.MDEV_DEVICE).toArray();
    String[] names = new String[kept.length];
    byte[] kinds = new byte[kept.length];
    for (int i = 0; i < kept.length; i++) {
      names[i] = name(kept[i]);
      kinds[i] = shape.kinds()[kept[i]];
    }
    return new EndpointTable(
        new EndpointShape(names, kinds), Arrays.stream(kept).map(this::slot).toArray());
  }

  public int size() {
    return slots.length;
  }

  public String name(int index) {
    return shape.names()[index];
  }

  /** The names of all, sorted; not to be changed. */
  public List<String> names() {
    return Collections.unmodifiableList(Arrays.asList(shape.names()));
  }

  public EndpointEntryKind kind(int index) {
    return KINDS[shape.kinds()[index]];
  }

  /** True where it is a type, of which instances could be created. */
  public boolean isType(int index) {
    return switch (kind(index)) {
      case MDEV_TYPE, NVIDIA_TYPE -> true;
      case MDEV_DEVICE, PCI_FUNCTION, VIRTIO_DEVICE, PARENT_DEVICE -> false;
    };
  }

  /** The slot of the endpoint's profile. */
  public int slot(int index) {
    return slots[index];
  }

  /** The endpoint's index; negative where there is none of that name. */
  public int find(String name) {
    return Arrays.binarySearch(shape.names(), name);
  }

  /** The slots of all; not to be changed. */
  int[] slots() {
    return slots;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EndpointTable that
        && shape.equals(that.shape)
        && Arrays.equals(slots, that.slots);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(slots);
  }
}
