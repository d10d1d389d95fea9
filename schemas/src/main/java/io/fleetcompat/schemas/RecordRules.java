package io.fleetcompat.schemas;

import static io.fleetcompat.schemas.RecordBounds.ascending;
import static io.fleetcompat.schemas.RecordBounds.findings;
import static io.fleetcompat.schemas.RecordBounds.index;
import static io.fleetcompat.schemas.RecordBounds.invalid;
import static io.fleetcompat.schemas.RecordBounds.length;
import static io.fleetcompat.schemas.RecordBounds.size;
import static io.fleetcompat.schemas.RecordBounds.word;
import static io.fleetcompat.schemas.RecordBounds.words;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.AttributeEntry;
import io.fleetcompat.schemas.avro.CapacityOffer;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.Content;
import io.fleetcompat.schemas.avro.EndpointEntry;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostExtent;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.PackFile;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.PlacedOffer;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.schemas.avro.RulesRefused;
import io.fleetcompat.schemas.avro.SharedCard;
import io.fleetcompat.schemas.avro.TypeOffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rules for records beyond their schemas: whoever holds a record need not ask again. */
final class RecordRules {

  private RecordRules() {}

  static void inventory(HostInventory document) throws BadRecordException {
    HostName.require(document.getHost());
    if (document.getFormerHost() != null) {
      FormerName.require(document.getHost(), document.getFormerHost());
    }
    version(DocumentVersion.of(document));
    HostLabels.require(document.getLabels());
    words("facts", document.getFacts(), Limits.FACTS);
    words("factProblems", document.getFactProblems(), Limits.FACTS);
    word("kernel", document.getKernel());
    word("cause", document.getCause());
    size("drivers", document.getDrivers().size(), Limits.FACTS);
    size("functions", document.getFunctions().size(), Limits.ENDPOINTS);
    size("problems", document.getProblems().size(), Limits.PROBLEMS);
    size("changed", document.getChanged().size(), Limits.ENDPOINTS);
    extent(document.getExtent());
    cards(document.getCards());
    ascending("functions", document.getFunctions());
    for (String function : document.getFunctions()) {
      endpointName(function);
    }
    for (Content content : document.getContents()) {
      attributes(content.getAttributes());
    }
    size("endpoints", InventoryDocument.size(document), Limits.ENDPOINTS);
    endpoints(document.getEndpoints(), document.getContents().size());
    OfferedNames names = new OfferedNames();
    for (TypeOffer offer : document.getOffers()) {
      parents(offer.getParents());
      endpoints(offer.getTypes(), document.getContents().size());
      names.add(offer.getParents(), offer.getTypes().stream().map(EndpointEntry::getName).toList());
    }
    names.requireNone(document.getEndpoints().stream().map(EndpointEntry::getName).toList());
  }

  private static void extent(HostExtent extent) throws BadRecordException {
    words("extent.incomplete", extent.getIncomplete(), Limits.ENDPOINTS);
    index("extent.refused", extent.getRefused(), 0, Integer.MAX_VALUE);
    size("extent.supportedSince", extent.getSupportedSince().size(), Limits.ENDPOINTS);
    for (Map.Entry<String, Long> since : extent.getSupportedSince().entrySet()) {
      length("a name in extent.supportedSince", since.getKey(), 1, Limits.WORD);
      if (since.getValue() < 0) {
        throw invalid("a time since 1970 of 0 or more", String.valueOf(since.getValue()));
      }
    }
  }

  private static void endpoints(List<EndpointEntry> endpoints, int contents)
      throws BadRecordException {
    ascending("endpoints", endpoints.stream().map(EndpointEntry::getName).toList());
    for (EndpointEntry endpoint : endpoints) {
      endpointName(endpoint.getName());
      word("mdevType", endpoint.getMdevType());
      index("own", endpoint.getOwn(), 0, contents);
      index("type", endpoint.getType(), -1, contents);
      index("pci", endpoint.getPci(), -1, contents);
      index("physfn", endpoint.getPhysfn(), -1, contents);
      index("parent", endpoint.getParent(), -1, contents);
      index("facts", endpoint.getFacts(), -1, contents);
    }
  }

  private static void attributes(List<AttributeEntry> attributes) throws BadRecordException {
    ascending("attributes", attributes.stream().map(AttributeEntry::getPath).toList());
    for (AttributeEntry attribute : attributes) {
      length("an attribute's path", attribute.getPath(), 1, Limits.PATH);
    }
  }

  static void capacity(HostCapacity capacity) throws BadRecordException {
    HostName.require(capacity.getHost());
    version(DocumentVersion.of(capacity));
    size("capacity", CapacityRecord.size(capacity), Limits.ENDPOINTS);
    numbers(capacity.getCapacity());
    OfferedNames names = new OfferedNames();
    for (CapacityOffer offer : capacity.getOffers()) {
      parents(offer.getParents());
      numbers(offer.getCapacity());
      names.add(offer.getParents(), offer.getCapacity().keySet());
    }
    names.requireNone(capacity.getCapacity().keySet());
    size("inUse", capacity.getInUse().size(), Limits.ENDPOINTS);
    for (String device : capacity.getInUse().keySet()) {
      endpointName(device);
      if (device.indexOf('/') >= 0) {
        throw invalid("a device", device);
      }
    }
  }

  private static void numbers(Map<String, Integer> capacity) throws BadRecordException {
    for (Map.Entry<String, Integer> entry : capacity.entrySet()) {
      endpointName(entry.getKey());
      index("capacity of " + entry.getKey(), entry.getValue(), 0, Integer.MAX_VALUE);
    }
  }

  static void placement(Placement placement) throws BadRecordException {
    HostName.require(placement.getHost());
    if (placement.getFormerHost() != null) {
      FormerName.require(placement.getHost(), placement.getFormerHost());
    }
    extent(placement.getExtent());
    cards(placement.getCards());
    size("endpoints", PlacementRecord.size(placement), Limits.ENDPOINTS);
    for (PlacedOffer offer : placement.getOffers()) {
      parents(offer.getParents());
    }
    List<PlacedEndpoint> endpoints = PlacementRecord.endpoints(placement);
    ascending("endpoints", endpoints.stream().map(PlacedEndpoint::getName).toList());
    int profiles = placement.getProfiles().size();
    for (PlacedEndpoint endpoint : endpoints) {
      index("profile of " + endpoint.getName(), endpoint.getProfile(), 0, profiles);
    }
    if (placement.getPoolLabel() != null) {
      HostLabels.requireName(placement.getPoolLabel());
    }
    claims(placement.getClaims().keySet(), endpoints);
    findings(placement.getFindings());
    index("functionProfile", placement.getFunctionProfile(), -1, profiles);
    if (placement.getFunctionProfile() < 0 && !placement.getFunctions().isEmpty()) {
      throw invalid("a profile of the functions", "none");
    }
  }

  private static void claims(Set<String> claims, List<PlacedEndpoint> endpoints)
      throws BadRecordException {
    if (claims.isEmpty()) {
      return;
    }
    Set<String> unknown = new TreeSet<>(claims);
    endpoints.forEach(endpoint -> unknown.remove(endpoint.getName()));
    if (!unknown.isEmpty()) {
      throw invalid(
          "claims about endpoints of the placement", Quoted.of(unknown.iterator().next()));
    }
  }

  static void profile(ProfileRecord profile) throws BadRecordException {
    index("number", profile.getNumber(), 0, Integer.MAX_VALUE);
  }

  static void row(MatrixRow row) throws BadRecordException {
    index("source", row.getSource(), 0, Integer.MAX_VALUE);
  }

  static void generation(MatrixGeneration generation) throws BadRecordException {
    index("generation", generation.getGeneration(), 0, Integer.MAX_VALUE);
    policies(generation.getRuleSet(), generation.getPolicies());
  }

  static void ruleSet(RuleSetRecord rules) throws BadRecordException {
    policies(rules.getRuleSet(), rules.getPolicies());
    words("packOptions", rules.getPackOptions(), Limits.PACKS);
    size("packs", rules.getPacks().size(), Limits.PACKS);
    ascending("packs", rules.getPacks().stream().map(PackFile::getFile).toList());
    long characters = 0;
    for (PackFile pack : rules.getPacks()) {
      length("the name of a pack's file", pack.getFile(), 1, Limits.WORD);
      characters += pack.getText().length();
    }
    if (characters > Limits.PACK_CHARACTERS) {
      throw invalid(
          "at most " + Limits.PACK_CHARACTERS + " characters of packs", String.valueOf(characters));
    }
  }

  static void inForce(RulesInForce inForce) throws BadRecordException {
    length("ruleSet", inForce.getRuleSet(), 1, Limits.RULE_SET);
  }

  static void refused(RulesRefused refused) throws BadRecordException {
    length("ruleSet", refused.getRuleSet(), 1, Limits.RULE_SET);
    length("reason", refused.getReason(), 1, Limits.REFUSAL);
  }

  private static void policies(String ruleSet, List<String> policies) throws BadRecordException {
    length("ruleSet", ruleSet, 1, Limits.RULE_SET);
    size("policies", policies.size(), Limits.RULE_SET);
    for (String policy : policies) {
      length("a policy", policy, 1, Limits.WORD);
    }
  }

  static void census(Census census) throws BadRecordException {
    index("partition", census.getPartition(), 0, Integer.MAX_VALUE);
    index("hosts", census.getHosts(), 0, Integer.MAX_VALUE);
  }

  private static void version(DocumentVersion version) throws BadRecordException {
    if (version.epoch() < 0 || version.sequence() < 0) {
      throw invalid("epoch and sequence of 0 or more", version.epoch() + ", " + version.sequence());
    }
  }

  private static void endpointName(String name) throws BadRecordException {
    if (EndpointName.isPlain(name)) {
      return;
    }
    try {
      String normal = EndpointName.parse(name).toString();
      if (!normal.equals(name)) {
        throw invalid("the endpoint name " + Quoted.of(normal), name);
      }
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(Code.INVALID, "an endpoint DEVICE or PARENT/TYPE", name);
    }
  }

  /** Cards: each parent is of one. */
  private static void cards(List<SharedCard> cards) throws BadRecordException {
    ascending("cards", cards.stream().map(SharedCard::getCard).toList());
    size("cards", cards.stream().mapToLong(c -> c.getParents().size()).sum(), Limits.ENDPOINTS);
    Set<String> known = new HashSet<>();
    for (SharedCard card : cards) {
      parents(List.of(card.getCard()));
      parents(card.getParents());
      for (String parent : card.getParents()) {
        if (!known.add(parent)) {
          throw invalid("each parent on one card", Quoted.of(parent) + " on two");
        }
      }
    }
  }

  /** Parents of types: each a name of one part. */
  private static void parents(List<String> parents) throws BadRecordException {
    ascending("parents", parents);
    for (String parent : parents) {
      endpointName(parent);
      if (parent.indexOf('/') >= 0) {
        throw invalid("a parent", parent);
      }
    }
  }
}
