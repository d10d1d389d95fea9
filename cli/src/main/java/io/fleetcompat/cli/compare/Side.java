package io.fleetcompat.cli.compare;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.tree.HostTree;
import io.fleetcompat.cli.tree.NamedFacts;
import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.collector.sysfs.VersionProber;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.OfferWords;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One side of an offline comparison: a tree that was read, and the endpoint that is meant.
 *
 * @param role {@code source} or {@code destination}
 * @param tree where its tree is, as it was typed
 * @param version the endpoint's version attribute, where one was read
 * @param prober of the tree
 */
record Side(
    String role,
    String tree,
    HostReading reading,
    Endpoint endpoint,
    Optional<VersionAttribute> version,
    VersionProber prober) {

  private static final int MOST_NAMED = 10;

  /** The longest that a driver may take to answer. */
  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(5);

  /**
   * Reads a tree and finds the endpoint in it.
   *
   * @param facts a directory of {@code *.facts} files
   * @param name as it was typed; where it is left out, the tree must have just one that declares
   *     something, or that a pack has rules for, or such as are like what is wanted
   */
  static Side read(
      String role,
      Path root,
      Optional<Path> facts,
      Optional<String> name,
      Likeness wanted,
      Judge judge) {
    if (root.toString().isEmpty()) {
      throw CommandFailure.usage("--" + role + ": expected a directory, found nothing");
    }
    Optional<EndpointName> typed = name.map(text -> parse(role, text));
    Optional<Path> named = NamedFacts.of("--" + role + "-facts", facts);
    try (HostTree tree = HostTree.open("--" + role, root, named, Optional.empty())) {
      HostReader reader = tree.reader();
      HostReading reading = reader.read();
      Endpoint endpoint =
          typed.isPresent()
              ? named(role, reading, typed.get())
              : only(role, reading, wanted, judge);
      return new Side(
          role,
          root.toString(),
          reading,
          endpoint,
          reader.version(endpoint.name()),
          reader.prober(PROBE_DEADLINE));
    }
  }

  private static EndpointName parse(String role, String text) {
    try {
      return EndpointName.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--%s-endpoint: %s".formatted(role, e.getMessage()));
    }
  }

  private static Endpoint named(String role, HostReading reading, EndpointName name) {
    Optional<Endpoint> listed =
        reading.endpointsInContext().stream().filter(e -> e.name().equals(name)).findFirst();
    return listed
        .or(() -> bareFunction(reading, name))
        .or(() -> reading.extent().mayHide(name).map(_ -> bare(name, EndpointKind.NVIDIA_TYPE)))
        .orElseThrow(
            () ->
                CommandFailure.notFound(
                    "expected the endpoint %s in the %s tree; there is none. It has: %s%s"
                        .formatted(name, role, names(reading.endpoints()), complaints(reading))));
  }

  /** The cause that the endpoint may be there unread; empty where it was read. */
  Optional<String> hidden() {
    EndpointName name = endpoint.name();
    boolean read =
        reading.endpoints().stream().anyMatch(e -> e.name().equals(name))
            || bareFunction(reading, name).isPresent();
    return read ? Optional.empty() : reading.extent().mayHide(name);
  }

  /** Any PCI function may be named, even where nothing makes it an endpoint. */
  private static Optional<Endpoint> bareFunction(HostReading reading, EndpointName name) {
    boolean function = name.parent().isEmpty() && reading.functions().contains(name.name());
    return function ? Optional.of(bare(name, EndpointKind.PCI_FUNCTION)) : Optional.empty();
  }

  private static Endpoint bare(EndpointName name, EndpointKind kind) {
    return new Endpoint(
        name, kind, Optional.empty(), Attributes.NONE, Attributes.NONE, Attributes.NONE);
  }

  private static Endpoint only(String role, HostReading reading, Likeness wanted, Judge judge) {
    List<Endpoint> withFacet =
        reading.endpointsInContext().stream()
            .filter(e -> isMeant(Profile.of(e), wanted, judge))
            .toList();
    Optional<Endpoint> like =
        reading.endpointsInContext().stream()
            .filter(e -> wanted.isLike(Likeness.of(Profile.of(e))))
            .max(Comparator.comparingInt(e -> reading.capacity().getOrDefault(e.name(), 0)));
    if (withFacet.isEmpty() && like.isPresent()) {
      return like.get();
    }
    if (withFacet.isEmpty() && wanted.kind().isPresent() && !reading.endpoints().isEmpty()) {
      List<Likeness> types =
          reading.endpointsInContext().stream()
              .filter(e -> e.kind().isType())
              .map(e -> Likeness.of(Profile.of(e)))
              .distinct()
              .toList();
      throw CommandFailure.notFound(
          OfferWords.of("the " + role + " tree", wanted, types) + complaints(reading));
    }
    if (withFacet.isEmpty()) {
      throw CommandFailure.notFound(
          "the %s tree has no endpoint with a migration interface; it has: %s%s"
              .formatted(role, names(reading.endpoints()), complaints(reading)));
    }
    if (withFacet.size() > 1) {
      throw CommandFailure.usage(
          "the %s tree has %d endpoints with a migration interface: choose one with --%s-endpoint: %s"
              .formatted(role, withFacet.size(), role, names(withFacet)));
    }
    return withFacet.getFirst();
  }

  /** A destination without facets goes by its likeness to the source. */
  private static boolean isMeant(Profile profile, Likeness wanted, Judge judge) {
    return wanted.kind().isPresent() ? profile.isDeclared() : judge.hasRulesFor(profile);
  }

  /** The problems in the tree: one may be why something is not found. */
  private static String complaints(HostReading reading) {
    String first =
        reading.problems().stream()
            .limit(MOST_NAMED)
            .map(p -> "\n  %s at %s: %s".formatted(p.code(), p.path(), p.detail()))
            .collect(Collectors.joining());
    int more = reading.problems().size() - MOST_NAMED;
    return first + (more > 0 ? "\n  and %d more".formatted(more) : "");
  }

  private static String names(List<Endpoint> endpoints) {
    if (endpoints.isEmpty()) {
      return "none";
    }
    String first =
        endpoints.stream()
            .limit(MOST_NAMED)
            .map(e -> e.name().toString())
            .collect(Collectors.joining(", "));
    int more = endpoints.size() - MOST_NAMED;
    return more > 0 ? first + ", and " + more + " more" : first;
  }
}
