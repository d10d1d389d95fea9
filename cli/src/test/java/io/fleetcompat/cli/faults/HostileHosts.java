package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.faults.sysfs.FileTrees;
import io.fleetcompat.cli.faults.sysfs.HostileHost;
import io.fleetcompat.cli.faults.sysfs.Hostility;
import io.fleetcompat.cli.verify.FleetHistory;
import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.collector.fleet.FleetHost;
import io.fleetcompat.collector.fleet.HostDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Hosts that are copies of simulated ones, and whose trees are made hostile and whole again while a
 * collector reads them. One thread.
 */
final class HostileHosts implements AutoCloseable {

  private static final Path SYS = Path.of("sys");
  private static final Path FACTS = Path.of("facts.d");

  private final FleetHistory history;
  private final Map<String, HostileHost> hosts = new LinkedHashMap<>();

  HostileHosts(FleetHistory history) {
    this.history = history;
  }

  /**
   * Adds copies of the hosts that have mediated types, in turn.
   *
   * @param fleet the directory of all hosts
   */
  void add(Path fleet, int count, Random random) throws IOException {
    List<FleetHost> models = new ArrayList<>(new FleetDirectory(fleet).look().hosts().values());
    models.removeIf(host -> !Files.isDirectory(host.sys().resolve("class/mdev_bus")));
    for (int i = 0; i < count; i++) {
      add(fleet, models.get(i % models.size()), "hostile-" + (i + 1), random);
    }
  }

  private void add(Path fleet, FleetHost model, String name, Random random) throws IOException {
    Path aside = Files.createDirectories(fleet.resolve(".hostile").resolve(name));
    Path made = aside.resolve("host");
    FileTrees.copy(model.folder().resolve(SYS), made.resolve(SYS));
    FileTrees.copy(model.folder().resolve(FACTS), made.resolve(FACTS));
    HostDocument document = model.document();
    Files.write(
        made.resolve(HostDocument.FILE),
        new HostDocument(Optional.of(name), document.labels(), document.kernel()).encode());
    Path folder = fleet.resolve(name);
    history.heal(name, () -> Files.move(made, folder));
    hosts.put(name, new HostileHost(folder.resolve(SYS), aside, random));
  }

  Set<String> names() {
    return Set.copyOf(hosts.keySet());
  }

  /** Every attribute of a host becomes hostile: nothing can be read of it. */
  void spoilAll(String name, Hostility hostility) throws IOException {
    history.lose(name, () -> host(name).spoilAll(hostility));
  }

  /** Some attributes do. */
  void spoilSome(String name, Hostility hostility) throws IOException {
    history.doubt(name, () -> host(name).spoilSome(hostility));
  }

  /** Thousands of types appear beside those that there are, which stay as they are. */
  void addTypes(String name) throws IOException {
    history.doubtWithoutChange(name, () -> host(name).addTypes());
  }

  /** One attribute goes, and comes again, again and again. */
  void flicker(String name, Duration time) throws IOException {
    HostileHost host = host(name);
    for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
      history.doubt(name, host::loseOne);
      history.doubt(name, host::heal);
    }
  }

  /** All are as they were. */
  void heal() throws IOException {
    for (Map.Entry<String, HostileHost> host : hosts.entrySet()) {
      history.heal(host.getKey(), host.getValue()::heal);
    }
  }

  private HostileHost host(String name) {
    return Optional.ofNullable(hosts.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found %s".formatted(hosts.keySet(), name)));
  }

  @Override
  public void close() {
    hosts.values().forEach(HostileHost::close);
  }
}
