package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.FullPage;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.ProblemLog;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code bus/pci/devices/<bdf>/nvidia/{creatable_vgpu_types,current_vgpu_type}}: types by name,
 * since their numbers are local; a VF with a type set is a device.
 *
 * <p>The list has what is creatable now: a card on which something runs lists less than it
 * supports. What it was seen to support beside it is offered too, with a capacity of 0; until it
 * was seen idle once, it may support more.
 */
final class NvidiaVfs implements EndpointReader {

  private static final String DIRECTORY = "nvidia";
  private static final String LIST = "nvidia/creatable_vgpu_types";
  private static final String CURRENT = "nvidia/current_vgpu_type";
  private static final String CURRENT_NAME = "nvidia/vgpu_name";

  private static final Attribute IDLE = new Attribute.Text("0");

  private static final String NEVER_IDLE =
      "its card has not been seen without a vGPU: it may support more than can be created now";

  /** The same on every host: it becomes part of a profile. */
  private static final Attribute NO_NAME =
      new Attribute.Malformed(
          "expected a type whose name is known, found a number that no list of types has named");

  /** The same on every host, as well. */
  private static final Attribute SEVERAL_NAMES =
      new Attribute.Malformed(
          "expected one name of the type, found several for its number in the lists of the card");

  private final Scan scan;
  private final PciFunctions pci;
  private final PciIds ids;
  private final CardTypes types;

  /** Lists as VFs have them, each different one once. */
  private final Map<VgpuList, VgpuList> lists = new HashMap<>();

  private final VgpuNames names = new VgpuNames();

  NvidiaVfs(Scan scan, PciFunctions pci, PciIds ids, CardTypes types) {
    this.scan = scan;
    this.pci = pci;
    this.ids = ids;
    this.types = types;
  }

  /**
   * A VF whose list was read.
   *
   * @param current the number of the type that it runs, 0 for none
   */
  private record Vf(String name, Node node, Optional<Card> card, VgpuList list, Attribute current) {

    boolean isIdle() {
      return current.equals(IDLE);
    }
  }

  @Override
  public void read(HostFindings findings) {
    SortedMap<String, Vf> vfs = new TreeMap<>();
    scan.each(
        PciFunctions.BUS,
        (name, node) -> {
          if (scan.mayBeThere(node, DIRECTORY)) {
            vfs.put(name, read(name, node));
          }
        });
    // All lists before any type or device: what a VF does not list may be known from a sibling,
    // and what it lists may be named otherwise there.
    vfs.values().forEach(this::learn);
    seeIdle(vfs.values());
    vfs.values().forEach(vf -> scan.attempt(vf.node, () -> addTypes(vf, findings)));
    vfs.values().forEach(vf -> scan.attempt(vf.node, () -> addDevice(vf, findings)));
  }

  private Vf read(String name, Node node) {
    VgpuList parsed = VgpuList.parse(scan.readWhole(node, LIST));
    VgpuList list = lists.computeIfAbsent(parsed, same -> same);
    for (String line : list.strange()) {
      scan.problem(
          node.at(LIST),
          ProblemCode.MALFORMED,
          "expected 'ID : vGPU Name' rows, found " + Quoted.of(line, ProblemLog.MAX_TEXT));
    }
    if (list.cut()) {
      scan.problem(node.at(LIST), ProblemCode.TRUNCATED, FullPage.DETAIL);
    }
    Attribute current = scan.read(node, List.of(CURRENT)).getOrDefault(CURRENT, Attribute.ABSENT);
    Vf vf = new Vf(name, node, types.card(node), list, current);
    vf.card.ifPresent(card -> names.add(card, list));
    return vf;
  }

  private void learn(Vf vf) {
    vf.card.ifPresent(card -> types.learn(card, listed(vf)));
    for (String number : contradicted(vf)) {
      scan.problem(
          vf.node.at(LIST),
          ProblemCode.MALFORMED,
          "expected one name of type %s in the lists of a card, found several".formatted(number));
    }
  }

  /** Cards of which no function runs anything, and every list is whole. */
  private void seeIdle(Collection<Vf> vfs) {
    Map<Card, Boolean> idle = new HashMap<>();
    for (Vf vf : vfs) {
      boolean all = vf.isIdle() && vf.list.isThere() && incomplete(vf).isEmpty();
      vf.card.ifPresent(card -> idle.merge(card, all, Boolean::logicalAnd));
    }
    idle.forEach(
        (card, all) -> {
          if (all) {
            types.seeIdle(card);
          }
        });
  }

  private SortedSet<String> contradicted(Vf vf) {
    return names.contradicted(vf.card, vf.list);
  }

  private Set<SupportedType> listed(Vf vf) {
    SortedSet<String> without = contradicted(vf);
    return vf.list.names().entrySet().stream()
        .filter(row -> !without.contains(row.getKey()))
        .map(row -> SupportedType.vgpu(row.getKey(), row.getValue()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void addTypes(Vf vf, HostFindings findings) {
    Attributes function = ids.of(vf.node);
    Set<SupportedType> listed = listed(vf);
    for (SupportedType type : listed) {
      if (findings.addType(type.on(vf.name, function), vf.node)) {
        // One VF holds one vGPU; what is not creatable is not listed.
        findings.setCapacity(EndpointName.type(vf.name, type.name()), 1);
      }
    }
    Optional<String> incomplete = incomplete(vf);
    incomplete
        .or(() -> neverIdle(vf))
        .ifPresent(why -> findings.setIncomplete(vf.name, vf.node.at(LIST) + ": " + why));
    for (SupportedType type : others(vf, listed)) {
      boolean added = findings.addType(type.on(vf.name, function), vf.node);
      // Of a list that is not whole nobody can say that a type is not creatable.
      if (added && incomplete.isEmpty()) {
        findings.setCapacity(EndpointName.type(vf.name, type.name()), 0);
      }
    }
  }

  /** A card of which too little can be read to know it again was never seen idle. */
  private Optional<String> neverIdle(Vf vf) {
    boolean seen = vf.card.filter(types::wasSeenIdle).isPresent();
    return seen || !vf.list.isThere() ? Optional.empty() : Optional.of(NEVER_IDLE);
  }

  /** The reason why the list may not have all that can be created now. */
  private Optional<String> incomplete(Vf vf) {
    return vf.list
        .incomplete()
        .or(
            () ->
                contradicted(vf).isEmpty()
                    ? Optional.empty()
                    : Optional.of("a type of it has several names"));
  }

  private List<SupportedType> others(Vf vf, Set<SupportedType> listed) {
    if (!vf.list.isThere()) {
      return List.of();
    }
    return vf.card.map(card -> types.others(card, listed)).orElse(List.of()).stream()
        .filter(type -> type.kind() == EndpointKind.NVIDIA_TYPE)
        .filter(type -> !contradicted(vf).contains(type.id()))
        .toList();
  }

  private void addDevice(Vf vf, HostFindings findings) {
    EndpointName device = EndpointName.device(vf.name);
    Attribute current = vf.current;
    Optional<Attribute> runs = runs(vf, current);
    if (runs.isPresent()) {
      if (current instanceof Attribute.Text && !findings.contains(device)) {
        findings.add(pci.endpoint(vf.name, vf.node), vf.node);
      }
      findings.extend(device, CURRENT_NAME, runs.get());
    } else {
      // A function that runs nothing is one of NVIDIA's all the same.
      findings.extend(device, DIRECTORY, Attribute.DIRECTORY);
    }
  }

  /** The name of the type that a VF runs, or why it is not known; empty where it runs none. */
  private Optional<Attribute> runs(Vf vf, Attribute current) {
    return switch (current) {
      case Attribute.Text(String text) -> named(vf, text.strip());
      case Attribute.Unreadable _, Attribute.Malformed _ -> Optional.of(current);
      case Attribute.Directory _, Attribute.Absent _ -> Optional.empty();
    };
  }

  private Optional<Attribute> named(Vf vf, String number) {
    if (!number.matches("[0-9]{1,9}")) {
      String detail = "expected the number of a type, found " + Quoted.of(number, 64);
      scan.problem(vf.node.at(CURRENT), ProblemCode.MALFORMED, detail);
      return Optional.of(new Attribute.Malformed("expected the number of a type"));
    }
    String type = VgpuList.number(number);
    if (type.equals("0")) {
      return Optional.empty();
    }
    if (contradicted(vf).contains(type)) {
      return Optional.of(SEVERAL_NAMES);
    }
    Optional<String> name =
        Optional.ofNullable(vf.list.names().get(type))
            .or(() -> vf.card.flatMap(card -> types.vgpuName(card, type)));
    if (name.isEmpty()) {
      scan.problem(
          vf.node.at(CURRENT),
          ProblemCode.MALFORMED,
          "expected a type whose name is known, found the number %s, which no list of types has named"
              .formatted(type));
    }
    return Optional.of(name.<Attribute>map(Attribute.Text::new).orElse(NO_NAME));
  }
}
