package io.fleetcompat.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.VerdictJson;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.testing.GoldenFile;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every byte that the rules say of every vector, both ways: canonical forms, fingerprints, reasons,
 * obligations, warnings, satisfied rules and ranks, in a file that a change of the rules changes
 * and nothing else does.
 */
class GoldenVerdictsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void everyVectorIsAnsweredAsBefore() throws IOException {
    new GoldenFile(getClass(), "verdicts.txt").check(found());
  }

  private String found() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Vector vector : Vector.all()) {
      ReadVector read = ReadVector.of(vector, directory);
      // Without the digest of the packs: a comment in one of them changes no verdict.
      RuleSet rules = read.judge().ruleSet();
      text.append(vector.name()).append(' ').append(rules.version()).append(rules.policyNames());
      text.append('\n');
      profile(text, "source", read.source());
      profile(text, "destination", read.destination());
      direction(text, "there", read.judge(), read.source(), read.destination());
      direction(text, "back", read.judge(), read.destination(), read.source());
    }
    return text.toString();
  }

  private static void profile(StringBuilder text, String side, Endpoint endpoint) {
    Profile profile = Profile.of(endpoint);
    line(text, side + " " + profile.fingerprint() + " " + profile.canonical());
  }

  private static void direction(
      StringBuilder text, String way, Judge judge, Endpoint source, Endpoint destination)
      throws IOException {
    Profile from = Profile.of(source);
    Profile to = Profile.of(destination);
    Verdict verdict = judge.judge(from, to).withValues(ObligationValues.of(source));
    JsonNode json = JSON.readTree(VerdictJson.toJson(verdict));
    Rank rank = Rank.of(from, to, verdict);
    line(text, way + " " + json.get("verdict").textValue());
    json.get("reasons").forEach(reason -> line(text, "  reason " + reason));
    json.get("obligations").forEach(obligation -> line(text, "  obligation " + obligation));
    json.get("warnings").forEach(warning -> line(text, "  warning " + warning));
    if (verdict.outcome() == Outcome.COMPATIBLE) {
      judge.explain(from, to).satisfied().forEach(rule -> line(text, "  satisfied " + json(rule)));
    }
    line(
        text,
        "  rank minorDistance=%d bugfixLower=%b bugfixDistance=%d burdens=%d"
            .formatted(
                rank.minorDistance(), rank.bugfixLower(), rank.bugfixDistance(), rank.burdens()));
  }

  private static ObjectNode json(Satisfied rule) {
    ObjectNode json = JSON.createObjectNode();
    json.put("rule", rule.rule().toString());
    json.put("facet", rule.facet().toString());
    json.put("attribute", rule.attribute());
    put(json, "source", rule.source());
    put(json, "destination", rule.destination());
    return json.put("detail", rule.detail());
  }

  private static void put(ObjectNode json, String name, Optional<String> value) {
    value.ifPresentOrElse(text -> json.put(name, text), () -> json.putNull(name));
  }

  private static void line(StringBuilder text, String line) {
    text.append("  ").append(line).append('\n');
  }
}
