package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/**
 * The hosts that ask drivers: at which endpoints, and when each may be asked next. One question at
 * a time is in the hands of a host, with a pause after it, and a longer one where it told nothing.
 * For one thread.
 */
final class ProberHosts {

  private final ProbeLimits limits;
  private final Map<String, ProberHost> hosts = new HashMap<>();

  /** Those that have a question in hand, which also a host that left and came back still has. */
  private final Set<String> busy = new HashSet<>();

  ProberHosts(ProbeLimits limits) {
    this.limits = limits;
  }

  /** A host that asks drivers. */
  private static final class ProberHost {
    private SortedMap<Fingerprint, String> endpoints = Collections.emptySortedMap();
    private long freeAt;
    private int failures;
  }

  /**
   * A host asks drivers, at these endpoints, each by the identity of its class. Gives the classes
   * that it asked before.
   */
  Set<Fingerprint> put(String host, SortedMap<Fingerprint, String> endpoints) {
    ProberHost known = hosts.computeIfAbsent(host, _ -> new ProberHost());
    Set<Fingerprint> before = known.endpoints.keySet();
    known.endpoints = endpoints;
    return before;
  }

  /** A host does not ask drivers any more; gives the classes that it asked. */
  Set<Fingerprint> remove(String host) {
    ProberHost known = hosts.remove(host);
    return known == null ? Set.of() : known.endpoints.keySet();
  }

  /** Hands over each host that asks drivers of a class, with its endpoint. */
  void forEach(Fingerprint of, BiConsumer<String, String> reader) {
    hosts.forEach(
        (host, known) ->
            Optional.ofNullable(known.endpoints.get(of))
                .ifPresent(endpoint -> reader.accept(host, endpoint)));
  }

  boolean isFree(String host, long now) {
    ProberHost known = hosts.get(host);
    return known != null && !busy.contains(host) && known.freeAt <= now;
  }

  /** A question is in its hands. */
  void hold(String host) {
    busy.add(host);
  }

  /** No question is in its hands. */
  void release(String host) {
    busy.remove(host);
  }

  /** It was asked now. */
  void asked(String host, long now) {
    find(host).ifPresent(known -> known.freeAt = now + limits.hostGap().toMillis());
  }

  /** It has told nothing in time: it is left alone for a while. */
  void failed(String host, long now) {
    find(host).ifPresent(known -> known.freeAt = now + limits.backoff(++known.failures));
  }

  void succeeded(String host) {
    find(host).ifPresent(known -> known.failures = 0);
  }

  private Optional<ProberHost> find(String host) {
    return Optional.ofNullable(hosts.get(host));
  }
}
