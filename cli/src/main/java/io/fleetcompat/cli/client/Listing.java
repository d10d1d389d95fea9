package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A question that lists a collection, or shows one of its members. */
abstract class Listing extends Question {

  @Mixin private PageOptions pages;

  /** The path of the collection, whose last part is also the name of the list in answers. */
  abstract String collection();

  /** The member to be shown; empty for the list. */
  abstract Optional<String> member();

  /** False for a list that the API gives whole, and takes no limit for. */
  boolean isPaged() {
    return true;
  }

  @Override
  final String path() {
    return collection() + member().map(name -> "/" + Api.encode(name)).orElse("");
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    if (member().isEmpty() && isPaged()) {
      pages.putInto(parameters);
    } else {
      pages.putTypedInto(parameters);
    }
    return parameters;
  }

  @Override
  final Api.Answer ask(Api api, Map<String, Optional<String>> parameters, Optional<String> noBody) {
    return member().isPresent() || !isPaged()
        ? super.ask(api, parameters, noBody)
        : pages.ask(
            api, path(), parameters, collection().substring(collection().lastIndexOf('/') + 1));
  }

  @Override
  final void tellRest(JsonNode answer, PrintWriter err) {
    pages.tellRest(answer, err);
  }
}
