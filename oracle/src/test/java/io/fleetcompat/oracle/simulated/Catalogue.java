package io.fleetcompat.oracle.simulated;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.oracle.NaiveJudge;
import io.fleetcompat.oracle.NaivePolicy;
import io.fleetcompat.oracle.NaiveVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that simulated hosts may have: few places, and what may stand in each. With what
 * the oracle says of any two. Immutable but for what it remembers; one thread.
 */
final class Catalogue {

  private static final String TYPE = "i915-GVTg_V5_4";

  /** The contents of each place. */
  private final List<List<Endpoint>> places = new ArrayList<>();

  private final List<Endpoint> contents = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>();
  private final List<NaiveJudge> judges =
      List.of(new NaiveJudge(Set.of()), new NaiveJudge(Set.of(NaivePolicy.MUTUAL)));
  private final @Nullable NaiveVerdict[][] verdicts;

  Catalogue() {
    place(
        type("1.0.0"),
        type("1.1.0"),
        type("1.1.1"),
        type("1.2.0"),
        type("2.0.0"),
        type("one"),
        type(""),
        opaque("v1"),
        selfCompatible("1", "{v:int:1,2}"),
        selfCompatible("2", "2"));
    place(device("1.0.0", "3"), device("1.1.0", "4"), device("1.2.0", ""), device("", "1"));
    place(virtio("101"), virtio("111"), virtio("1"), virtio("1x1"), virtio(""));
    verdicts = new NaiveVerdict[judges.size()][contents.size() * contents.size()];
  }

  private void place(Endpoint... all) {
    firsts.add(contents.size());
    places.add(List.of(all));
    contents.addAll(List.of(all));
  }

  /** The number of places. */
  int places() {
    return places.size();
  }

  /** The name of what stands in a place. */
  String name(int place) {
    return places.get(place).getFirst().name().toString();
  }

  /** The number of some content of a place. */
  int pick(int place, long entropy) {
    return firsts.get(place) + (int) Long.remainderUnsigned(entropy, places.get(place).size());
  }

  Endpoint content(int number) {
    return contents.get(number);
  }

  /**
   * The oracle's verdict.
   *
   * @param mutual whether that policy is in force
   */
  NaiveVerdict verdict(boolean mutual, int source, int destination) {
    int rules = mutual ? 1 : 0;
    int pair = source * contents.size() + destination;
    NaiveVerdict known = verdicts[rules][pair];
    if (known == null) {
      known = judges.get(rules).judge(contents.get(source), contents.get(destination));
      verdicts[rules][pair] = known;
    }
    return known;
  }

  private static Attributes attributes(String... pairs) {
    Map<String, Attribute> values = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i + 1].isEmpty()) {
        values.put(pairs[i], new Attribute.Text(pairs[i + 1]));
      }
    }
    return Attributes.of(values);
  }

  private static Endpoint mdevType(Attributes own) {
    return new Endpoint(
        EndpointName.type("0000:00:02.0", TYPE),
        EndpointKind.MDEV_TYPE,
        Optional.of(TYPE),
        own,
        Attributes.NONE,
        attributes("vendor", "0x8086"));
  }

  private static Endpoint type(String version) {
    return mdevType(attributes("device_api", "vfio-pci", "software_version", version));
  }

  private static Endpoint opaque(String version) {
    return mdevType(attributes("migration_version", version));
  }

  private static Endpoint selfCompatible(String self, String compatible) {
    return mdevType(
        attributes("migration/self", "v=" + self, "migration/compatible", "v=" + compatible));
  }

  private static Endpoint device(String version, String resource) {
    return new Endpoint(
        EndpointName.device("0b1e55ed-0000-4000-8000-000000000000"),
        EndpointKind.MDEV_DEVICE,
        Optional.of(TYPE),
        attributes("res", resource),
        attributes(
            "device_api",
            "vfio-pci",
            "software_version",
            version,
            "dynamic_resources",
            resource.isEmpty() ? "" : "res"),
        attributes("vendor", "0x8086"));
  }

  private static Endpoint virtio(String features) {
    return new Endpoint(
        EndpointName.device("virtio0"),
        EndpointKind.VIRTIO_DEVICE,
        Optional.empty(),
        attributes("device", "0x0001", "vendor", "0x1af4", "features", features),
        Attributes.NONE,
        Attributes.NONE);
  }
}
