package io.fleetcompat.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.settings.ShownValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two profiles between which a migration succeeded, as its outcome says.
 *
 * @param outcome its id
 * @param rules those that said no, or could not be judged
 * @param source profile
 * @param destination profile
 * @param reporter who says so
 */
record ProvenPair(
    String outcome, List<String> rules, String source, String destination, String reporter) {

  /** The pair of an outcome that an API knows. */
  static ProvenPair of(Api api, String outcome) {
    JsonNode answer = api.get("/v1/outcomes/" + Api.encode(outcome), Map.of()).json();
    if (!answer.path("result").asText().equals("succeeded")) {
      throw CommandFailure.usage(
          "--outcome: expected one that succeeded, found %s, which was %s: an override can only"
                  .formatted(ShownValue.quoted(outcome), answer.path("result").asText("?"))
              + " turn a rule off");
    }
    JsonNode prediction = answer.path("prediction");
    List<String> rules = new ArrayList<>();
    prediction.path("forbidding").forEach(rule -> rules.add(rule.asText()));
    prediction.path("undecided").forEach(rule -> rules.add(rule.asText()));
    String destination = prediction.at("/destinationProfile/id").asText("");
    if (rules.isEmpty() || destination.isEmpty()) {
      throw CommandFailure.usage(
          "--outcome: expected one that a rule forbade between two profiles, found none of "
              + ShownValue.quoted(outcome));
    }
    return new ProvenPair(
        outcome,
        rules,
        prediction.at("/sourceProfile/id").asText(),
        destination,
        answer.path("reporter").asText("?"));
  }

  /** The one rule that it is about. */
  String rule() {
    if (rules.size() > 1) {
      throw CommandFailure.usage(
          "expected --rule beside --outcome: one of %s".formatted(String.join(", ", rules)));
    }
    return rules.getFirst();
  }

  /** The rule that was chosen among them. */
  String rule(String chosen) {
    if (!rules.contains(chosen)) {
      throw CommandFailure.usage(
          "--rule: expected one of the outcome's, %s, found %s"
              .formatted(String.join(", ", rules), ShownValue.quoted(chosen)));
    }
    return chosen;
  }

  /** Refuses another pair than the one that was seen: who reports again may name another. */
  void requireProfile(String option, String expected, String found) {
    if (!expected.equals(found)) {
      throw CommandFailure.usage(
          "%s: expected the profile %s of the outcome %s, found %s"
              .formatted(option, found, ShownValue.quoted(outcome), ShownValue.quoted(expected)));
    }
  }

  /** Words for why the rule does not count. */
  String reason() {
    return "outcome %s succeeded, as %s reports".formatted(outcome, reporter);
  }
}
