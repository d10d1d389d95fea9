package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code bus/pci/devices/<bdf>/nvidia/{creatable_vgpu_types,current_vgpu_type}}: types by name,
 * since their numbers are local; a VF with a type set is a device. Numbers and names are
 * remembered.
 */
final class NvidiaVfs {

  /** {@code 1145 : NVIDIA L40S-1B}. */
  private static final Pattern ROW =
      Pattern.compile("\\s*([0-9]{1,9})\\s*:\\s*(\\S.*?)\\s*", Pattern.DOTALL);

  private static final Pattern HEADER = Pattern.compile("\\s*ID\\s*:\\s*vGPU Name\\s*");
  private static final List<String> OWN = List.of("vendor", "device");

  private final Scan scan;
  private final PciFunctions pci;
  private final NvidiaNames names;

  NvidiaVfs(Scan scan, PciFunctions pci, NvidiaNames names) {
    this.scan = scan;
    this.pci = pci;
    this.names = names;
  }

  void read(Inventory inventory) {
    SortedMap<String, Node> functions = new TreeMap<>();
    scan.each(
        "bus/pci/devices",
        (name, node) -> {
          if (scan.mayBeThere(node, "nvidia")) {
            functions.put(name, node);
          }
        });
    // All lists before any device: a full VF's type may be known from a sibling's list.
    functions.forEach((name, node) -> scan.attempt(node, () -> readTypes(name, node, inventory)));
    functions.forEach((name, node) -> scan.attempt(node, () -> readDevice(name, node, inventory)));
  }

  private void readTypes(String function, Node node, Inventory inventory) {
    Optional<String> list = scan.text(node, "nvidia/creatable_vgpu_types");
    for (String line : list.map(text -> text.split("\n", -1)).orElse(new String[0])) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && row.group(2).length() <= EndpointName.MAX_PART) {
        names.remember(row.group(1), row.group(2));
        addType(function, row.group(2), node, inventory);
      } else if (!line.isBlank() && !HEADER.matcher(line).matches()) {
        scan.problem(
            node.at("nvidia/creatable_vgpu_types"),
            ProblemCode.MALFORMED,
            "expected 'ID : vGPU Name' rows, found " + Quoted.of(line, ProblemLog.MAX_TEXT));
      }
    }
  }

  private void addType(String function, String name, Node node, Inventory inventory) {
    EndpointName type = EndpointName.type(function, name);
    Attributes own =
        Attributes.of(new TreeMap<>(java.util.Map.of("name", new Attribute.Text(name))));
    boolean added =
        inventory.add(
            new Endpoint(
                type,
                EndpointKind.NVIDIA_TYPE,
                Optional.empty(),
                own,
                Attributes.NONE,
                pci.ids(node)),
            node);
    if (added) {
      // One VF holds one vGPU; what is not creatable is not listed.
      inventory.setCapacity(type, 1);
    }
  }

  private void readDevice(String function, Node node, Inventory inventory) {
    Optional<String> number =
        scan.text(node, "nvidia/current_vgpu_type")
            .map(String::strip)
            .filter(text -> text.matches("[0-9]{1,9}") && Integer.parseInt(text) != 0);
    number.ifPresent(
        type -> {
          EndpointName device = EndpointName.device(function);
          if (!inventory.contains(device)) {
            inventory.add(bare(device, node), node);
          }
          names.name(type).ifPresent(name -> inventory.extend(device, "nvidia/vgpu_name", name));
        });
  }

  private Endpoint bare(EndpointName device, Node node) {
    return new Endpoint(
        device,
        EndpointKind.PCI_FUNCTION,
        Optional.empty(),
        Attributes.of(scan.read(node, OWN)),
        Attributes.NONE,
        pci.ids(node));
  }
}
