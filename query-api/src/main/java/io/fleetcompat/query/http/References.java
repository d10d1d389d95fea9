package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.FoundHost;
import io.fleetcompat.query.lookup.Hosts;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.Pools;
import io.fleetcompat.query.lookup.Scope;
import io.fleetcompat.query.lookup.Suggestions;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;
import java.util.Optional;

/** Finds what requests name, or says what is wrong with the name. */
final class References {

  private References() {}

  static EndpointReference parse(String what, String text) {
    try {
      return EndpointReference.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(Code.ENDPOINT_INVALID, what + ": " + e.getMessage());
    }
  }

  /** The endpoint that a text names; empty where it names none. */
  static Optional<EndpointReference> endpointOf(String text) {
    try {
      return Optional.of(EndpointReference.parse(text)).filter(r -> r.endpoint().isPresent());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static EndpointReference parseEndpoint(String what, String text) {
    EndpointReference reference = parse(what, text);
    if (reference.endpoint().isEmpty()) {
      throw new Problem(
          Code.ENDPOINT_INVALID,
          what
              + ": expected HOST/DEVICE or HOST/PARENT/TYPE, found a host alone "
              + Problem.quote(text));
    }
    return reference;
  }

  static IndexedEndpoint endpoint(IndexView view, String what, String text) {
    return endpoint(view, what, Found.find(view, parseEndpoint(what, text)));
  }

  static IndexedEndpoint endpoint(IndexView view, String what, Found found) {
    if (found instanceof Found.Endpoint(IndexedEndpoint endpoint)) {
      return endpoint; // the usual case, before the switch over types
    }
    return switch (found) {
      case Found.Endpoint(IndexedEndpoint endpoint) -> endpoint;
      case Found.NoHost(String host) -> throw noHost(view, what + ": ", host);
      case Found.Ambiguous(String asked, List<String> meant) ->
          throw Problem.ambiguous(what + ": ", asked, meant);
      case Found.NoEndpoint(String host, String endpoint, Optional<String> hidden) ->
          throw Problem.ofName(
              Code.ENDPOINT_NOT_FOUND,
              what
                  + ": expected an endpoint of "
                  + host
                  + " (/v1/hosts/HOST lists them), found "
                  + Problem.quote(endpoint)
                  + hidden.map(why -> "; it may be there all the same: " + why).orElse(""),
              Suggestions.of(view, found));
    };
  }

  /**
   * The name of the host that a name means.
   *
   * @param what begins the refusal
   */
  static String host(IndexView view, String what, String name) {
    return switch (FoundHost.find(view, name)) {
      case FoundHost.Known known -> known.name();
      case FoundHost.Unknown(String asked) -> throw noHost(view, what, asked);
      case FoundHost.Ambiguous(String asked, List<String> meant) ->
          throw Problem.ambiguous(what, asked, meant);
    };
  }

  static Problem noHost(IndexView view, String what, String host) {
    return Problem.ofName(
        Code.HOST_NOT_FOUND,
        what
            + "expected a host of the index (/v1/hosts lists them), found "
            + Problem.quote(host)
            + renamed(view, host),
        Suggestions.hosts(view, host));
  }

  private static String renamed(IndexView view, String host) {
    List<String> now = Hosts.renamedTo(view, host);
    return now.isEmpty()
        ? ""
        : ", the name that %s had before".formatted(Problem.quote(now.getFirst()));
  }

  /** The fleet, or the pool that is asked for. */
  static Scope scope(IndexView view, Optional<String> pool) {
    return pool.isEmpty()
        ? Scope.fleet(view)
        : Pools.scope(view, pool.get()).orElseThrow(() -> noPool(pool.get()));
  }

  static Problem noPool(String name) {
    return new Problem(
        Code.POOL_NOT_FOUND,
        "expected a pool of the index (/v1/pools lists them), found " + Problem.quote(name));
  }

  static Problem noHistory() {
    return new Problem(
        Code.NO_HISTORY,
        "expected a replica with a history, this one keeps none; ask another, or start it with"
            + " history-directory");
  }

  static Problem unreadableHistory() {
    return new Problem(
        Code.HISTORY_BEHIND,
        "expected a history, which cannot be read now (/v1/status says why); ask again");
  }
}
