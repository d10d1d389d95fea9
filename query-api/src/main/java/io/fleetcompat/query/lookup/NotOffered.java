package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.AbsentDestination;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.OfferWords;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.EndpointSpellings;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.MdevTypeList;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.PlacedHost;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The verdict on a device and a host that offers nothing like it. Pure. */
final class NotOffered {

  private static final int MAX_QUOTED = 120;

  private NotOffered() {}

  /**
   * INCOMPATIBLE, with what the host offers instead; UNKNOWN where it may offer it all the same.
   */
  static Verdict verdict(IndexView view, IndexedEndpoint source, Host host) {
    CandidateFilter filter = new CandidateFilter(view, source.slot());
    Likeness wanted = filter.wanted();
    String name = name(source, host);
    if (wanted.kind().isEmpty()) {
      return AbsentDestination.unknown(
          "the index does not tell what kind of device the source is; %s has %d endpoints"
              .formatted(name, host.placed().endpoints().size()));
    }
    String words = OfferWords.of(name, wanted, types(filter, host)) + empty(host, _ -> true);
    Optional<String> hidden = hidden(filter, host);
    return hidden.isPresent()
        ? AbsentDestination.unknown(words + "; it may offer it all the same: " + hidden.get())
        : incompatible(filter, host, words);
  }

  /** The outcome of that verdict, without its words. */
  static Outcome outcome(CandidateFilter filter, Host host) {
    boolean known = filter.wanted().kind().isPresent() && hidden(filter, host).isEmpty();
    return known ? Outcome.INCOMPATIBLE : Outcome.UNKNOWN;
  }

  /**
   * INCOMPATIBLE for a type that a device of the host is known not to offer; empty where the host
   * has no such device.
   */
  static Optional<Verdict> byParent(
      IndexView view, IndexedEndpoint source, Found.NoEndpoint there) {
    Host host = view.fleet().find(there.host());
    Optional<EndpointName> named =
        Optional.of(there.endpoint()).filter(name -> !name.isEmpty()).map(EndpointName::parse);
    Optional<String> parent = named.flatMap(EndpointName::parent);
    if (host == null || parent.isEmpty()) {
      return Optional.empty();
    }
    PlacedHost placed = host.placed();
    EndpointSpellings known =
        new EndpointSpellings(
            placed.endpoints().names(), placed.functions(), _ -> Optional.empty());
    String device = parent.get();
    String words =
        OfferWords.ofDevice(
                Quoted.bare(device, MAX_QUOTED),
                name(source, host),
                Quoted.bare(named.get().name(), MAX_QUOTED),
                known.typesOf(device))
            + empty(host, device::equals);
    return known.hasDevice(device)
        ? Optional.of(
            AbsentDestination.notOffered(
                FixedRule.TYPE_NAME,
                new CandidateFilter(view, source.slot()).wanted().type(),
                words))
        : Optional.empty();
  }

  /** The host's name; who asks of the source's own host may not know that. */
  private static String name(IndexedEndpoint source, Host host) {
    String name = Quoted.bare(host.name(), MAX_QUOTED);
    return source.host().id() == host.id() ? name + ", the source's own host," : name;
  }

  private static String empty(Host host, Predicate<String> counts) {
    return MdevTypeList.words(
        host.placed().problems().stream()
            .map(problem -> MdevTypeList.emptyParent(problem.path(), problem.detail()))
            .flatMap(Optional::stream)
            .filter(counts)
            .toList());
  }

  private static List<Likeness> types(CandidateFilter filter, Host host) {
    EndpointTable endpoints = host.placed().endpoints();
    return IntStream.range(0, endpoints.size())
        .filter(endpoints::isType)
        .map(endpoints::slot)
        .distinct()
        .mapToObj(filter::likeness)
        .toList();
  }

  /** The cause that the host may have an endpoint like the source which the index lacks. */
  private static Optional<String> hidden(CandidateFilter filter, Host host) {
    EndpointTable endpoints = host.placed().endpoints();
    boolean unindexed =
        IntStream.range(0, endpoints.size())
            .anyMatch(i -> filter.likeness(endpoints.slot(i)).equals(Likeness.NONE));
    Extent extent = host.placed().extent();
    return unindexed && extent.incomplete().isEmpty()
        ? Optional.of("what some of its endpoints are is not indexed; ask again")
        : extent.mayHideAny();
  }

  private static Verdict incompatible(CandidateFilter filter, Host host, String words) {
    EndpointTable endpoints = host.placed().endpoints();
    boolean ofKind =
        IntStream.range(0, endpoints.size())
            .anyMatch(i -> filter.wanted().isOfKindAndVendor(filter.likeness(endpoints.slot(i))));
    return AbsentDestination.notOffered(
        ofKind ? FixedRule.TYPE_NAME : FixedRule.DEVICE_KIND, filter.wanted().type(), words);
  }
}
