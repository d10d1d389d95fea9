package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.OfferWords;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    String name = Quoted.bare(host.name(), MAX_QUOTED);
    if (wanted.kind().isEmpty()) {
      return unknown(
          "the index does not tell what kind of device the source is; %s has %d endpoints"
              .formatted(name, host.placed().endpoints().size()));
    }
    String words = OfferWords.of(name, wanted, types(filter, host));
    Optional<String> hidden = hidden(filter, host);
    return hidden.isPresent()
        ? unknown(words + "; it may offer it all the same: " + hidden.get())
        : incompatible(filter, host, words);
  }

  /** The outcome of that verdict, without its words. */
  static Outcome outcome(CandidateFilter filter, Host host) {
    boolean known = filter.wanted().kind().isPresent() && hidden(filter, host).isEmpty();
    return known ? Outcome.INCOMPATIBLE : Outcome.UNKNOWN;
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
    Map<String, String> incomplete = host.placed().extent().incomplete();
    if (!incomplete.isEmpty()) {
      return Optional.of(
          incomplete.entrySet().stream()
              .limit(2)
              .map(parent -> parent.getKey() + ": " + parent.getValue())
              .collect(Collectors.joining("; ")));
    }
    return unindexed
        ? Optional.of("what some of its endpoints are is not indexed; ask again")
        : host.placed().extent().beyondBounds();
  }

  /** An UNKNOWN that says what the index does not have. */
  static Verdict unknown(String detail) {
    Reason reason = Reason.Unjudged.absent(FixedRule.NOT_INDEXED, detail);
    return new Verdict(Outcome.UNKNOWN, List.of(reason), List.of(), List.of());
  }

  private static Verdict incompatible(CandidateFilter filter, Host host, String words) {
    EndpointTable endpoints = host.placed().endpoints();
    boolean ofKind =
        IntStream.range(0, endpoints.size())
            .anyMatch(i -> filter.wanted().isOfKindAndVendor(filter.likeness(endpoints.slot(i))));
    RuleId rule = ofKind ? FixedRule.TYPE_NAME : FixedRule.DEVICE_KIND;
    Reason reason =
        new Reason.Failed(
            rule,
            FacetId.VENDOR_RULES,
            Optional.empty(),
            filter.wanted().type(),
            Optional.empty(),
            words);
    return new Verdict(Outcome.INCOMPATIBLE, List.of(reason), List.of(), List.of());
  }
}
