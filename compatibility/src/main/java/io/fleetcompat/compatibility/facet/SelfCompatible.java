package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The lists, on a node, of what it is and of which others it accepts (docs/rules.md 3.2): one model
 * of the directories, the text files and the JSON file.
 *
 * <p>Where one part is malformed, so is the other, unless it is unreadable: the facet is malformed
 * as a whole.
 *
 * @param selves attribute to value; with several, each must be accepted
 * @param patterns the alternatives of the compatible list, in order
 */
public record SelfCompatible(
    Parsed<List<SortedMap<String, String>>> selves, Parsed<List<Pattern>> patterns)
    implements Facet {

  public static final String SELF = "self";
  public static final String COMPATIBLE = "compatible";

  /** Most alternatives in a compatible list: as many as a file of 64 KiB can hold. */
  public static final int MAX_PATTERNS = 16 * 1024;

  /** Most selves of one node. */
  public static final int MAX_SELVES = 64;

  private static final String ONE_FILE = "migration_compatible";

  /** The facet of a node; empty where it has neither of the interface's places. */
  static Optional<SelfCompatible> of(Attributes node) {
    Optional<SelfCompatible> twoParts = SelfCompatibleParts.of(node);
    Optional<SelfCompatible> oneFile = ofFile(node.get(ONE_FILE));
    if (twoParts.isPresent() && oneFile.isPresent()) {
      return Optional.of(agreed(twoParts.get(), oneFile.get()));
    }
    return twoParts.or(() -> oneFile);
  }

  /** The facet of a node that has the one file that says all of it, and no other place. */
  public static Optional<SelfCompatible> ofFile(Attribute attribute) {
    Parsed<SelfCompatible> file =
        ((ValueParser<SelfCompatible>) SelfCompatible::parseFile).read(attribute);
    return switch (file) {
      case Parsed.Absent<SelfCompatible> none -> Optional.empty();
      case Parsed.Value<SelfCompatible>(SelfCompatible facet) -> Optional.of(facet);
      case Parsed.Malformed<SelfCompatible>(String problem) -> Optional.of(malformed(problem));
      case Parsed.Unreadable<SelfCompatible>(String errno) -> Optional.of(unreadable(errno));
    };
  }

  private static SelfCompatible parseFile(String text) throws MalformedException {
    return text.stripLeading().startsWith("{")
        ? SelfCompatibleJson.parse(text)
        : SelfCompatibleText.parseOneFile(text);
  }

  /** Two spellings on one node must say the same; where one cannot be read, nobody knows. */
  private static SelfCompatible agreed(SelfCompatible one, SelfCompatible other) {
    if (one.equals(other)) {
      return one;
    }
    return one.errno()
        .or(other::errno)
        .map(SelfCompatible::unreadable)
        .or(() -> one.problem().or(other::problem).map(SelfCompatible::malformed))
        .orElseGet(() -> malformed("migration/ and " + ONE_FILE + " do not say the same"));
  }

  static SelfCompatible malformed(String problem) {
    return new SelfCompatible(new Parsed.Malformed<>(problem), new Parsed.Malformed<>(problem));
  }

  /** The facet is malformed as a whole; but of what is unreadable nobody knows what it says. */
  SelfCompatible malformedToo(String problem) {
    return new SelfCompatible(
        selves instanceof Parsed.Unreadable ? selves : new Parsed.Malformed<>(problem),
        patterns instanceof Parsed.Unreadable ? patterns : new Parsed.Malformed<>(problem));
  }

  static SelfCompatible unreadable(String errno) {
    return new SelfCompatible(new Parsed.Unreadable<>(errno), new Parsed.Unreadable<>(errno));
  }

  /** The problem of the first part that is malformed. */
  Optional<String> problem() {
    return selves instanceof Parsed.Malformed<?>(String problem)
        ? Optional.of(problem)
        : patterns instanceof Parsed.Malformed<?>(String problem)
            ? Optional.of(problem)
            : Optional.empty();
  }

  private Optional<String> errno() {
    return selves instanceof Parsed.Unreadable<?>(String errno)
        ? Optional.of(errno)
        : patterns instanceof Parsed.Unreadable<?>(String errno)
            ? Optional.of(errno)
            : Optional.empty();
  }

  @Override
  public FacetId id() {
    return FacetId.SELF_COMPATIBLE;
  }

  @Override
  public boolean isOfOwnNode() {
    return true;
  }

  @Override
  public void forEach(BiConsumer<String, Parsed<?>> visitor) {
    visitor.accept(SELF, selves);
    visitor.accept(COMPATIBLE, patterns);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = FacetJson.object();
    FacetJson.put(json, SELF, selves, list -> FacetJson.array(list, SelfCompatible::selfToJson));
    FacetJson.put(json, COMPATIBLE, patterns, list -> FacetJson.array(list, Pattern::toJson));
    return json;
  }

  /** Inverse of {@link #toJson}; what that does not write is an IllegalArgumentException. */
  static SelfCompatible fromJson(JsonNode json) {
    return new SelfCompatible(
        FacetJson.get(json, SELF, list -> FacetJson.asList(list, SelfCompatible::selfFromJson)),
        FacetJson.get(json, COMPATIBLE, list -> FacetJson.asList(list, Pattern::fromJson)));
  }

  private static JsonNode selfToJson(SortedMap<String, String> self) {
    ObjectNode json = FacetJson.object();
    self.forEach(json::put);
    return json;
  }

  private static SortedMap<String, String> selfFromJson(JsonNode json) {
    SortedMap<String, String> self = new TreeMap<>();
    json.properties()
        .forEach(entry -> self.put(entry.getKey(), FacetJson.asText(entry.getValue())));
    return self;
  }
}
