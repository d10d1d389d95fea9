package io.fleetcompat.compatibility.claim;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The claims about the devices of one host: of facts about a device or the host, and of a label of
 * the host, the most specific first (docs/rules.md#2). What is malformed is a problem, and no
 * claim.
 *
 * @param byDevice types are none: nobody migrates one
 * @param problems each once
 */
public record DeviceClaims(SortedMap<EndpointName, Claim> byDevice, List<Problem> problems) {

  /** The label of a host that stands for all its VFIO devices. */
  public static final String LABEL = "live_migratable";

  private static final String FACT = "nova.live_migratable";
  private static final String FACT_ADDRESS = AttributeCatalogue.FACT + "/" + FACT;
  private static final String LABEL_ADDRESS = "label/" + LABEL;

  private static final CataloguedAttribute CLAIM =
      AttributeCatalogue.builtIn().claim(FACT_ADDRESS).orElseThrow();

  public DeviceClaims {
    byDevice = Collections.unmodifiableSortedMap(new TreeMap<>(byDevice));
    problems = List.copyOf(problems);
  }

  /**
   * The claims of a host.
   *
   * @param endpoints in the context of their host
   * @param labels of the host
   */
  public static DeviceClaims of(Iterable<Endpoint> endpoints, Map<String, String> labels) {
    SortedMap<EndpointName, Claim> claims = new TreeMap<>();
    Set<Problem> problems = new LinkedHashSet<>();
    String label = labels.get(LABEL);
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.kind().isType()) {
        Attribute own = endpoint.related().facts().get(FACT);
        if (isThere(own)) {
          read(own, endpoint, FACT_ADDRESS, " of " + endpoint.name(), claims, problems);
        } else if (isOfVfio(endpoint)) {
          Attribute ofHost = endpoint.host().facts().get(FACT);
          if (isThere(ofHost)) {
            read(ofHost, endpoint, FACT_ADDRESS, " of the host", claims, problems);
          } else if (label != null) {
            read(new Attribute.Text(label), endpoint, LABEL_ADDRESS, "", claims, problems);
          }
        }
      }
    }
    return new DeviceClaims(claims, List.copyOf(problems));
  }

  private static boolean isThere(Attribute attribute) {
    return !(attribute instanceof Attribute.Absent);
  }

  private static void read(
      Attribute said,
      Endpoint endpoint,
      String address,
      String whose,
      SortedMap<EndpointName, Claim> claims,
      Set<Problem> problems) {
    switch (CLAIM.normal(said)) {
      case Parsed.Value<String>(String value) ->
          claims.put(endpoint.name(), Claim.of(value.equals(Claim.YES.toString())));
      case Parsed.Malformed<String>(String problem) ->
          problems.add(new Problem(address + whose, ProblemCode.MALFORMED, problem));
      case Parsed.Unreadable<String>(String errno) ->
          problems.add(new Problem(address + whose, ProblemCode.UNREADABLE, "it gave " + errno));
      case Parsed.Absent<String> _ -> {}
    }
  }

  /** True for an mdev, and for a function that a driver of VFIO holds or that runs a vGPU. */
  private static boolean isOfVfio(Endpoint endpoint) {
    return endpoint.kind() == EndpointKind.MDEV_DEVICE
        || (endpoint.kind() == EndpointKind.PCI_FUNCTION
            && ((endpoint.pci().get("driver") instanceof Attribute.Text(String driver)
                    && driver.contains("vfio"))
                || isThere(endpoint.own().get("vfio_debugfs"))
                || isThere(endpoint.own().get("nvidia/vgpu_name"))));
  }
}
