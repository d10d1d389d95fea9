package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.facet.Pattern;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was compared for a pair that is {@code COMPATIBLE}: since no rule found anything, every rule
 * of a facet that the source has was satisfied. One use, one thread.
 */
final class PassedRules {

  private final List<PassedRule> passed = new ArrayList<>();

  private PassedRules() {}

  /** In the order in which the rules are applied. */
  static List<PassedRule> of(Profile source, Profile destination, boolean mutual) {
    PassedRules rules = new PassedRules();
    if (source.typeAttributes().isPresent() && destination.typeAttributes().isPresent()) {
      rules.mdevType(source, destination);
      rules.typeAttributes(source.typeAttributes().get(), destination.typeAttributes().get());
    }
    if (source.selfCompatible().isPresent() && destination.selfCompatible().isPresent()) {
      SelfCompatible from = source.selfCompatible().get();
      SelfCompatible to = destination.selfCompatible().get();
      rules.selves(from, to, false);
      if (mutual) {
        rules.selves(to, from, true);
      }
    }
    if (source.featureBits().isPresent() && destination.featureBits().isPresent()) {
      rules.featureBits(source.featureBits().get(), destination.featureBits().get());
    }
    return List.copyOf(rules.passed);
  }

  private void mdevType(Profile source, Profile destination) {
    boolean differ = MdevTypeRule.differ(source, destination);
    add(
        FacetId.TYPE_ATTRIBUTES,
        MdevTypeRule.ID,
        MdevTypeRule.ATTRIBUTE,
        source.mdevType(),
        destination.mdevType(),
        differ
            ? "the destination's " + TypeAttributes.COMPATIBLE_TYPE + " names the source's type"
            : "both are of the same type");
  }

  private void typeAttributes(TypeAttributes from, TypeAttributes to) {
    compared(
        TypeRules.DEVICE_API,
        TypeAttributes.DEVICE_API,
        from.deviceApi(),
        to.deviceApi(),
        "both have the same device API");
    boolean versioned = !(from.softwareVersion() instanceof Absent);
    compared(
        TypeRules.SOFTWARE_VERSION,
        TypeAttributes.SOFTWARE_VERSION,
        from.softwareVersion(),
        to.softwareVersion(),
        versioned
            ? "the major is the same, and the destination's minor is not below the source's"
            : "neither side has a version");
    TreeSet<String> names = new TreeSet<>(from.compatible().keySet());
    names.addAll(to.compatible().keySet());
    for (String name : names) {
      compared(
          TypeRules.COMPATIBLE_VALUES,
          name,
          from.compatible(name),
          to.compatible(name),
          "the destination has all values of the source");
    }
  }

  private void compared(
      String rule, String attribute, Parsed<?> from, Parsed<?> to, String detail) {
    add(FacetId.TYPE_ATTRIBUTES, rule, attribute, Reasons.shown(from), Reasons.shown(to), detail);
  }

  private void selves(SelfCompatible one, SelfCompatible other, boolean reversed) {
    if (!(one.selves() instanceof Value<List<SortedMap<String, String>>>(var selves))
        || !(other.patterns() instanceof Value<List<Pattern>>(List<Pattern> patterns))) {
      return;
    }
    SearchBudget budget = new SearchBudget();
    for (SortedMap<String, String> self : selves) {
      int first = 0;
      while (first < patterns.size() - 1
          && !PatternSearch.matches(patterns.get(first), self, budget)) {
        first++;
      }
      Optional<String> spelled =
          Optional.of(
              self.entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .collect(Collectors.joining(", ")));
      Optional<String> pattern = Optional.of("pattern " + (first + 1) + " of " + patterns.size());
      add(
          FacetId.SELF_COMPATIBLE,
          SelfRules.ID,
          SelfCompatible.SELF,
          reversed ? pattern : spelled,
          reversed ? spelled : pattern,
          reversed
              ? "the source's compatible list accepts the destination's self"
              : "the destination's compatible list accepts the source's self");
    }
  }

  private void featureBits(FeatureBits from, FeatureBits to) {
    id(FeatureBits.DEVICE, from.device(), to.device());
    id(FeatureBits.VENDOR, from.vendor(), to.vendor());
    add(
        FacetId.FEATURE_BITS,
        FeatureRules.FEATURE_BITS,
        FeatureBits.FEATURES,
        spelled(from),
        spelled(to),
        "a driver holds both devices, and the destination has all bits of the source");
  }

  private void id(String attribute, Parsed<String> from, Parsed<String> to) {
    add(
        FacetId.FEATURE_BITS,
        FeatureRules.VIRTIO_DEVICE,
        attribute,
        Reasons.shown(from),
        Reasons.shown(to),
        "both have the same virtio " + attribute + " id");
  }

  private static Optional<String> spelled(FeatureBits facet) {
    return facet.features() instanceof Value<BitSet>(BitSet bits)
        ? Optional.of(FeatureBits.spell(bits))
        : Optional.empty();
  }

  private void add(
      FacetId facet,
      String rule,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      String detail) {
    passed.add(new PassedRule(rule, facet.toString(), attribute, source, destination, detail));
  }
}
