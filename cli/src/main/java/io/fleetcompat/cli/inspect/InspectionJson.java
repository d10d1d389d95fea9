package io.fleetcompat.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.compatibility.claim.ClaimCheck;
import io.fleetcompat.compatibility.judge.VerdictJson;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.HostReading.Problem;

/** A look at a host as JSON: the same as in words, with all names and whole values. */
final class InspectionJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private InspectionJson() {}

  static JsonNode of(Inspection inspection) {
    ObjectNode json = JSON.createObjectNode();
    json.put("root", inspection.root());
    json.put("kernel", inspection.reading().kernel().orElse(null));
    ArrayNode drivers = json.putArray("drivers");
    inspection.reading().drivers().forEach(driver -> driver(drivers.addObject(), driver));
    attributes(json.putObject("facts"), inspection.reading().facts());
    ArrayNode places = json.putArray("places");
    inspection.places().forEach(place -> place(places.addObject(), place));
    ArrayNode groups = json.putArray("groups");
    inspection.groups().forEach(group -> group(groups.addObject(), group));
    ArrayNode functions = json.putArray("functions");
    inspection
        .functions()
        .forEach(
            (driver, names) -> {
              ObjectNode held = functions.addObject();
              held.put("driver", driver.isEmpty() ? null : driver);
              held.put("why", Inspection.NO_ENDPOINT);
              names.forEach(held.putArray("functions")::add);
            });
    ObjectNode incomplete = json.putObject("incomplete");
    inspection.reading().extent().incomplete().forEach(incomplete::put);
    json.put("refused", inspection.reading().extent().refused());
    ArrayNode problems = json.putArray("problems");
    inspection.problems().forEach(problem -> problem(problems.addObject(), problem));
    return json;
  }

  private static void driver(ObjectNode json, Driver driver) {
    json.put("name", driver.name());
    json.put("version", driver.version().orElse(null));
    json.put("srcversion", driver.srcversion().orElse(null));
  }

  private static void place(ObjectNode json, Inspection.Place place) {
    json.put("path", place.path());
    json.put("there", place.there());
    json.put("entries", place.entries().orElse(null));
    json.put("errno", place.errno().orElse(null));
  }

  private static void group(ObjectNode json, EndpointGroup group) {
    json.put("kind", group.kind().name());
    ArrayNode endpoints = json.putArray("endpoints");
    group.members().forEach(member -> endpoints.add(member.name().toString()));
    json.put("profile", group.profile().fingerprint().toString());
    ArrayNode facets = json.putArray("facets");
    group.profile().facetIds().forEach(id -> facets.add(id.toString()));
    ObjectNode capacity = json.putObject("capacity");
    group.capacity().forEach((name, number) -> capacity.put(name.toString(), number));
    json.put("pack", group.pack().map(pack -> pack.name()).orElse(null));
    json.set("toItself", verdict(group));
    group.claim().ifPresent(claim -> claim(json.putObject("declared"), claim));
    ArrayNode read = json.putArray("read");
    for (Seen seen : group.seen()) {
      ObjectNode scope = read.addObject();
      scope.put("scope", seen.scope());
      scope.put("path", seen.path().isEmpty() ? null : seen.path());
      attributes(scope.putObject("attributes"), seen.attributes());
    }
  }

  private static void claim(ObjectNode json, ClaimCheck claim) {
    json.put("declared", claim.declared().toString());
    json.put("observed", claim.observed().shown().toString());
    json.put("finding", claim.finding().toString());
    json.put("detail", claim.observed().detail());
  }

  private static JsonNode verdict(EndpointGroup group) {
    try {
      return JSON.readTree(VerdictJson.toJson(group.toItself()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("we wrote this JSON ourselves", e);
    }
  }

  private static void attributes(ObjectNode json, Attributes attributes) {
    attributes.byPath().forEach((name, attribute) -> attribute(json.putObject(name), attribute));
  }

  private static void attribute(ObjectNode json, Attribute attribute) {
    switch (attribute) {
      case Attribute.Text(String value) -> json.put("text", value);
      case Attribute.Malformed(String problem) -> json.put("malformed", problem);
      case Attribute.Unreadable(String errno) -> json.put("unreadable", errno);
      case Attribute.Directory _ -> json.put("directory", true);
      case Attribute.Absent _ -> json.put("absent", true);
    }
  }

  private static void problem(ObjectNode json, Problem problem) {
    json.put("path", problem.path());
    json.put("code", problem.code().toString());
    json.put("detail", problem.detail());
  }
}
