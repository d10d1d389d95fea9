package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.EndpointSpellings;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The outcome of looking for an endpoint. */
public sealed interface Found {

  record Endpoint(IndexedEndpoint endpoint) implements Found {}

  record NoHost(String host) implements Found {}

  /**
   * The host is known to have no such endpoint, or not known to have it.
   *
   * @param endpoint in the spelling of the kernel
   * @param hidden why it may be there all the same; empty where it is not
   */
  record NoEndpoint(String host, String endpoint, Optional<String> hidden) implements Found {}

  /**
   * Nobody knows which is meant.
   *
   * @param asked the name
   * @param meant the names that it could mean
   */
  record Ambiguous(String asked, List<String> meant) implements Found {}

  /**
   * Looks for the endpoint that a reference names: exactly, and where there is none, by any
   * spelling that leaves no doubt.
   */
  static Found find(IndexView view, EndpointReference reference) {
    Host host = view.fleet().find(reference.host());
    if (host != null) {
      return on(view, host, reference.endpoint().orElse(""));
    }
    return switch (FoundHost.meant(view, reference.host())) {
      case FoundHost.Known(Host meant) -> on(view, meant, reference.endpoint().orElse(""));
      case FoundHost.Unknown(String asked) -> new NoHost(asked);
      case FoundHost.Ambiguous(String asked, List<String> names) -> new Ambiguous(asked, names);
    };
  }

  private static Found on(IndexView view, Host host, String endpoint) {
    int index = host.placed().endpoints().find(endpoint);
    if (index >= 0) {
      return new Endpoint(IndexedEndpoint.of(host, index));
    }
    return Collections.binarySearch(host.placed().functions(), endpoint) >= 0
        ? new Endpoint(new IndexedEndpoint(host, endpoint, -1, host.placed().functionSlot()))
        : meant(view, host, endpoint);
  }

  private static Found meant(IndexView view, Host host, String endpoint) {
    if (endpoint.isEmpty()) {
      return new NoEndpoint(host.name(), endpoint, Optional.empty());
    }
    EndpointName typed = EndpointName.parse(endpoint);
    EndpointTable endpoints = host.placed().endpoints();
    List<String> meant =
        new EndpointSpellings(
                endpoints.names(),
                host.placed().functions(),
                index -> typeName(view, endpoints.slot(index)))
            .meant(typed);
    EndpointName normal = EndpointSpellings.normal(typed);
    return switch (meant.size()) {
      case 0 ->
          new NoEndpoint(host.name(), normal.toString(), host.placed().extent().mayHide(normal));
      case 1 -> new Endpoint(named(host, meant.getFirst()));
      default ->
          new Ambiguous(
              endpoint,
              meant.stream().map(name -> EndpointName.encode(host.name()) + "/" + name).toList());
    };
  }

  private static IndexedEndpoint named(Host host, String name) {
    int index = host.placed().endpoints().find(name);
    return index >= 0
        ? IndexedEndpoint.of(host, index)
        : new IndexedEndpoint(host, name, -1, host.placed().functionSlot());
  }

  private static Optional<String> typeName(IndexView view, int slot) {
    ProfileEntry entry = view.matrix().profile(slot);
    Optional<Profile> profile = Optional.ofNullable(entry).map(ProfileEntry::profile);
    return profile.flatMap(known -> Likeness.of(known).typeName());
  }
}
