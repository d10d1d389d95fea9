package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.Collections;

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
    int index = host.placed().endpoints().find(endpoint);
    if (index >= 0) {
      return new Endpoint(IndexedEndpoint.of(host, index));
    }
    return Collections.binarySearch(host.placed().functions(), endpoint) >= 0
        ? new Endpoint(new IndexedEndpoint(host, endpoint, -1, host.placed().functionSlot()))
        : new NoEndpoint(hostName, endpoint);
  }
}
