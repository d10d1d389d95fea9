package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.facet.Parsed.State;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A verdict on one line, as the tables of the tests spell it. */
final class Found {

  static final String COMPATIBLE = "COMPATIBLE";

  private Found() {}

  /** Such as {@code UNKNOWN device-api/absent, software-version/malformed}. */
  static String of(EndpointBuilder source, EndpointBuilder destination, Policy... policies) {
    return of(verdict(source, destination, policies));
  }

  static String of(Verdict verdict) {
    String reasons =
        verdict.reasons().stream()
            .map(r -> r.rule() + state(r).map(s -> "/" + s).orElse(""))
            .distinct()
            .collect(Collectors.joining(", "));
    return reasons.isEmpty() ? verdict.outcome().name() : verdict.outcome() + " " + reasons;
  }

  static Verdict verdict(EndpointBuilder source, EndpointBuilder destination, Policy... policies) {
    Set<Policy> on = EnumSet.noneOf(Policy.class);
    on.addAll(List.of(policies));
    return new Judge(on).judge(source.profile(), destination.profile());
  }

  /** Names of the attributes of the reasons. */
  static List<String> attributes(Verdict verdict) {
    return verdict.reasons().stream().map(r -> r.attribute().orElse("-")).toList();
  }

  static List<State> states(Verdict verdict) {
    return verdict.reasons().stream().flatMap(reason -> state(reason).stream()).toList();
  }

  private static Optional<State> state(Reason reason) {
    return switch (reason) {
      case Reason.Failed failed -> Optional.empty();
      case Reason.Unjudged unjudged -> Optional.of(unjudged.state());
    };
  }
}
