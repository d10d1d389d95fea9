package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** The outcome of looking for an endpoint. */
public sealed interface Found {

  record Endpoint(IndexedEndpoint endpoint) implements Found {}

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
    IndexedEndpoint found = endpoint(host, endpoint);
    return found == null ? new NoEndpoint(hostName, endpoint) : new Endpoint(found);
  }

  private static @Nullable IndexedEndpoint endpoint(Host host, String endpoint) {
    int index = host.placed().endpoints().find(endpoint);
    if (index >= 0) {
      return IndexedEndpoint.of(host, index);
    }
    boolean named = Collections.binarySearch(host.placed().functions(), endpoint) >= 0;
    return named ? new IndexedEndpoint(host, endpoint, -1, host.placed().functionSlot()) : null;
  }
}
