package io.fleetcompat.simulation;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.simulation.SimulatedHost.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The hosts of a simulated fleet at one moment, and what they would be after moves and changes.
 * What no tree can show is refused; nothing is written. Immutable.
 */
public final class SimulatedHosts {

  /** Attributes of a type that a change may set: what a tree is made of has other names. */
  private static final Pattern ATTRIBUTE = Pattern.compile("software_version|compatible_[a-z_]+");

  /** Longest value of an attribute: a page, without the newline. */
  private static final int MAX_VALUE = 4095;

  /** Longest kernel release or driver version. */
  private static final int MAX_WORD = 255;

  private final SortedMap<String, SimulatedHost> byName;

  SimulatedHosts(SortedMap<String, SimulatedHost> byName) {
    this.byName = new TreeMap<>(byName);
  }

  /**
   * A device that goes to another host.
   *
   * @param device its UUID
   * @param parent of the type that it goes to
   */
  public record Move(String device, String from, String to, String parent, String type) {}

  /**
   * The software that hosts get.
   *
   * @param driver the module, where its version changes
   * @param version of the driver; of no meaning without one
   * @param attributes of all types of the hosts, by name
   */
  public record Software(
      Optional<String> driver,
      String version,
      Optional<String> kernel,
      SortedMap<String, String> attributes) {

    public Software {
      attributes = new TreeMap<>(attributes);
    }
  }

  /**
   * The endpoints that a host shows.
   *
   * @param types how many devices of each type can be made, by PARENT/TYPE
   * @param devices the UUIDs of devices
   */
  public record Shown(SortedMap<String, Integer> types, SortedSet<String> devices) {

    public Shown {
      types = new TreeMap<>(types);
      devices = new TreeSet<>(devices);
    }
  }

  /** The names of the hosts. */
  public SortedSet<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /**
   * The mediated devices of a host and their types.
   *
   * @throws UnplayableException where there is no such host
   */
  public Shown shown(String host) throws UnplayableException {
    SimulatedHost of = find(host);
    Machine machine = of.pool().machine();
    SortedMap<String, Integer> types = new TreeMap<>();
    for (int slot = 0; machine.isMediated() && isThere(of) && slot < machine.slots(); slot++) {
      for (int type = 0; type < machine.types().size(); type++) {
        types.put(
            machine.parent(slot) + "/" + machine.types().get(type).id(),
            machine.available(of, slot, type));
      }
    }
    SortedSet<String> devices = new TreeSet<>();
    if (machine.isMediated() && isThere(of)) {
      of.instances().forEach(instance -> devices.add(instance.id()));
    }
    return new Shown(types, devices);
  }

  private static boolean isThere(SimulatedHost host) {
    return host.oddity() != Oddity.EMPTY;
  }

  /**
   * The hosts after a move.
   *
   * @throws UnplayableException where it cannot be made, or no tree would show it
   */
  public SimulatedHosts move(Move move) throws UnplayableException {
    SimulatedHost from = find(move.from());
    SimulatedHost to = find(move.to());
    Optional<Instance> leaving =
        from.instances().stream().filter(each -> each.id().equals(move.device())).findFirst();
    if (leaving.isEmpty() || !from.pool().machine().isMediated()) {
      throw new UnplayableException(
          "expected an mdev device of %s, found %s: no tree shows which machine uses another device"
                  .formatted(from.name(), Quoted.of(move.device()))
              + " (plan with --in-use mdev)");
    }
    int type = type(to, move.type());
    int slot = free(to, slot(to, move.parent()), type);
    if (from.name().equals(to.name()) || slot < 0) {
      throw new UnplayableException(
          "expected room for %s as %s of %s or another parent on %s, found none"
              .formatted(
                  move.device(), Quoted.of(move.type()), Quoted.of(move.parent()), to.name()));
    }
    SortedMap<String, SimulatedHost> next = new TreeMap<>(byName);
    next.put(to.name(), to.with(new Instance(move.device(), slot, type)));
    next.put(from.name(), from.without(move.device()));
    return new SimulatedHosts(next);
  }

  /**
   * The parent that is meant, or the first other one of the host that has room, since nobody tells
   * on which of them a device had been made that has left; negative where none has.
   */
  private static int free(SimulatedHost host, int meant, int type) {
    Machine machine = host.pool().machine();
    for (int i = 0; i < machine.slots(); i++) {
      int slot = i == 0 ? meant : i <= meant ? i - 1 : i;
      if (machine.available(host, slot, type) > 0) {
        return slot;
      }
    }
    return -1;
  }

  private static int slot(SimulatedHost host, String parent) throws UnplayableException {
    Machine machine = host.pool().machine();
    for (int slot = 0; machine.isMediated() && slot < machine.slots(); slot++) {
      if (machine.parent(slot).equals(parent)) {
        return slot;
      }
    }
    throw new UnplayableException(
        "expected a parent of mdev devices of %s, found %s"
            .formatted(host.name(), Quoted.of(parent)));
  }

  private static int type(SimulatedHost host, String id) throws UnplayableException {
    Machine machine = host.pool().machine();
    for (int type = 0; type < machine.types().size(); type++) {
      if (machine.types().get(type).id().equals(id)) {
        return type;
      }
    }
    throw new UnplayableException(
        "expected a type of %s, found %s".formatted(host.name(), Quoted.of(id)));
  }

  /**
   * The hosts after one of them has got other software.
   *
   * @throws UnplayableException where no tree would show it
   */
  public SimulatedHosts change(String name, Software software) throws UnplayableException {
    SimulatedHost host = find(name);
    Machine machine = host.pool().machine();
    if (!machine.isMediated()) {
      throw new UnplayableException(
          "expected a host with mediated devices, found %s, whose vGPUs are virtual functions"
              .formatted(name));
    }
    SimulatedSoftware next = host.software();
    if (software.driver().isPresent()) {
      if (!software.driver().get().equals(machine.driver())) {
        throw new UnplayableException(
            "expected the driver %s of %s, found %s"
                .formatted(machine.driver(), name, Quoted.of(software.driver().get())));
      }
      next = next.with(SimulatedSoftware.DRIVER, word("a driver's version", software.version()));
    }
    if (software.kernel().isPresent()) {
      next = next.with(SimulatedSoftware.KERNEL, word("a kernel", software.kernel().get()));
    }
    for (Map.Entry<String, String> each : software.attributes().entrySet()) {
      for (Machine.Type type : machine.types()) {
        next = next.with(type.id(), attribute(each.getKey()), value(each.getValue()));
      }
    }
    SimulatedHost after = host.withSoftware(next);
    requireShown(after, software);
    SortedMap<String, SimulatedHost> others = new TreeMap<>(byName);
    others.put(name, after);
    return new SimulatedHosts(others);
  }

  private static String attribute(String name) throws UnplayableException {
    if (!ATTRIBUTE.matcher(name).matches()) {
      throw new UnplayableException(
          "expected software_version or compatible_… of an mdev type, found "
              + Quoted.of(name)
              + ": no simulated tree holds another attribute by itself");
    }
    return name;
  }

  private static String value(String value) throws UnplayableException {
    return bounded("a value", value, MAX_VALUE);
  }

  private static String word(String what, String value) throws UnplayableException {
    return bounded(what, value, MAX_WORD);
  }

  private static String bounded(String what, String value, int most) throws UnplayableException {
    if (value.isBlank() || value.length() > most || value.chars().anyMatch(c -> c < ' ')) {
      throw new UnplayableException(
          "expected %s of 1 to %d characters without control characters, found %s"
              .formatted(what, most, Quoted.of(value)));
    }
    return value;
  }

  /** A host with a fault may show something else in the very file. */
  private static void requireShown(SimulatedHost host, Software software)
      throws UnplayableException {
    HostTree tree = SimulatedSysfs.of(host);
    if (software.driver().isPresent()) {
      requireShown(
          host, tree, "module/" + host.pool().machine().driver() + "/version", software.version());
    }
    for (Map.Entry<String, String> each : software.attributes().entrySet()) {
      for (String path : SimulatedSysfs.typeNodes(tree)) {
        requireShown(host, tree, path + "/" + each.getKey(), each.getValue());
      }
    }
  }

  private static void requireShown(SimulatedHost host, HostTree tree, String path, String value)
      throws UnplayableException {
    if (!new HostTree.File(value + "\n", false).equals(tree.entries().get(path))) {
      throw new UnplayableException(
          "expected a host that shows %s in %s, found %s, which is simulated with a fault"
              .formatted(Quoted.of(value), path, host.name()));
    }
  }

  private SimulatedHost find(String name) throws UnplayableException {
    SimulatedHost host = byName.get(name);
    if (host == null) {
      throw new UnplayableException(
          "expected a host of the simulated fleet, found " + Quoted.of(name));
    }
    return host;
  }

  SimulatedHost host(String name) {
    return java.util.Objects.requireNonNull(byName.get(name));
  }
}
