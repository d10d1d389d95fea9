package io.fleetcompat.collector;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The two endpoints of a vector, as the reader finds them in its trees, and the vector's judge. */
record ReadVector(Endpoint source, Endpoint destination, Judge judge) {

  /** Writes both trees below a directory, and reads them. */
  static ReadVector of(Vector vector, Path directory) throws IOException {
    Path roots = directory.resolve(vector.name());
    return new ReadVector(
        endpoint(roots.resolve("source"), vector.source()),
        endpoint(roots.resolve("destination"), vector.destination()),
        new Judge(vector.policies().stream().map(Policy::parse).collect(Collectors.toSet())));
  }

  private static Endpoint endpoint(Path root, Vector.Side side) throws IOException {
    EndpointName name = EndpointName.parse(side.endpoint());
    try (HostReader reader = HostReader.of(side.write(root))) {
      HostReading reading = reader.read();
      return reading.endpoints().stream()
          .filter(endpoint -> endpoint.name().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("expected " + name + ", found " + reading.endpoints()));
    }
  }
}
