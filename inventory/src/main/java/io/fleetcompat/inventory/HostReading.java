package io.fleetcompat.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one scan of one host's sysfs.
 *
 * @param kernel kernel release, where known
 * @param drivers facts of the drivers that hold an endpoint, its parent or its physical function,
 *     sorted by name
 * @param facts what {@code *.facts} files say of the whole host, by name; malformed where a value
 *     cannot be used
 * @param endpoints sorted by name, as found: without the context of the host
 * @param functions every PCI function that is not among the endpoints, sorted: each may still be
 *     named explicitly
 * @param capacity instances still creatable per type endpoint; a type whose number could not be
 *     read is left out
 * @param problems what was malformed, unreadable, or beyond a bound; sorted by path
 * @param extent what there may be beside all this
 * @param cards which parents of types share one card
 */
public record HostReading(
    Optional<String> kernel,
    List<Driver> drivers,
    Attributes facts,
    HostEndpoints endpoints,
    List<String> functions,
    Capacities capacity,
    List<Problem> problems,
    Extent extent,
    SharedCards cards) {

  public HostReading {
    drivers = List.copyOf(drivers);
    functions = List.copyOf(functions);
    problems = List.copyOf(problems);
  }

  /** A reading in which every parent of types is a card of its own. */
  public HostReading(
      Optional<String> kernel,
      List<Driver> drivers,
      Attributes facts,
      HostEndpoints endpoints,
      List<String> functions,
      Capacities capacity,
      List<Problem> problems,
      Extent extent) {
    this(
        kernel, drivers, facts, endpoints, functions, capacity, problems, extent, SharedCards.NONE);
  }

  /** A reading that has all there is. */
  public HostReading(
      Optional<String> kernel,
      List<Driver> drivers,
      Attributes facts,
      List<Endpoint> endpoints,
      List<String> functions,
      Map<EndpointName, Integer> capacity,
      List<Problem> problems) {
    this(
        kernel,
        drivers,
        facts,
        HostEndpoints.of(endpoints),
        functions,
        Capacities.of(capacity),
        problems,
        Extent.WHOLE);
  }

  /** The endpoints with what they share of the host, as a decoded document gives them. */
  public List<Endpoint> endpointsInContext() {
    HostContext context = HostContext.of(kernel, drivers, facts);
    return endpoints.stream().map(endpoint -> endpoint.on(context)).toList();
  }

  /** {@code module/<name>/version} and {@code srcversion}. */
  public record Driver(String name, Optional<String> version, Optional<String> srcversion) {}

  /**
   * Something that was left out or is not what it should be.
   *
   * @param path below the sysfs root
   * @param detail what was expected and what was found
   */
  public record Problem(String path, ProblemCode code, String detail) {}
}
