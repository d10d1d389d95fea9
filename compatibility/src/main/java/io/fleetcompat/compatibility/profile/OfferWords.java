package io.fleetcompat.compatibility.profile;

import io.fleetcompat.compatibility.facet.DeviceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The words on what a host offers in place of what it does not. Pure. */
public final class OfferWords {

  /** Types of a kind that are named; the number of the others follows. */
  static final int MAX_NAMED = 8;

  private static final String BRAND = "NVIDIA ";

  private OfferWords() {}

  /**
   * A sentence such as {@code hv7 does not offer nvidia-745 as an mdev type; it offers NVIDIA
   * A2-1B, A2-4Q as vendor VFIO types}.
   *
   * @param there the types of the host; those of other vendors are not spoken of
   */
  public static String of(String host, Likeness wanted, Collection<Likeness> there) {
    Map<DeviceKind, SortedSet<String>> offered = new TreeMap<>();
    for (Likeness type : there) {
      if (type.vendor().equals(wanted.vendor()) && type.kind().isPresent()) {
        type.type()
            .ifPresent(
                name ->
                    offered
                        .computeIfAbsent(type.kind().get(), _ -> new TreeSet<>())
                        .add(spelled(type.kind().get(), name)));
      }
    }
    return host + " does not offer " + wanted(wanted) + "; it offers " + words(wanted, offered);
  }

  /**
   * A sentence such as {@code 0000:01:00.0 of hv7 does not offer nvidia-47; it offers nvidia-46}.
   *
   * @param there the types that the device offers
   */
  public static String ofDevice(String device, String host, String wanted, List<String> there) {
    int more = there.size() - MAX_NAMED;
    return "%s of %s does not offer %s; it offers %s%s"
        .formatted(
            device,
            host,
            wanted,
            there.isEmpty()
                ? "no types"
                : String.join(", ", there.subList(0, Math.min(MAX_NAMED, there.size()))),
            more > 0 ? " and " + more + " more" : "");
  }

  private static String wanted(Likeness wanted) {
    String kind = wanted.kind().map(OfferWords::one).orElse("such a device");
    return wanted
        .type()
        .map(type -> wanted.kind().map(of -> spelled(of, type)).orElse(type) + " as " + kind)
        .orElseGet(() -> kind + of(wanted));
  }

  /** The name of a vGPU type as its list has it: its normal form leaves out the brand. */
  private static String spelled(DeviceKind kind, String name) {
    return kind == DeviceKind.NVIDIA_VF && !name.startsWith(BRAND) ? BRAND + name : name;
  }

  private static String of(Likeness wanted) {
    return wanted.vendor().map(vendor -> " of vendor " + vendor).orElse("");
  }

  private static String words(Likeness wanted, Map<DeviceKind, SortedSet<String>> offered) {
    List<String> kinds = new ArrayList<>();
    offered.forEach(
        (kind, names) ->
            kinds.add(names(names) + " as " + (names.size() == 1 ? one(kind) : many(kind))));
    return kinds.isEmpty() ? "no types" + of(wanted) : String.join(", and ", kinds);
  }

  /** The names; a first word that all have, such as NVIDIA, is said once. */
  private static String names(SortedSet<String> names) {
    List<String> named = new ArrayList<>(names.stream().limit(MAX_NAMED).toList());
    Optional<String> word = firstWord(names.getFirst());
    if (word.isPresent() && names.stream().allMatch(name -> name.startsWith(word.get()))) {
      for (int i = 1; i < named.size(); i++) {
        named.set(i, named.get(i).substring(word.get().length()));
      }
    }
    int more = names.size() - named.size();
    return String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
  }

  private static Optional<String> firstWord(String name) {
    int space = name.indexOf(' ');
    return space > 0 ? Optional.of(name.substring(0, space + 1)) : Optional.empty();
  }

  private static String one(DeviceKind kind) {
    return switch (kind) {
      case MDEV -> "an mdev type";
      case PCI -> "a PCI function";
      case NVIDIA_VF -> "a vendor VFIO type";
      case VIRTIO -> "a virtio device";
      case PARENT -> "a parent device";
    };
  }

  private static String many(DeviceKind kind) {
    return switch (kind) {
      case MDEV -> "mdev types";
      case PCI -> "PCI functions";
      case NVIDIA_VF -> "vendor VFIO types";
      case VIRTIO -> "virtio devices";
      case PARENT -> "parent devices";
    };
  }
}
