package io.fleetcompat.compatibility.pack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The remarks about values in a pack that no side can ever have, since a rule sees every value in
 * its normal form: {@code 9.04} of a release is 9.4. Patterns are not looked at. One use.
 */
final class LiteralReview {

  private static final Pattern RANGE = Pattern.compile("[0-9]+-[0-9]+");

  private final LocatedYaml yaml;
  private final List<PackRemark> remarks = new ArrayList<>();

  LiteralReview(LocatedYaml yaml) {
    this.yaml = yaml;
  }

  List<PackRemark> remarks() {
    conditions(JsonPointer.compile("/match/where"));
    conditions(JsonPointer.compile("/not-migratable/unless"));
    JsonPointer rules = JsonPointer.compile("/rules");
    for (int i = 0; i < yaml.root().at(rules).size(); i++) {
      rule(rules.appendIndex(i));
    }
    return remarks;
  }

  private void rule(JsonPointer at) {
    for (String where : List.of("applies-where", "satisfied-where", "fails-where")) {
      conditions(at.appendProperty(where));
    }
    JsonNode rule = yaml.root().at(at);
    List<String> addresses =
        Stream.concat(
                Stream.of(rule.path("attribute").asText()),
                RuleReader.texts(rule.path("otherwise")).stream())
            .toList();
    texts(at.appendProperty("values"), addresses);
    texts(at.appendProperty("equal-if-both"), addresses);
    JsonPointer pairs = at.appendProperty("pairs");
    for (int i = 0; i < yaml.root().at(pairs).size(); i++) {
      texts(pairs.appendIndex(i), addresses);
    }
  }

  /** One condition, or a list of them. */
  private void conditions(JsonPointer at) {
    JsonNode json = yaml.root().at(at);
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        conditions(at.appendIndex(i));
      }
    } else {
      json.fieldNames()
          .forEachRemaining(address -> texts(at.appendProperty(address), List.of(address)));
    }
  }

  /** Looks at a list of values, each of which one of the addresses must be able to have. */
  private void texts(JsonPointer at, List<String> addresses) {
    List<CataloguedAttribute> attributes =
        addresses.stream()
            .flatMap(address -> AttributeCatalogue.builtIn().find(address).stream())
            .toList();
    for (int i = 0; i < yaml.root().at(at).size(); i++) {
      String text = yaml.root().at(at).path(i).asText();
      boolean isLiteral = new Glob(text).isExact() && !RANGE.matcher(text).matches();
      if (isLiteral && attributes.stream().noneMatch(one -> isNormal(one, text))) {
        remark(at.appendIndex(i), attributes.getFirst(), text);
      }
    }
  }

  private static boolean isNormal(CataloguedAttribute attribute, String text) {
    return attribute.normal(new Attribute.Text(text)) instanceof Parsed.Value<String>(String normal)
        && normal.equals(text);
  }

  private void remark(JsonPointer at, CataloguedAttribute attribute, String text) {
    String why =
        switch (attribute.normal(new Attribute.Text(text))) {
          case Parsed.Value<String>(String normal) -> "rules see it as " + Quoted.of(normal);
          case Parsed.Malformed<String>(String problem) -> problem;
          case Parsed.Absent<String> _, Parsed.Unreadable<String> _ -> "it is none";
        };
    String words = Quoted.of(text) + " is never a value of " + attribute.address() + ": " + why;
    remarks.add(new PackRemark(yaml.file(), yaml.line(at), words));
  }
}
