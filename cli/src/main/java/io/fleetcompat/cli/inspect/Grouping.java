package io.fleetcompat.cli.inspect;

import io.fleetcompat.collector.sysfs.Recording;
import io.fleetcompat.compatibility.claim.ClaimCheck;
import io.fleetcompat.compatibility.claim.DeviceClaims;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The endpoints of a host in groups of which the same was read. */
final class Grouping {

  /** The attributes of an endpoint that VFIO's debugfs has. */
  private static final String DEBUGFS = "vfio_debugfs";

  private final HostReading reading;
  private final Recording recording;
  private final SortedMap<EndpointName, String> nodes;
  private final DeviceClaims claims;
  private final Judge judge;

  Grouping(HostReading reading, Recording recording, DeviceClaims claims, Judge judge) {
    this.reading = reading;
    this.recording = recording;
    this.claims = claims;
    this.judge = judge;
    this.nodes = recording.nodes();
  }

  /** All that the members of a group have in common. */
  private record Common(
      EndpointKind kind, String type, List<Attributes> contents, Fingerprint profile) {}

  List<EndpointGroup> groups() {
    Map<Common, List<Endpoint>> members = new LinkedHashMap<>();
    Map<Common, Profile> profiles = new LinkedHashMap<>();
    for (Endpoint endpoint : reading.endpointsInContext()) {
      Profile profile = Profile.of(endpoint);
      Common common =
          new Common(
              endpoint.kind(),
              endpoint.kind().isType() ? endpoint.name().name() : "",
              endpoint.contents(),
              profile.fingerprint());
      members.computeIfAbsent(common, _ -> new ArrayList<>()).add(endpoint);
      profiles.putIfAbsent(common, profile);
    }
    List<EndpointGroup> groups = new ArrayList<>();
    profiles.forEach(
        (common, profile) ->
            groups.add(group(members.getOrDefault(common, List.of()), common.kind, profile)));
    return groups;
  }

  private EndpointGroup group(List<Endpoint> members, EndpointKind kind, Profile profile) {
    SortedMap<EndpointName, Integer> capacity = new TreeMap<>();
    for (Endpoint member : members) {
      Optional.ofNullable(reading.capacity().get(member.name()))
          .ifPresent(number -> capacity.put(member.name(), number));
    }
    return new EndpointGroup(
        kind,
        members,
        profile,
        seen(members.getFirst()),
        pack(profile),
        judge.judge(profile, profile),
        claim(members.getFirst().name(), profile),
        capacity);
  }

  /** The members have the same facts, so what is declared of one is declared of all. */
  private Optional<ClaimCheck> claim(EndpointName first, Profile profile) {
    return Optional.ofNullable(claims.byDevice().get(first))
        .map(claim -> new ClaimCheck(claim, judge.migratability(profile)));
  }

  private Optional<RulePack> pack(Profile profile) {
    if (profile.isDeclared()) {
      return Optional.empty();
    }
    return profile
        .facet(VendorFacts.class)
        .flatMap(
            facts ->
                judge
                    .ruleSet()
                    .packs()
                    .select(
                        facts.kind(),
                        facts.driver() instanceof Parsed.Value<String>(String driver) ? driver : "",
                        facts::get));
  }

  private List<Seen> seen(Endpoint endpoint) {
    String node = nodes.getOrDefault(endpoint.name(), "");
    String device = device(endpoint.kind(), node);
    List<Seen> seen = new ArrayList<>();
    boolean ofList = endpoint.kind() == EndpointKind.NVIDIA_TYPE;
    SortedMap<String, Attribute> own = new TreeMap<>(endpoint.own().byPath());
    SortedMap<String, Attribute> debugfs = new TreeMap<>(own.tailMap(DEBUGFS));
    debugfs.keySet().removeIf(name -> !name.startsWith(DEBUGFS));
    own.keySet().removeAll(debugfs.keySet());
    add("endpoint", ofList ? node + "/nvidia" : node, Attributes.of(own), seen);
    add("debugfs", Inspection.DEBUGFS + "/" + endpoint.name().name(), Attributes.of(debugfs), seen);
    add("type", real(node + "/" + MdevTypeLink.NAME), endpoint.type(), seen);
    if (endpoint.kind() != EndpointKind.PCI_FUNCTION) {
      add("pci", device, endpoint.pci(), seen);
    }
    add("physfn", real(device + "/physfn"), endpoint.related().physfn(), seen);
    add("parent", device, endpoint.related().parent(), seen);
    add("fact", "", endpoint.related().facts(), seen);
    return seen;
  }

  /** The node of the PCI function, or other parent, that an endpoint is of. */
  private static String device(EndpointKind kind, String node) {
    return switch (kind) {
      case MDEV_TYPE -> parent(parent(node));
      case MDEV_DEVICE, VIRTIO_DEVICE -> parent(node);
      case PCI_FUNCTION, PARENT_DEVICE, NVIDIA_TYPE -> node;
    };
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private String real(String path) {
    return recording.real(path).orElse(path);
  }

  private static void add(String scope, String path, Attributes attributes, List<Seen> seen) {
    if (!attributes.byPath().isEmpty()) {
      seen.add(new Seen(scope, path, attributes));
    }
  }
}
