package io.fleetcompat.collector.sysfs.readers;

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
import io.fleetcompat.schemas.Limits;
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

  private final Scan scan;
  private final RelatedNodes related;
  private final SortedMap<EndpointName, Endpoint> endpoints = new TreeMap<>();
  private final SortedSet<String> functions = new TreeSet<>();
  private final SortedMap<EndpointName, Integer> capacity = new TreeMap<>();
  private final SortedMap<String, String> incomplete = new TreeMap<>();

  /** The node that each name was first found at, also where its endpoint was refused. */
  private final Map<EndpointName, Node> places = new HashMap<>();

  /** The names that several nodes have. */
  private final Set<EndpointName> shared = new HashSet<>();

  /** Contents already counted: what repeats is stored once in the document. */
  private final Set<Attributes> counted = new HashSet<>();

  private int attributes;
  private long bytes;
  private int refused;

  HostFindings(Scan scan, RelatedNodes related) {
    this.scan = scan;
    this.related = related;
  }

  /**
   * Adds the endpoint at a node, with what else it depends on; true where it was new and within the
   * bounds. Where another node has that name already, an answer could be about either: the endpoint
   * is malformed, whatever both say.
   */
  boolean add(Endpoint found, Node node) {
    Endpoint endpoint = related.complete(found, node);
    Node first = places.putIfAbsent(endpoint.name(), node);
    if (first == null) {
      scan.found(endpoint.name(), node);
      return put(endpoint);
    }
    if (!first.equals(node)) {
      scan.problem(
          node.path(),
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
    return false;
  }

  /** Puts another endpoint in place of one that is there, or none where it is beyond the bounds. */
  private void replace(Endpoint endpoint) {
    endpoints.remove(endpoint.name());
    if (!put(endpoint)) {
      capacity.remove(endpoint.name());
    }
  }

  private boolean put(Endpoint endpoint) {
    int moreAttributes = 0;
    long moreBytes = DocumentSize.of(endpoint);
    for (Attributes content : Set.copyOf(endpoint.contents())) {
      if (!counted.contains(content)) {
        moreAttributes += content.byPath().size();
        moreBytes += DocumentSize.of(content);
      }
    }
    if (endpoints.size() >= Limits.ENDPOINTS
        || attributes + moreAttributes > scan.bounds().attributes()
        || bytes + moreBytes > scan.bounds().bytes()) {
      refused++;
      return false;
    }
    attributes += moreAttributes;
    bytes += moreBytes;
    counted.addAll(endpoint.contents());
    endpoints.put(endpoint.name(), endpoint);
    return true;
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
    if (functions.size() >= Limits.ENDPOINTS) {
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
    endpoints.forEach(
        (name, endpoint) ->
            Optional.ofNullable(places.get(name))
                .flatMap(node -> VersionAttribute.of(endpoint, node))
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

  /** The extent of what was found. */
  Extent extent(SortedMap<String, Instant> supportedSince) {
    return new Extent(incomplete, refused + scan.refused(), supportedSince);
  }

  /** Reports what was refused. */
  void reportRefused() {
    if (refused > 0) {
      scan.problemOfHost(
          ProblemCode.TOO_LARGE,
          "expected at most %d endpoints, %d attributes and %d bytes, refused %d endpoints or facts"
              .formatted(
                  Limits.ENDPOINTS, scan.bounds().attributes(), scan.bounds().bytes(), refused));
    }
  }
}
