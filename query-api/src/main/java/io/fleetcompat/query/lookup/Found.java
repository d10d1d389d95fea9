package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** What looking for an endpoint came to. */
public sealed interface Found {

  record Endpoint(Place place) implements Found {}

  record NoHost(String host) implements Found {}

  record NoEndpoint(String host, String endpoint) implements Found {}

  /** Looks for the endpoint that a reference names. */
  static Found find(IndexView view, EndpointReference reference) {
    String hostName = reference.host();
    String endpoint = reference.endpoint().orElse("");
    Host host = view.fleet().find(hostName);
    if (host == null) {
      return new NoHost(hostName);
    }
    Place place = place(host, endpoint);
    return place == null ? new NoEndpoint(hostName, endpoint) : new Endpoint(place);
  }

  private static @Nullable Place place(Host host, String endpoint) {
    int index = host.placed().endpoints().find(endpoint);
    if (index >= 0) {
      return Place.of(host, index);
    }
    boolean named = Collections.binarySearch(host.placed().functions(), endpoint) >= 0;
    return named ? new Place(host, endpoint, -1, host.placed().functionSlot()) : null;
  }
}
