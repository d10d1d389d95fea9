package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Ages;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.settings.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** The words about a host that has fallen silent, or is ahead of the index. */
final class HostText {

  private HostText() {}

  /** The capacity of a type; of a device whether it is in use. */
  static String room(JsonNode endpoint) {
    JsonNode capacity = endpoint.path("capacity");
    return capacity.isNumber() ? capacity.asText() : endpoint.path("use").asText("-");
  }

  static boolean isFresh(JsonNode host) {
    String liveness = host.path("liveness").asText("");
    return liveness.isEmpty() || liveness.equals("FRESH");
  }

  static void printUnlessFresh(String role, JsonNode host, PrintWriter out) {
    if (!isFresh(host)) {
      out.println(
          Printable.line(
              "  %s host %s is %s%s"
                  .formatted(
                      role,
                      host.path("host").asText("?"),
                      host.path("liveness").asText(),
                      lastSeen(host.path("lastSeen").asText("")))));
    }
    if (host.hasNonNull("behind")) {
      out.println(
          Printable.line(
              "  %s host %s has sent a newer document, which has not been indexed for %s"
                  .formatted(role, host.path("host").asText("?"), behind(host))));
    }
  }

  /** For how long the index has lacked a document of the host that is known to be there. */
  static String behind(JsonNode host) {
    return Times.print(Duration.ofMillis(host.path("behind").asLong()));
  }

  /** Nothing of a host in the past, whose heartbeats nobody has kept. */
  private static String lastSeen(String time) {
    return time.isEmpty() ? "" : ": last seen " + Ages.ago(time, Instant.now());
  }
}
