package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attribute.Text;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The naive rules of {@code type-attributes} (docs/rules.md 3.1). */
final class NaiveTypeAttributes {

  /** The device APIs of the kernel. */
  static final Set<String> APIS =
      Set.of("vfio-pci", "vfio-platform", "vfio-amba", "vfio-ccw", "vfio-ap");

  private NaiveTypeAttributes() {}

  /** The type's directory: a device has the facet of its mdev_type. */
  static Attributes type(Endpoint endpoint) {
    return switch (endpoint.kind()) {
      case MDEV_TYPE -> endpoint.own();
      case MDEV_DEVICE -> endpoint.type();
      case PCI_FUNCTION, VIRTIO_DEVICE, PARENT_DEVICE, NVIDIA_TYPE -> Attributes.NONE;
    };
  }

  static boolean present(Endpoint endpoint) {
    Attributes type = type(endpoint);
    return NaiveJudge.there(type.get("software_version")) || !fields(type).isEmpty();
  }

  static void judge(Endpoint source, Endpoint destination, Set<NaivePolicy> policies, Findings to) {
    resources(source, destination, to);
    if (NaiveJudge.unseenType(destination)) {
      boolean other =
          source.mdevType().isPresent()
              && destination.mdevType().isPresent()
              && !source.mdevType().equals(destination.mdevType());
      if (other && !policies.contains(NaivePolicy.CROSS_TYPE)) {
        to.incompatible("mdev-type");
      } else {
        to.unknown("mdev-type");
      }
      return;
    }
    if (!present(destination)) {
      NaiveJudge.missing("facet-missing", false, destination, to);
      return;
    }
    mdevType(source, destination, policies, to);
    deviceApi(type(source), type(destination), to);
    version(type(source), type(destination), to);
    SortedSet<String> fields = fields(type(source));
    fields.addAll(fields(type(destination)));
    for (String field : fields) {
      if (!field.equals("compatible_type")) {
        values(type(source).get(field), type(destination).get(field), to);
      }
    }
  }

  /** The values of a device's dynamic resources. */
  static SortedMap<String, String> resourceValues(Endpoint source) {
    SortedMap<String, String> values = new TreeMap<>();
    if (!source.kind().isType() && present(source)) {
      for (String name : resourceList(source)) {
        resourceValue(source.own(), name).ifPresent(value -> values.put(name, value));
      }
    }
    return values;
  }

  private static void resources(Endpoint source, Endpoint destination, Findings to) {
    SortedMap<String, String> values = resourceValues(source);
    SortedSet<String> listed =
        present(destination) ? resourceList(destination) : new TreeSet<String>();
    for (String name : resourceList(source)) {
      to.obligation(name, Optional.ofNullable(values.get(name)));
      if (!listed.contains(name)) {
        to.warning("claim-would-fail", name);
      }
    }
  }

  private static Optional<String> resourceValue(Attributes own, String name) {
    if (own.get(name) instanceof Text(String value)) {
      return Optional.of(value);
    }
    return own.byPath().entrySet().stream()
        .filter(e -> e.getKey().matches("(?s)[^/]+/" + Pattern.quote(name)))
        .filter(e -> !e.getKey().startsWith("migration/"))
        .flatMap(e -> e.getValue() instanceof Text(String v) ? Stream.of(v) : Stream.empty())
        .findFirst();
  }

  private static SortedSet<String> resourceList(Endpoint endpoint) {
    // Malformed is read as empty (docs/rules.md 7).
    if (type(endpoint).get("dynamic_resources") instanceof Text(String value)
        && names(value).stream().allMatch(NaiveTypeAttributes::isName)) {
      return names(value);
    }
    return new TreeSet<>();
  }

  private static boolean isName(String name) {
    return !name.equals(".") && !name.equals("..") && !name.matches("(?s).*[/\\p{Cntrl}].*");
  }

  private static SortedSet<String> names(String value) {
    SortedSet<String> names = new TreeSet<>();
    for (String name : value.split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private static void mdevType(
      Endpoint source, Endpoint destination, Set<NaivePolicy> policies, Findings to) {
    if (source.mdevType().isEmpty() || destination.mdevType().isEmpty()) {
      to.unknown("mdev-type");
      return;
    }
    if (source.mdevType().equals(destination.mdevType())) {
      return;
    }
    if (!policies.contains(NaivePolicy.CROSS_TYPE)) {
      to.incompatible("mdev-type");
      return;
    }
    switch (type(destination).get("compatible_type")) {
      case Text(String value) -> {
        if (!names(value).contains(source.mdevType().get())) {
          to.incompatible("mdev-type");
        }
      }
      case Attribute.Absent absent -> to.incompatible("mdev-type");
      case Attribute.Directory directory -> to.unknown("mdev-type");
      case Attribute.Malformed malformed -> to.unknown("mdev-type");
      case Attribute.Unreadable unreadable -> to.unknown("mdev-type");
    }
  }

  private static void deviceApi(Attributes source, Attributes destination, Findings to) {
    Optional<String> from = api(source.get("device_api"));
    Optional<String> at = api(destination.get("device_api"));
    if (from.isEmpty() || at.isEmpty()) {
      to.unknown("device-api");
    } else if (!from.equals(at)) {
      to.incompatible("device-api");
    }
  }

  private static Optional<String> api(Attribute attribute) {
    return attribute instanceof Text(String value)
        ? Optional.of(NaiveValue.normal(value)).filter(APIS::contains)
        : Optional.empty();
  }

  private static void version(Attributes source, Attributes destination, Findings to) {
    Attribute from = source.get("software_version");
    Attribute at = destination.get("software_version");
    if (!NaiveJudge.there(from) && !NaiveJudge.there(at)) {
      return;
    }
    if (!(from instanceof Text(String s) && s.matches("[0-9]+\\.[0-9]+(\\.[0-9]+)?"))
        || !(at instanceof Text(String d) && d.matches("[0-9]+\\.[0-9]+(\\.[0-9]+)?"))) {
      boolean lacking = isVersionOrNothing(from) && isVersionOrNothing(at);
      if (lacking) {
        to.lacking("software-version");
      } else {
        to.unknown("software-version");
      }
      return;
    }
    boolean sameMajor = number(s, 0).equals(number(d, 0));
    if (!sameMajor || number(d, 1).compareTo(number(s, 1)) < 0) {
      to.incompatible("software-version");
    }
  }

  private static boolean isVersionOrNothing(Attribute attribute) {
    return !NaiveJudge.there(attribute)
        || (attribute instanceof Text(String text) && text.matches("[0-9]+\\.[0-9]+(\\.[0-9]+)?"));
  }

  private static BigInteger number(String version, int part) {
    return new BigInteger(version.split("\\.", -1)[part]);
  }

  private static void values(Attribute source, Attribute destination, Findings to) {
    if (!(source instanceof Text) && NaiveJudge.there(source)) {
      to.unknown("compatible-values");
      return;
    }
    String from = source instanceof Text(String value) ? value : "";
    switch (destination) {
      case Text(String at) -> {
        if (!NaiveValue.list(at).containsAll(NaiveValue.list(from))) {
          to.incompatible("compatible-values");
        }
      }
      case Attribute.Absent absent -> {
        if (!NaiveValue.list(from).isEmpty()) {
          to.incompatible("compatible-values");
        }
      }
      case Attribute.Directory directory -> to.unknown("compatible-values");
      case Attribute.Malformed malformed -> to.unknown("compatible-values");
      case Attribute.Unreadable unreadable -> to.unknown("compatible-values");
    }
  }

  private static SortedSet<String> fields(Attributes type) {
    SortedSet<String> fields = new TreeSet<>();
    type.byPath()
        .forEach(
            (path, attribute) -> {
              if (path.startsWith("compatible_")
                  && !path.contains("/")
                  && NaiveJudge.there(attribute)) {
                fields.add(path);
              }
            });
    return fields;
  }
}
