package io.fleetcompat.cli.execute;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** The index as a query API shows it. What it cannot answer ends the command. */
@FunctionalInterface
public interface Index {

  /**
   * Asks.
   *
   * @param path below the API's address, encoded
   * @param parameters those without a value are left out
   * @param body of a question that has one
   */
  JsonNode ask(String path, Map<String, Optional<String>> parameters, Optional<String> body);

  /** Asks without a body. */
  default JsonNode get(String path, Map<String, Optional<String>> parameters) {
    return ask(path, parameters, Optional.empty());
  }
}
