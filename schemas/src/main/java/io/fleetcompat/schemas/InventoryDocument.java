package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.inventory.Related;
import io.fleetcompat.schemas.RepeatedTypes.Group;
import io.fleetcompat.schemas.avro.AttributeEntry;
import io.fleetcompat.schemas.avro.AttributeState;
import io.fleetcompat.schemas.avro.Content;
import io.fleetcompat.schemas.avro.DriverFact;
import io.fleetcompat.schemas.avro.EndpointEntry;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.ProblemEntry;
import io.fleetcompat.schemas.avro.TypeOffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A host's reading as the document that travels, and back. Equal contents are stored once. */
public final class InventoryDocument {

  private static final int NONE = -1;

  private static final RepeatedTypes.Naming<EndpointEntry> NAMING =
      new RepeatedTypes.Naming<>() {
        @Override
        public String name(EndpointEntry entry) {
          return entry.getName();
        }

        @Override
        public EndpointEntry named(EndpointEntry entry, String name) {
          return new EndpointEntry(
              name,
              entry.getKind(),
              entry.getMdevType(),
              entry.getOwn(),
              entry.getType(),
              entry.getPci(),
              entry.getPhysfn(),
              entry.getParent(),
              entry.getFacts());
        }
      };

  private InventoryDocument() {}

  /**
   * The content of a reading's document: all but what {@link #sent} adds.
   *
   * @throws IllegalArgumentException for a host name or labels that no reader would accept
   */
  public static HostInventory of(HostReading reading, String host, Map<String, String> labels) {
    requireAcceptable(host, labels);
    Map<Attributes, Integer> contents = new LinkedHashMap<>();
    Iterator<EndpointEntry> sorted =
        reading.endpoints().stream()
            .sorted(Comparator.comparing(Endpoint::name))
            .map(endpoint -> entry(endpoint, contents))
            .iterator();
    RepeatedTypes.Grouped<EndpointEntry> endpoints = RepeatedTypes.group(() -> sorted, NAMING);
    return new HostInventory(
        host,
        0L,
        0L,
        Instant.EPOCH,
        new TreeMap<>(labels),
        reading.kernel().orElse(null),
        reading.drivers().stream().map(InventoryDocument::fact).toList(),
        texts(reading.facts()),
        unusable(reading.facts()),
        contents.keySet().stream().map(InventoryDocument::content).toList(),
        endpoints.others(),
        reading.functions().stream().map(EndpointName::encode).sorted().distinct().toList(),
        List.of(),
        "",
        reading.problems().stream()
            .limit(Limits.PROBLEMS_SENT)
            .map(InventoryDocument::problem)
            .toList(),
        ExtentRecord.of(reading.extent()),
        endpoints.groups().stream()
            .map(group -> new TypeOffer(group.parents(), group.types()))
            .toList());
  }

  /** The same content as it is sent: one of the host's documents, and why there is another. */
  public static HostInventory sent(
      HostInventory content,
      DocumentVersion version,
      Instant observedAt,
      String cause,
      List<String> changed) {
    return new HostInventory(
        content.getHost(),
        version.epoch(),
        version.sequence(),
        observedAt,
        content.getLabels(),
        content.getKernel(),
        content.getDrivers(),
        content.getFacts(),
        content.getFactProblems(),
        content.getContents(),
        content.getEndpoints(),
        content.getFunctions(),
        changed.stream().limit(Limits.CHANGED_SENT).toList(),
        cause,
        content.getProblems(),
        content.getExtent(),
        content.getOffers());
  }

  /**
   * The endpoints of a decoded document, sorted by name; those of equal content share it, and all
   * share one context of their host.
   */
  public static List<Endpoint> endpoints(HostInventory document) {
    List<Attributes> contents =
        document.getContents().stream().map(InventoryDocument::attributes).toList();
    HostContext context = context(document);
    List<EndpointEntry> entries = entries(document);
    List<Endpoint> endpoints = new ArrayList<>(entries.size());
    for (EndpointEntry entry : entries) {
      endpoints.add(
          new Endpoint(
              EndpointName.parse(entry.getName()),
              EndpointKind.valueOf(entry.getKind().name()),
              Optional.ofNullable(entry.getMdevType()),
              at(contents, entry.getOwn()),
              at(contents, entry.getType()),
              at(contents, entry.getPci()),
              new Related(
                  at(contents, entry.getPhysfn()),
                  at(contents, entry.getParent()),
                  at(contents, entry.getFacts())),
              context));
    }
    return endpoints;
  }

  /** All entries of a document under their whole names, sorted. */
  public static List<EndpointEntry> entries(HostInventory document) {
    return RepeatedTypes.expand(document.getEndpoints(), groups(document), NAMING);
  }

  /** The number of entries, without making them. */
  static long size(HostInventory document) {
    return groups(document).stream()
        .mapToLong(Group::size)
        .reduce(document.getEndpoints().size(), Math::addExact);
  }

  private static List<Group<EndpointEntry>> groups(HostInventory document) {
    return document.getOffers().stream()
        .map(offer -> new Group<>(offer.getParents(), offer.getTypes()))
        .toList();
  }

  private static HostContext context(HostInventory document) {
    List<HostReading.Driver> drivers =
        document.getDrivers().stream().map(InventoryDocument::driver).toList();
    return HostContext.of(Optional.ofNullable(document.getKernel()), drivers, facts(document));
  }

  /** A fact of which it is said that it cannot be used is not used, whatever else is said. */
  private static Attributes facts(HostInventory document) {
    Map<String, Attribute> facts = new TreeMap<>();
    document.getFacts().forEach((name, value) -> facts.put(name, text(value)));
    document
        .getFactProblems()
        .forEach((name, problem) -> facts.put(name, new Attribute.Malformed(bounded(problem))));
    return Attributes.of(facts);
  }

  private static String bounded(String problem) {
    return Quoted.bare(problem, Limits.PROBLEM);
  }

  private static SortedMap<String, String> texts(Attributes facts) {
    SortedMap<String, String> texts = new TreeMap<>();
    facts
        .byPath()
        .forEach(
            (name, fact) -> {
              if (fact instanceof Attribute.Text(String value)) {
                texts.put(name, value);
              }
            });
    return texts;
  }

  private static SortedMap<String, String> unusable(Attributes facts) {
    SortedMap<String, String> problems = new TreeMap<>();
    facts
        .byPath()
        .forEach(
            (name, fact) -> {
              if (!(fact instanceof Attribute.Text)) {
                problems.put(name, entry(name, fact).getValue());
              }
            });
    return problems;
  }

  private static HostReading.Driver driver(DriverFact fact) {
    return new HostReading.Driver(
        fact.getName(),
        Optional.ofNullable(fact.getVersion()),
        Optional.ofNullable(fact.getSrcversion()));
  }

  private static void requireAcceptable(String host, Map<String, String> labels) {
    try {
      HostName.require(host);
      HostLabels.require(labels);
    } catch (BadRecordException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static EndpointEntry entry(Endpoint endpoint, Map<Attributes, Integer> contents) {
    return new EndpointEntry(
        endpoint.name().toString(),
        EndpointEntryKind.valueOf(endpoint.kind().name()),
        endpoint.mdevType().orElse(null),
        index(endpoint.own(), contents),
        optionalIndex(endpoint.type(), contents),
        optionalIndex(endpoint.pci(), contents),
        optionalIndex(endpoint.related().physfn(), contents),
        optionalIndex(endpoint.related().parent(), contents),
        optionalIndex(endpoint.related().facts(), contents));
  }

  private static int optionalIndex(Attributes attributes, Map<Attributes, Integer> contents) {
    return attributes.byPath().isEmpty() ? NONE : index(attributes, contents);
  }

  private static int index(Attributes attributes, Map<Attributes, Integer> contents) {
    return contents.computeIfAbsent(attributes, added -> contents.size());
  }

  private static Attributes at(List<Attributes> contents, int index) {
    return index == NONE ? Attributes.NONE : contents.get(index);
  }

  private static Content content(Attributes attributes) {
    List<AttributeEntry> entries = new ArrayList<>(attributes.byPath().size());
    attributes.byPath().forEach((path, attribute) -> entries.add(entry(path, attribute)));
    return new Content(entries);
  }

  private static AttributeEntry entry(String path, Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text text -> new AttributeEntry(path, AttributeState.TEXT, text.value());
      case Attribute.Malformed malformed ->
          new AttributeEntry(path, AttributeState.MALFORMED, malformed.problem());
      case Attribute.Unreadable unreadable ->
          new AttributeEntry(path, AttributeState.UNREADABLE, unreadable.errno());
      case Attribute.Directory directory -> new AttributeEntry(path, AttributeState.DIRECTORY, "");
      case Attribute.Absent absent ->
          throw new IllegalStateException(path + ": an absent attribute is never stored");
    };
  }

  private static Attributes attributes(Content content) {
    Map<String, Attribute> byPath = new TreeMap<>();
    for (AttributeEntry entry : content.getAttributes()) {
      byPath.put(entry.getPath(), attribute(entry));
    }
    return Attributes.of(byPath);
  }

  private static Attribute attribute(AttributeEntry entry) {
    return switch (entry.getState()) {
      case TEXT -> text(entry.getValue());
      case MALFORMED -> new Attribute.Malformed(bounded(entry.getValue()));
      case UNREADABLE -> new Attribute.Unreadable(Quoted.bare(entry.getValue(), Limits.WORD));
      case DIRECTORY -> Attribute.DIRECTORY;
    };
  }

  /** A collector keeps the reading rules; a text that breaks them is not believed. */
  private static Attribute text(String text) {
    if (text.length() > Limits.TEXT) {
      return new Attribute.Malformed(
          "expected at most " + Limits.TEXT + " characters, found " + text.length());
    }
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
        ? new Attribute.Malformed("expected no control characters, found one")
        : new Attribute.Text(text);
  }

  private static DriverFact fact(HostReading.Driver driver) {
    return new DriverFact(
        driver.name(), driver.version().orElse(null), driver.srcversion().orElse(null));
  }

  private static ProblemEntry problem(HostReading.Problem problem) {
    return new ProblemEntry(problem.path(), problem.code().toString(), problem.detail());
  }
}
