package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed.State;
import java.util.List;
import java.util.Optional;

/** One cause why a verdict is not {@code COMPATIBLE}: a rule and both values. */
public sealed interface Reason {

  RuleId rule();

  /** The facet that applied the rule; empty where the rule concerns none. */
  Optional<FacetId> facetId();

  /** The attribute's name; empty where the rule is about none. */
  Optional<String> attribute();

  /** The attribute's value at the source, in normal form; empty where it has none. */
  Optional<String> source();

  /** Likewise at the destination. */
  Optional<String> destination();

  /** A sentence. */
  String detail();

  /** The pack that applied the rule; empty where none did. */
  Optional<PackBasis> pack();

  /** True where it says which side lacks what, so that it may name the side's host. */
  default boolean isAboutHosts() {
    return this instanceof Unjudged unjudged && !unjudged.lacks().isEmpty();
  }

  /** A link to the rule, such as {@code docs/rules.md#3.4}. */
  default String origin() {
    return rule().origin(facetId());
  }

  /** A rule that was judged and is not satisfied: {@code INCOMPATIBLE}. */
  record Failed(
      RuleId rule,
      FacetId facet,
      Optional<String> attribute,
      Optional<String> source,
      Optional<String> destination,
      String detail,
      Optional<PackBasis> pack)
      implements Reason {

    /** A rule of no pack. */
    public Failed(
        RuleId rule,
        FacetId facet,
        Optional<String> attribute,
        Optional<String> source,
        Optional<String> destination,
        String detail) {
      this(rule, facet, attribute, source, destination, detail, Optional.empty());
    }

    @Override
    public Optional<FacetId> facetId() {
      return Optional.of(facet);
    }
  }

  /**
   * A rule that could not be judged: {@code UNKNOWN}.
   *
   * @param facet empty where the rule concerns none
   * @param state why it could not
   * @param lacks the values that a pack's rule needs and a side does not have: then the detail ends
   *     with just that
   */
  record Unjudged(
      RuleId rule,
      Optional<FacetId> facet,
      Optional<String> attribute,
      Optional<String> source,
      Optional<String> destination,
      State state,
      String detail,
      Optional<PackBasis> pack,
      List<Lack> lacks)
      implements Reason {

    public Unjudged {
      lacks = List.copyOf(lacks);
    }

    /** A rule of no pack. */
    public Unjudged(
        RuleId rule,
        Optional<FacetId> facet,
        Optional<String> attribute,
        Optional<String> source,
        Optional<String> destination,
        State state,
        String detail) {
      this(rule, facet, attribute, source, destination, state, detail, Optional.empty(), List.of());
    }

    /** The same reason, which names the hosts of the sides that lack something. */
    Unjudged on(String sourceHost, String destinationHost) {
      if (lacks.isEmpty()) {
        return this;
      }
      String unnamed = Lack.words(lacks, Optional.empty(), Optional.empty());
      String named = Lack.words(lacks, Optional.of(sourceHost), Optional.of(destinationHost));
      return new Unjudged(
          rule,
          facet,
          attribute,
          source,
          destination,
          state,
          detail.replace(unnamed, named),
          pack,
          lacks);
    }

    /** A rule of no facet, about no attribute, for want of something. */
    public static Unjudged absent(RuleId rule, String detail) {
      return new Unjudged(
          rule,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          State.ABSENT,
          detail);
    }

    @Override
    public Optional<FacetId> facetId() {
      return facet;
    }
  }
}
