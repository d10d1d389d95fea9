package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.ProblemLog;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.inventory.SharedCards;
import io.fleetcompat.schemas.DocumentSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

  private final Scan scan;
  private final RelatedNodes related;
  private final SortedMap<EndpointName, Endpoint> devices = new TreeMap<>();
  private final OfferedTypes types = new OfferedTypes();
  private final SortedSet<String> functions = new TreeSet<>();
  private final SortedMap<String, String> incomplete = new TreeMap<>();
  private final SortedMap<String, String> cards = new TreeMap<>();
  private final EndpointPlaces places = new EndpointPlaces();
  private final RefusedEndpoints refused = new RefusedEndpoints();

  /** The names that several nodes have. */
  private final Set<EndpointName> shared = new HashSet<>();

  /** Contents already counted: what repeats is stored once, here and in the document. */
  private final SharedContents contents = new SharedContents();

  private int attributes;
  private long bytes;
  private long memory;

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
    Optional<Node> first = places.putDevice(device.name(), node);
    if (first.isEmpty()) {
      scan.found(device.name(), node);
      return put(device);
    }
    if (!first.get().equals(node)) {
      share(device, first.get(), node);
    }
    return false;
  }

  /** Adds a type of the parent at a node, likewise, which has a directory of its own. */
  boolean addType(Endpoint found, Node parent, Node directory) {
    Endpoint type = related.complete(found, directory);
    String name = type.name().parent().orElseThrow();
    Optional<Node> other = places.putParent(name, parent).filter(node -> !node.equals(parent));
    if (contains(type.name())) {
      other.ifPresent(node -> share(type, node, directory));
      return false;
    }
    scan.found(type.name(), directory);
    boolean added = other.isPresent() ? addOfTwin(type, name) : put(type);
    if (added) {
      places.putType(type, directory);
      related.physical(type, directory).ifPresent(card -> putCard(name, card));
    }
    return added;
  }

  /** The card of a virtual function that offers types. */
  private void putCard(String parent, Node physical) {
    if (!cards.containsKey(parent)
        && admit(
            DocumentSize.of(EndpointName.encode(parent))
                + DocumentSize.of(EndpointName.encode(physical.name())))) {
      cards.put(parent, physical.name());
    }
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
    types.removeCapacity(endpoint.name());
    find(endpoint.name()).ifPresent(known -> replace(SharedName.of(known, endpoint)));
  }

  /** A type of another parent of that name is not taken where the first one's may be refused. */
  private boolean addOfTwin(Endpoint endpoint, String parent) {
    if (refused.hasTypesOf(parent)) {
      refuse(endpoint.name());
      return false;
    }
    return put(endpoint);
  }

  /** Puts another endpoint in place of one that is there, or none where it is beyond the bounds. */
  private void replace(Endpoint endpoint) {
    devices.remove(endpoint.name());
    types.remove(endpoint.name());
    put(endpoint);
  }

  private boolean put(Endpoint found) {
    Endpoint endpoint = found.sharing(contents::share);
    boolean type = endpoint.name().parent().isPresent();
    int moreAttributes = 0;
    long moreBytes = DocumentSize.of(endpoint);
    long moreMemory = type ? types.memoryOf(endpoint) : EndpointMemory.ENDPOINT;
    for (Attributes content : Set.copyOf(endpoint.contents())) {
      if (!contents.has(content)) {
        moreAttributes += content.byPath().size();
        moreBytes += DocumentSize.of(content);
        moreMemory += EndpointMemory.of(content);
      }
    }
    if (size() >= scan.bounds().endpoints()
        || attributes + moreAttributes > scan.bounds().attributes()
        || bytes() + moreBytes > scan.bounds().bytes()
        || memory() + moreMemory > scan.bounds().memory()) {
      refuse(endpoint.name());
      return false;
    }
    for (Attributes content : endpoint.contents()) {
      if (!contents.has(content)) {
        attributes += content.byPath().size();
        bytes += DocumentSize.of(content);
        memory += EndpointMemory.of(content);
        contents.add(content);
      }
    }
    if (type) {
      types.put(endpoint);
    } else {
      bytes += DocumentSize.of(endpoint);
      memory += EndpointMemory.ENDPOINT;
      devices.put(endpoint.name(), endpoint);
    }
    return true;
  }

  /** An equal content that is in already; that one itself where there is none. */
  Attributes share(Attributes content) {
    return contents.share(content);
  }

  private int size() {
    return devices.size() + types.size();
  }

  private long bytes() {
    return bytes + types.bytes();
  }

  private long memory() {
    return memory + types.memory();
  }

  /** True where not even a small endpoint would be taken: what it says need not be read. */
  boolean isFull() {
    return size() >= scan.bounds().endpoints()
        || bytes() + SMALL > scan.bounds().bytes()
        || memory() + EndpointMemory.ENDPOINT + SMALL > scan.bounds().memory();
  }

  /** Counts an endpoint that is not taken; its parent, where it has one, is known to have more. */
  void refuse(EndpointName name) {
    refused.add(name);
  }

  boolean contains(EndpointName name) {
    return find(name).isPresent();
  }

  private Optional<Endpoint> find(EndpointName name) {
    return Optional.ofNullable(devices.get(name)).or(() -> types.find(name));
  }

  /** True where that node was added by that name, or refused. */
  boolean holds(EndpointName name, Node node) {
    return places.holds(name, node);
  }

  /**
   * Adds to a device what another attribute implies. Where that is beyond the bounds, the device is
   * refused as a whole.
   */
  void extend(EndpointName name, String path, Attribute value) {
    Endpoint device = devices.get(name);
    if (device == null || shared.contains(name)) {
      return;
    }
    SortedMap<String, Attribute> own = new TreeMap<>(device.own().byPath());
    own.put(path, value);
    replace(device.withOwn(Attributes.of(own)));
  }

  void addFunction(String name) {
    if (functions.size() >= scan.bounds().endpoints()) {
      refused.add();
    } else if (admit(DocumentSize.of(EndpointName.encode(name)))) {
      functions.add(name);
    }
  }

  /**
   * Counts more bytes, or a refusal where they are beyond the bound; true where the bytes were
   * counted.
   */
  boolean admit(long more) {
    if (bytes() + more > scan.bounds().bytes()) {
      refused.add();
      return false;
    }
    bytes += more;
    return true;
  }

  /** Refuses every endpoint and function from now on. */
  void takeNothingMore() {
    bytes = scan.bounds().bytes();
  }

  void setCapacity(EndpointName type, int instances) {
    types.setCapacity(type, instances);
  }

  /** Says that a parent may have types that are not among the endpoints, and why. */
  void setIncomplete(String parent, String why) {
    String words = Quoted.bare(why, ProblemLog.MAX_TEXT);
    if (admit(DocumentSize.of(parent) + DocumentSize.of(words))) {
      incomplete.put(parent, words);
    }
  }

  HostEndpoints endpoints() {
    return HostEndpoints.of(devices.values(), types.byParent());
  }

  /** The places of the endpoints. */
  EndpointPlaces places() {
    return places;
  }

  /** Functions that are no endpoints. */
  List<String> functions() {
    List<String> others = new ArrayList<>(functions);
    others.removeIf(name -> devices.containsKey(EndpointName.device(name)));
    return others;
  }

  Capacities capacity() {
    return types.capacities();
  }

  /** The extent of what was found; asked for once, at the end. */
  Extent extent(SortedMap<String, Instant> supportedSince) {
    return new Extent(incomplete, refused.count() + scan.refused(), supportedSince);
  }

  /** The cards of the virtual functions that offer types. */
  SharedCards cards() {
    return new SharedCards(cards);
  }

  /** Reports what was refused. */
  void reportRefused() {
    refused.report(
        scan,
        (parent, why) -> incomplete.putIfAbsent(parent, Quoted.bare(why, ProblemLog.MAX_TEXT)));
  }
}
