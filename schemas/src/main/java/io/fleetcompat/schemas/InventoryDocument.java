package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.inventory.HostEndpoints.Device;
import io.fleetcompat.inventory.HostEndpoints.Offer;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.Related;
import io.fleetcompat.schemas.RepeatedTypes.Group;
import io.fleetcompat.schemas.avro.EndpointEntry;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.ProblemEntry;
import io.fleetcompat.schemas.avro.TypeOffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return of(reading, host, labels, Optional.empty());
  }

  /**
   * The same of a host whose machine had another name before.
   *
   * @throws IllegalArgumentException for a host name or labels that no reader would accept
   */
  public static HostInventory of(
      HostReading reading, String host, Map<String, String> labels, Optional<FormerName> former) {
    requireAcceptable(host, labels);
    Map<Attributes, Integer> contents = new LinkedHashMap<>();
    RepeatedTypes.Grouped<EndpointEntry> endpoints = group(reading.endpoints(), contents);
    return new HostInventory(
        host,
        0L,
        0L,
        Instant.EPOCH,
        new TreeMap<>(labels),
        reading.kernel().orElse(null),
        reading.drivers().stream().map(ContextRecord::fact).toList(),
        ContextRecord.texts(reading.facts()),
        ContextRecord.unusable(reading.facts()),
        contents.keySet().stream().map(ContentRecord::of).toList(),
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
            .toList(),
        former.map(FormerName::record).orElse(null),
        CardsRecord.of(reading.cards()));
  }

  /** Endpoints as they are written, of which no list that repeats is written out. */
  private static RepeatedTypes.Grouped<EndpointEntry> group(
      HostEndpoints endpoints, Map<Attributes, Integer> contents) {
    List<EndpointEntry> devices = new ArrayList<>();
    IdentityHashMap<List<Endpoint>, Group<EndpointEntry>> groups = new IdentityHashMap<>();
    List<Group<EndpointEntry>> inOrder = new ArrayList<>();
    for (HostEndpoints.Part part : endpoints.parts()) {
      switch (part) {
        case Device(Endpoint device) -> devices.add(entry(device, contents));
        case Offer(String parent, List<Endpoint> types) -> {
          Group<EndpointEntry> group = groups.get(types);
          if (group == null) {
            group = new Group<>(new ArrayList<>(), entries(types, contents));
            groups.put(types, group);
            inOrder.add(group);
          }
          group.parents().add(EndpointName.encode(parent));
        }
      }
    }
    return RepeatedTypes.apart(devices, inOrder, NAMING);
  }

  private static List<EndpointEntry> entries(
      List<Endpoint> endpoints, Map<Attributes, Integer> contents) {
    return endpoints.stream().map(endpoint -> entry(endpoint, contents)).toList();
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
        content.getOffers(),
        content.getFormerHost(),
        content.getCards());
  }

  /**
   * The endpoints of a decoded document, sorted by name; those of equal content share it, and all
   * share one context of their host.
   */
  public static List<Endpoint> endpoints(HostInventory document) {
    List<Attributes> contents =
        document.getContents().stream().map(ContentRecord::attributes).toList();
    HostContext context = ContextRecord.of(document);
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

  static List<Group<EndpointEntry>> groups(HostInventory document) {
    return document.getOffers().stream()
        .map(offer -> new Group<>(offer.getParents(), offer.getTypes()))
        .toList();
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

  private static ProblemEntry problem(HostReading.Problem problem) {
    return new ProblemEntry(problem.path(), problem.code().toString(), problem.detail());
  }
}
