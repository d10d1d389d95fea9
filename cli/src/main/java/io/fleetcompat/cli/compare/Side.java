package io.fleetcompat.cli.compare;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.tree.HostTree;
import io.fleetcompat.cli.tree.NamedFacts;
import io.fleetcompat.cli.tree.ReadEndpoints;
import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.collector.sysfs.VersionProber;
import io.fleetcompat.compatibility.judge.AbsentDestination;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.OfferWords;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.EndpointSpellings;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.MdevTypeList;
import io.fleetcompat.settings.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One side of an offline comparison: a tree that was read, and the endpoint that is meant.
 *
 * @param role {@code source} or {@code destination}
 * @param tree where its tree is, as it was typed
 * @param endpoint the endpoint; where there is none, an empty one by the name that was asked for
 * @param absent the verdict where there is none, and that decides it
 * @param version the endpoint's version attribute, where one was read
 * @param prober of the tree
 */
record Side(
    String role,
    String tree,
    HostReading reading,
    Endpoint endpoint,
    Optional<Verdict> absent,
    Optional<VersionAttribute> version,
    VersionProber prober) {

  private static final String DESTINATION = "destination";

  private static final int MOST_NAMED = 10;
  private static final int MOST_LIKELY = 3;

  /** The longest that a driver may take to answer. */
  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(5);

  /** An endpoint, or the verdict on that there is none. */
  private record Chosen(Endpoint endpoint, Optional<Verdict> absent) {

    static Chosen of(Endpoint endpoint) {
      return new Chosen(endpoint, Optional.empty());
    }
  }

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
      Chosen chosen =
          typed.isPresent()
              ? named(role, reading, typed.get(), wanted)
              : only(role, reading, wanted, judge);
      return new Side(
          role,
          root.toString(),
          reading,
          chosen.endpoint,
          chosen.absent,
          reader.version(chosen.endpoint.name()),
          reader.prober(PROBE_DEADLINE));
    }
  }

  private static EndpointName parse(String role, String text) {
    try {
      return EndpointSpellings.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--%s-endpoint: %s".formatted(role, e.getMessage()));
    }
  }

  private static Chosen named(
      String role, HostReading reading, EndpointName typed, Likeness wanted) {
    EndpointName name =
        ReadEndpoints.of(reading)
            .meant("--" + role + "-endpoint", typed)
            .orElseGet(() -> EndpointSpellings.normal(typed));
    Optional<Endpoint> listed =
        reading.endpointsInContext().stream().filter(e -> e.name().equals(name)).findFirst();
    if (listed.isPresent()) {
      return Chosen.of(listed.get());
    }
    if (name.parent().isEmpty() && reading.functions().contains(name.name())) {
      return Chosen.of(bare(name, EndpointKind.PCI_FUNCTION));
    }
    return absent(role, reading, name, wanted)
        .map(verdict -> new Chosen(bare(name, EndpointKind.NVIDIA_TYPE), Optional.of(verdict)))
        .orElseThrow(() -> notFound(role, reading, name));
  }

  /** The verdict on an endpoint that may be there unread, or that its parent does not offer. */
  private static Optional<Verdict> absent(
      String role, HostReading reading, EndpointName name, Likeness wanted) {
    Optional<Verdict> hidden =
        reading
            .extent()
            .mayHide(name)
            .map(
                why ->
                    "the %s tree has no endpoint %s that was read, which may be there all the same: %s"
                        .formatted(role, name, why))
            .map(AbsentDestination::unknown);
    ReadEndpoints known = ReadEndpoints.of(reading);
    Optional<String> parent =
        name.parent().filter(device -> role.equals(DESTINATION) && known.hasDevice(device));
    return hidden.or(
        () ->
            parent.map(
                device ->
                    AbsentDestination.notOffered(
                        FixedRule.TYPE_NAME,
                        wanted.type(),
                        OfferWords.ofDevice(device, tree(role), name.name(), known.typesOf(device))
                            + emptyLists(reading, device::equals))));
  }

  private static String tree(String role) {
    return "the " + role + " tree";
  }

  private static CommandFailure notFound(String role, HostReading reading, EndpointName name) {
    List<String> likely = ReadEndpoints.of(reading).likely(name, MOST_LIKELY);
    return CommandFailure.notFound(
        "expected the endpoint %s in the %s tree; there is none%s%s"
            .formatted(
                name,
                role,
                likely.isEmpty()
                    ? ". It has: " + names(reading.endpoints())
                    : Nearest.question(likely),
                complaints(reading)));
  }

  private static Endpoint bare(EndpointName name, EndpointKind kind) {
    return new Endpoint(
        name, kind, Optional.empty(), Attributes.NONE, Attributes.NONE, Attributes.NONE);
  }

  private static Chosen only(String role, HostReading reading, Likeness wanted, Judge judge) {
    List<Endpoint> withFacet =
        reading.endpointsInContext().stream()
            .filter(e -> isMeant(Profile.of(e), wanted, judge))
            .toList();
    Optional<Endpoint> like =
        reading.endpointsInContext().stream()
            .filter(e -> wanted.isLike(Likeness.of(Profile.of(e))))
            .max(Comparator.comparingInt(e -> reading.capacity().getOrDefault(e.name(), 0)));
    if (withFacet.isEmpty() && like.isPresent()) {
      return Chosen.of(like.get());
    }
    if (withFacet.isEmpty() && wanted.kind().isPresent()) {
      return notOffered(role, reading, wanted);
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
    return Chosen.of(withFacet.getFirst());
  }

  /** The verdict on a tree that has nothing like the source. */
  private static Chosen notOffered(String role, HostReading reading, Likeness wanted) {
    List<Likeness> there =
        reading.endpointsInContext().stream().map(e -> Likeness.of(Profile.of(e))).toList();
    List<Likeness> types =
        reading.endpointsInContext().stream()
            .filter(e -> e.kind().isType())
            .map(e -> Likeness.of(Profile.of(e)))
            .distinct()
            .toList();
    String words = OfferWords.of(tree(role), wanted, types) + emptyLists(reading, _ -> true);
    boolean ofKind = there.stream().anyMatch(wanted::isOfKindAndVendor);
    Verdict verdict =
        reading
            .extent()
            .mayHideAny()
            .map(why -> words + "; it may offer it all the same: " + why)
            .map(AbsentDestination::unknown)
            .orElseGet(
                () ->
                    AbsentDestination.notOffered(
                        ofKind ? FixedRule.TYPE_NAME : FixedRule.DEVICE_KIND,
                        wanted.type(),
                        words));
    return new Chosen(
        bare(EndpointName.device(tree(role)), EndpointKind.NVIDIA_TYPE), Optional.of(verdict));
  }

  /** The words on the devices that list no types. */
  private static String emptyLists(HostReading reading, Predicate<String> counts) {
    return MdevTypeList.words(
        reading.problems().stream()
            .map(problem -> MdevTypeList.emptyParent(problem.path(), problem.detail()))
            .flatMap(Optional::stream)
            .filter(counts)
            .toList());
  }

  /** A destination without facets goes by its likeness to the source. */
  private static boolean isMeant(Profile profile, Likeness wanted, Judge judge) {
    return wanted.kind().isPresent() ? profile.isDeclared() : judge.hasRulesFor(profile);
  }

  /** The name to print: of the endpoint, or of what has none. */
  String name() {
    boolean unnamed = absent.isPresent() && endpoint.name().name().equals(tree(role));
    return unnamed ? tree(role) : endpoint.name().toString();
  }

  /** The instances that can still be created of a type; empty for a device, or where none says. */
  Optional<Integer> capacity() {
    return Optional.ofNullable(reading.capacity().get(endpoint.name()));
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
