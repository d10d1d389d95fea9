package io.fleetcompat.query.answer;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.json.JsonBytes;

/** An answer that is an array of names, written while they are found. One thread. */
public final class NamesAnswer {

  private final JsonBytes json = new JsonBytes().openArray();

  /** Adds an endpoint of a host. */
  public void endpoint(String host, String endpoint) {
    json.string(EndpointName.encode(host), endpoint);
  }

  /** Adds a host. */
  public void host(String host) {
    json.string(host);
  }

  /** Ends the array. */
  public JsonBytes end() {
    return json.closeArray();
  }
}
