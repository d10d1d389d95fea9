package io.fleetcompat.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** The room at a destination, as the answer to a check tells it. */
public final class CapacityText {

  private CapacityText() {}

  /** Prints it, where the answer has it. */
  public static void print(JsonNode answer, PrintWriter out) {
    JsonNode capacity = answer.path("capacity");
    if (capacity.isNumber()) {
      out.println("  capacity: " + capacity.asLong() + " more can be created there now");
    }
  }
}
