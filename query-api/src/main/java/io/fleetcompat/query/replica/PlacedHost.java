package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.claim.Claim;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.SharedCards;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.FormerName;
import io.fleetcompat.schemas.avro.Liveness;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A host as its placement describes it.
 *
 * @param pool the label {@code pool}; empty where there is none
 * @param kernel release; empty where it is not known
 * @param liveness as the indexer saw it
 * @param document that the placement was made from
 * @param observedAt milliseconds since 1970, by the host's clock
 * @param dynamic values of {@code dynamic_resources} by index of the endpoint, where there are any
 * @param functions PCI functions that are no endpoints but may be named, sorted
 * @param functionSlot the profile of each of them; -1 where there are none
 * @param extent what there may be beside all this
 * @param claims by index of the endpoint: what somebody declares of the device
 * @param findings what is wrong with what speaks for the host, as the indexer found it; sorted
 * @param former the name that the machine had before, as its collector says: it decides nothing
 * @param cards which parents of types share one card
 */
public record PlacedHost(
    EndpointTable endpoints,
    SortedMap<String, String> labels,
    Optional<String> pool,
    Optional<String> kernel,
    Liveness liveness,
    DocumentId document,
    long observedAt,
    Map<Integer, SortedMap<String, String>> dynamic,
    List<String> functions,
    int functionSlot,
    List<HostProblem> problems,
    Extent extent,
    SortedMap<Integer, Claim> claims,
    List<String> findings,
    Optional<FormerName> former,
    SharedCards cards) {

  /** The version of the document. */
  public DocumentVersion version() {
    return document.version();
  }

  /** Something that the host's collector reported. */
  public record HostProblem(String path, String code, String detail) {}

  /** The same host with other software on it: the profiles of its endpoints, and its kernel. */
  PlacedHost with(EndpointTable others, Optional<String> release) {
    return new PlacedHost(
        others,
        labels,
        pool,
        release,
        liveness,
        document,
        observedAt,
        dynamic,
        functions,
        functionSlot,
        problems,
        extent,
        claims,
        findings,
        former,
        cards);
  }

  /** The same host, of which nothing is heard. */
  PlacedHost silent() {
    return new PlacedHost(
        endpoints,
        labels,
        pool,
        kernel,
        Liveness.STALE,
        document,
        observedAt,
        dynamic,
        functions,
        functionSlot,
        problems,
        extent,
        claims,
        findings,
        former,
        cards);
  }

  /** A new host of the same make, heard of now: it has what a host has before anybody uses it. */
  PlacedHost alike(Optional<String> otherPool) {
    return new PlacedHost(
        endpoints.withoutMade(),
        labels,
        otherPool,
        kernel,
        Liveness.FRESH,
        document,
        observedAt,
        Map.of(),
        functions,
        functionSlot,
        List.of(),
        extent,
        Collections.emptySortedMap(),
        List.of(),
        Optional.empty(),
        cards);
  }

  public boolean isFresh() {
    return liveness == Liveness.FRESH;
  }
}
