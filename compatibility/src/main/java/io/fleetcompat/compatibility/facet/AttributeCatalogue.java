package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The closed catalogue of all attributes that rule packs may speak of, by address; only {@code
 * fact/site.*} is open: an operator's own (docs/rules.md#3.5). Immutable.
 */
public final class AttributeCatalogue {

  /** The scope of facts. */
  public static final String FACT = "fact";

  private static final Pattern SITE = Pattern.compile(FACT + "/site\\.[A-Za-z0-9_.-]{1,64}");

  private static final AttributeCatalogue BUILT_IN = load();

  private final SortedMap<String, CataloguedAttribute> byAddress;
  private final SortedMap<String, CataloguedAttribute> claims;

  private AttributeCatalogue(
      SortedMap<String, CataloguedAttribute> byAddress,
      SortedMap<String, CataloguedAttribute> claims) {
    this.byAddress = Collections.unmodifiableSortedMap(byAddress);
    this.claims = Collections.unmodifiableSortedMap(claims);
  }

  /** The catalogue of this version: the file {@code attributes.yaml} beside this class. */
  public static AttributeCatalogue builtIn() {
    return BUILT_IN;
  }

  private static AttributeCatalogue load() {
    String file = "attributes.yaml";
    try {
      String schema = Resource.text(AttributeCatalogue.class, "attributes.schema.json");
      return parse(file, Resource.text(AttributeCatalogue.class, file), new YamlSchema(schema));
    } catch (BadYamlException e) {
      throw new IllegalStateException("a file of ours: " + e.problem(), e);
    }
  }

  /** A catalogue from its file. */
  static AttributeCatalogue parse(String file, String text, YamlSchema schema)
      throws BadYamlException {
    LocatedYaml yaml = LocatedYaml.parse(file, text);
    schema.check(yaml);
    SortedMap<String, CataloguedAttribute> byAddress = new TreeMap<>();
    SortedMap<String, CataloguedAttribute> claims = new TreeMap<>();
    read(yaml, "attributes", byAddress, claims);
    read(yaml, "claims", claims, byAddress);
    return new AttributeCatalogue(byAddress, claims);
  }

  private static void read(
      LocatedYaml yaml,
      String section,
      SortedMap<String, CataloguedAttribute> into,
      SortedMap<String, CataloguedAttribute> others)
      throws BadYamlException {
    JsonNode entries = yaml.root().path(section);
    JsonPointer place = JsonPointer.empty().appendProperty(section);
    for (int i = 0; i < entries.size(); i++) {
      CataloguedAttribute attribute = entry(entries.path(i));
      if (into.put(attribute.address(), attribute) != null
          || others.containsKey(attribute.address())) {
        throw yaml.refuseText(place.appendIndex(i), "each address once", attribute.address());
      }
    }
  }

  private static CataloguedAttribute entry(JsonNode entry) {
    return new CataloguedAttribute(
        entry.path("address").asText(),
        entry.path("title").asText(),
        ValueType.of(entry.path("type").asText()).orElseThrow(),
        texts(entry.path("values")),
        entry.path("separator").asText(),
        entry.has("form") ? Optional.of(form(entry)) : Optional.empty(),
        entry.has("unit") ? Optional.of(entry.path("unit").asText()) : Optional.empty(),
        texts(entry.path("drivers")),
        entry.path("supplied-by").asText(),
        entry.path("supply").asText(),
        Citation.list(entry.path("source")));
  }

  private static ValueForm form(JsonNode entry) {
    return new ValueForm(
        Pattern.compile(entry.path("form").asText()), entry.path("such-as").asText());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** All of them, by address. */
  public Collection<CataloguedAttribute> all() {
    return byAddress.values();
  }

  /** Facts that claim something of a device: no rule speaks of them, and no profile has them. */
  public Collection<CataloguedAttribute> claims() {
    return claims.values();
  }

  /** The claim at an address. */
  public Optional<CataloguedAttribute> claim(String address) {
    return Optional.ofNullable(claims.get(address));
  }

  /** The attribute at an address; any {@code fact/site.NAME} is one. */
  public Optional<CataloguedAttribute> find(String address) {
    Optional<CataloguedAttribute> found = Optional.ofNullable(byAddress.get(address));
    return found.isEmpty() && SITE.matcher(address).matches()
        ? Optional.of(CataloguedAttribute.ofSite(address))
        : found;
  }
}
