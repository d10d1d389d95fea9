package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.Collections;
import java.util.Optional;

/** The outcome of looking for an endpoint. */
public sealed interface Found {

  record Endpoint(IndexedEndpoint endpoint) implements Found {}

  record NoHost(String host) implements Found {}

  /**
   * The host is known to have no such endpoint, or not known to have it.
   *
   * @param hidden why it may be there all the same; empty where it is not
   */
  record NoEndpoint(String host, String endpoint, Optional<String> hidden) implements Found {}

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
        : new NoEndpoint(hostName, endpoint, hidden(host, endpoint));
  }

  private static Optional<String> hidden(Host host, String endpoint) {
    return endpoint.isEmpty()
        ? Optional.empty()
        : host.placed().extent().mayHide(EndpointName.parse(endpoint));
  }
}
