package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.ProblemLog;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.util.Map;
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
final class NvidiaVfs implements EndpointReader {

  /** {@code 1145 : NVIDIA L40S-1B}. */
  private static final Pattern ROW =
      Pattern.compile("\\s*([0-9]{1,9})\\s*:\\s*(\\S.*?)\\s*", Pattern.DOTALL);

  private static final Pattern HEADER = Pattern.compile("\\s*ID\\s*:\\s*vGPU Name\\s*");

  private final Scan scan;
  private final PciFunctions pci;
  private final PciIds ids;
  private final NvidiaNames names;

  NvidiaVfs(Scan scan, PciFunctions pci, PciIds ids, NvidiaNames names) {
    this.scan = scan;
    this.pci = pci;
    this.ids = ids;
    this.names = names;
  }

  @Override
  public void read(HostFindings findings) {
    SortedMap<String, Node> functions = new TreeMap<>();
    scan.each(
        PciFunctions.BUS,
        (name, node) -> {
          if (scan.mayBeThere(node, "nvidia")) {
            functions.put(name, node);
          }
        });
    // All lists before any device: a full VF's type may be known from a sibling's list.
    functions.forEach((name, node) -> scan.attempt(node, () -> readTypes(name, node, findings)));
    functions.forEach((name, node) -> scan.attempt(node, () -> readDevice(name, node, findings)));
  }

  private void readTypes(String function, Node node, HostFindings findings) {
    Optional<String> list = scan.text(node, "nvidia/creatable_vgpu_types");
    for (String line : list.map(text -> text.split("\n", -1)).orElse(new String[0])) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && row.group(2).length() <= EndpointName.MAX_PART) {
        names.remember(row.group(1), row.group(2));
        addType(function, row.group(2), node, findings);
      } else if (!line.isBlank() && !HEADER.matcher(line).matches()) {
        scan.problem(
            node.at("nvidia/creatable_vgpu_types"),
            ProblemCode.MALFORMED,
            "expected 'ID : vGPU Name' rows, found " + Quoted.of(line, ProblemLog.MAX_TEXT));
      }
    }
  }

  private void addType(String function, String name, Node node, HostFindings findings) {
    EndpointName type = EndpointName.type(function, name);
    Attributes own = Attributes.of(new TreeMap<>(Map.of("name", new Attribute.Text(name))));
    boolean added =
        findings.add(
            new Endpoint(
                type,
                EndpointKind.NVIDIA_TYPE,
                Optional.empty(),
                own,
                Attributes.NONE,
                ids.of(node)),
            node);
    if (added) {
      // One VF holds one vGPU; what is not creatable is not listed.
      findings.setCapacity(type, 1);
    }
  }

  private void readDevice(String function, Node node, HostFindings findings) {
    Optional<String> number =
        scan.text(node, "nvidia/current_vgpu_type")
            .map(String::strip)
            .filter(text -> text.matches("[0-9]{1,9}") && Integer.parseInt(text) != 0);
    number.ifPresent(
        type -> {
          EndpointName device = EndpointName.device(function);
          if (!findings.contains(device)) {
            findings.add(pci.endpoint(function, node), node);
          }
          names.name(type).ifPresent(name -> findings.extend(device, "nvidia/vgpu_name", name));
        });
  }
}
