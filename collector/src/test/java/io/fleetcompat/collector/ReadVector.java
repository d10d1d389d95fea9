package io.fleetcompat.collector;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The two endpoints of a vector, as the reader finds them in its trees, and the vector's judge. */
record ReadVector(Endpoint source, Endpoint destination, Judge judge) {

  /** Writes both trees below a directory, and reads them. */
  static ReadVector of(Vector vector, Path directory) throws IOException {
    Path roots = directory.resolve(vector.name());
    return new ReadVector(
        endpoint(roots.resolve("source"), vector.source()),
        endpoint(roots.resolve("destination"), vector.destination()),
        new Judge(rules(vector)));
  }

  private static RuleSet rules(Vector vector) {
    try {
      return RuleSet.of(
          vector.policies().stream().map(Policy::parse).collect(Collectors.toSet()),
          RulePacks.builtIn().with(new TreeMap<>(vector.packs()), new TreeMap<>(vector.options())));
    } catch (BadYamlException e) {
      throw new AssertionError(vector.name(), e);
    }
  }

  private static Endpoint endpoint(Path root, Vector.Side side) throws IOException {
    EndpointName name = EndpointName.parse(side.endpoint());
    Path facts = side.writeFacts(root.resolveSibling(root.getFileName() + "-facts"));
    SysfsTree tree = SysfsTree.open(side.write(root), Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
    FactsDirectory ofAnyAge = new FactsDirectory(facts, Duration.ZERO, InstantSource.system());
    try (HostReader reader = new HostReader(tree, Optional.empty(), Optional.of(ofAnyAge))) {
      HostReading reading = reader.read();
      return reading.endpointsInContext().stream()
          .filter(endpoint -> endpoint.name().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("expected " + name + ", found " + reading.endpoints()));
    }
  }
}
