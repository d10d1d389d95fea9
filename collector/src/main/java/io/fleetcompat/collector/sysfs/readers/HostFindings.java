package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.ProblemLog;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.DocumentSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The findings of one scan so far, within the bounds on attributes and bytes: an endpoint beyond
 * them is refused as a whole, since half an endpoint might look compatible. For one thread.
 */
final class HostFindings {

  /** The bytes of a small content, in a document and in memory. */
  private static final int SMALL = 128;

  /** Parents whose refused types are told of one by one. */
  private static final int MAX_NAMED = 256;

  private final Scan scan;
  private final RelatedNodes related;
  private final SortedMap<EndpointName, Endpoint> endpoints = new TreeMap<>();
  private final SortedSet<String> functions = new TreeSet<>();
  private final SortedMap<EndpointName, Integer> capacity = new TreeMap<>();
  private final SortedMap<String, String> incomplete = new TreeMap<>();

  /**
   * The node that each device was first found at, also where it was refused; and that of each type
   * that has a version attribute, which may be asked for it.
   */
  private final Map<EndpointName, Node> places = new HashMap<>();

  /** The node of each parent of types that was found first: a type is where its parent is. */
  private final Map<String, Node> parents = new HashMap<>();

  /** The names that several nodes have. */
  private final Set<EndpointName> shared = new HashSet<>();

  /** Contents already counted: what repeats is stored once, here and in the document. */
  private final SharedContents contents = new SharedContents();

  /** Endpoints that were refused, by their parent; devices have none. */
  private final SortedMap<String, Refused> refusedOf = new TreeMap<>();

  private int attributes;
  private long bytes;
  private long memory;
  private int refused;

  private record Refused(String first, int count) {}

  HostFindings(Scan scan, RelatedNodes related) {
    this.scan = scan;
    this.related = related;
  }

  /**
   * Adds the device at a node, with what else it depends on; true where it was new and within the
   * bounds. Where another node has that name already, an answer could be about either: the endpoint
   * is malformed, whatever both say.
   */
  boolean add(Endpoint found, Node node) {
    Endpoint device = related.complete(found, node);
    Node first = places.putIfAbsent(device.name(), node);
    if (first == null) {
      scan.found(device.name(), node);
      return put(device);
    }
    if (!first.equals(node)) {
      share(device, first, node);
    }
    return false;
  }

  /** Adds a type of the parent at a node, likewise, which has a directory of its own. */
  boolean addType(Endpoint found, Node parent, Node directory) {
    Endpoint type = related.complete(found, directory);
    String name = type.name().parent().orElseThrow();
    Node first = parents.putIfAbsent(name, parent);
    boolean twin = first != null && !first.equals(parent);
    if (endpoints.containsKey(type.name())) {
      if (twin) {
        share(type, first, directory);
      }
      return false;
    }
    scan.found(type.name(), directory);
    boolean added = twin ? addOfTwin(type, name) : put(type);
    if (added && VersionAttribute.of(type, directory).isPresent()) {
      places.put(type.name(), directory);
    }
    return added;
  }

  /** Adds a type of the parent at a node, which has no directory. */
  boolean addType(Endpoint type, Node parent) {
    return addType(type, parent, parent);
  }

  /** Two nodes have one name. */
  private void share(Endpoint endpoint, Node first, Node second) {
    scan.problem(
        second.path(),
        ProblemCode.MALFORMED,
        "expected one node called %s, found another at %s"
            .formatted(endpoint.name(), first.path()));
    shared.add(endpoint.name());
    capacity.remove(endpoint.name());
    Endpoint known = endpoints.get(endpoint.name());
    if (known != null) {
      replace(SharedName.of(known, endpoint));
    }
  }

  /** A type of another parent of that name is not taken where the first one's may be refused. */
  private boolean addOfTwin(Endpoint endpoint, String parent) {
    if (refusedOf.containsKey(parent)) {
      refuse(endpoint.name());
      return false;
    }
    return put(endpoint);
  }

  /** Puts another endpoint in place of one that is there, or none where it is beyond the bounds. */
  private void replace(Endpoint endpoint) {
    endpoints.remove(endpoint.name());
    if (!put(endpoint)) {
      capacity.remove(endpoint.name());
    }
  }

  private boolean put(Endpoint found) {
    Endpoint endpoint = found.sharing(contents::share);
    int moreAttributes = 0;
    long moreBytes = DocumentSize.of(endpoint);
    long moreMemory = EndpointMemory.ENDPOINT;
    for (Attributes content : Set.copyOf(endpoint.contents())) {
      if (!contents.has(content)) {
        moreAttributes += content.byPath().size();
        moreBytes += DocumentSize.of(content);
        moreMemory += EndpointMemory.of(content);
      }
    }
    if (endpoints.size() >= scan.bounds().endpoints()
        || attributes + moreAttributes > scan.bounds().attributes()
        || bytes + moreBytes > scan.bounds().bytes()
        || memory + moreMemory > scan.bounds().memory()) {
      refuse(endpoint.name());
      return false;
    }
    attributes += moreAttributes;
    bytes += moreBytes;
    memory += moreMemory;
    contents.addAll(endpoint.contents());
    endpoints.put(endpoint.name(), endpoint);
    return true;
  }

  /** True where not even a small endpoint would be taken: what it says need not be read. */
  boolean isFull() {
    return endpoints.size() >= scan.bounds().endpoints()
        || bytes + SMALL > scan.bounds().bytes()
        || memory + EndpointMemory.ENDPOINT + SMALL > scan.bounds().memory();
  }

  /** Counts an endpoint that is not taken; its parent, where it has one, is known to have more. */
  void refuse(EndpointName name) {
    refused++;
    String place = name.parent().orElse("");
    Refused before = refusedOf.get(place);
    if (before != null) {
      refusedOf.put(place, new Refused(before.first, before.count + 1));
    } else if (refusedOf.size() < MAX_NAMED) {
      refusedOf.put(place, new Refused(name.toString(), 1));
    }
  }

  boolean contains(EndpointName name) {
    return endpoints.containsKey(name);
  }

  /** True where that node was added by that name, or refused. */
  boolean holds(EndpointName name, Node node) {
    return node.equals(places.get(name));
  }

  /**
   * Adds what another attribute implies. Where that is beyond the bounds, the endpoint is refused
   * as a whole.
   */
  void extend(EndpointName name, String path, Attribute value) {
    Endpoint endpoint = endpoints.get(name);
    if (endpoint == null || shared.contains(name)) {
      return;
    }
    SortedMap<String, Attribute> own = new TreeMap<>(endpoint.own().byPath());
    own.put(path, value);
    replace(endpoint.withOwn(Attributes.of(own)));
  }

  void addFunction(String name) {
    if (functions.size() >= scan.bounds().endpoints()) {
      refused++;
    } else if (admit(DocumentSize.of(EndpointName.encode(name)))) {
      functions.add(name);
    }
  }

  /**
   * Counts more bytes, or a refusal where they are beyond the bound; true where the bytes were
   * counted.
   */
  boolean admit(long more) {
    if (bytes + more > scan.bounds().bytes()) {
      refused++;
      return false;
    }
    bytes += more;
    return true;
  }

  void setCapacity(EndpointName name, int instances) {
    capacity.put(name, instances);
  }

  /** Says that a parent may have types that are not among the endpoints, and why. */
  void setIncomplete(String parent, String why) {
    String words = Quoted.bare(why, ProblemLog.MAX_TEXT);
    if (admit(DocumentSize.of(parent) + DocumentSize.of(words))) {
      incomplete.put(parent, words);
    }
  }

  List<Endpoint> endpoints() {
    return List.copyOf(endpoints.values());
  }

  /** The version attributes of the endpoints that are in. */
  Map<EndpointName, VersionAttribute> versions() {
    Map<EndpointName, VersionAttribute> versions = new HashMap<>();
    places.forEach(
        (name, node) ->
            Optional.ofNullable(endpoints.get(name))
                .flatMap(endpoint -> VersionAttribute.of(endpoint, node))
                .ifPresent(version -> versions.put(name, version)));
    return Map.copyOf(versions);
  }

  /** Functions that are no endpoints. */
  List<String> functions() {
    List<String> others = new ArrayList<>(functions);
    others.removeIf(name -> endpoints.containsKey(EndpointName.device(name)));
    return others;
  }

  SortedMap<EndpointName, Integer> capacity() {
    return capacity;
  }

  /** The extent of what was found; asked for once, at the end. */
  Extent extent(SortedMap<String, Instant> supportedSince) {
    return new Extent(incomplete, refused + scan.refused(), supportedSince);
  }

  /** Reports what was refused. */
  void reportRefused() {
    if (refused == 0) {
      return;
    }
    Bounds bounds = scan.bounds();
    scan.problemOfHost(
        ProblemCode.TOO_LARGE,
        "expected at most %d endpoints, %d attributes, %d bytes and %d bytes of memory, refused %d endpoints or facts"
            .formatted(
                bounds.endpoints(), bounds.attributes(), bounds.bytes(), bounds.memory(), refused));
    refusedOf.forEach(
        (parent, some) -> {
          if (!parent.isEmpty()) {
            String what =
                "%d are beyond a bound, the first of them %s".formatted(some.count, some.first);
            scan.problem(parent, ProblemCode.TOO_LARGE, "expected room for all types, " + what);
            incomplete.putIfAbsent(parent, Quoted.bare(what, ProblemLog.MAX_TEXT));
          }
        });
  }
}
