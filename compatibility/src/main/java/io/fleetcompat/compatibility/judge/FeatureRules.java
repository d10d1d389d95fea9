package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of {@code feature-bits} (docs/rules.md 3.4). */
final class FeatureRules extends FacetRules<FeatureBits> {

  FeatureRules() {
    super(FacetId.FEATURE_BITS, FeatureBits.class);
  }

  @Override
  void judge(Profile source, Profile destination, ProbeAnswers answers, Findings findings) {
    FeatureBits from = of(source);
    FeatureBits to = of(destination);
    id(FeatureBits.DEVICE, from.device(), to.device(), findings);
    if (!findings.decided()) {
      id(FeatureBits.VENDOR, from.vendor(), to.vendor(), findings);
    }
    if (!from.isNegotiated() || !to.isNegotiated()) {
      findings.unjudged(() -> notNegotiated(from, to));
    } else if (!findings.decided()) {
      bits(from, to, findings);
    }
  }

  private void id(String attribute, Parsed<String> from, Parsed<String> to, Findings findings) {
    if (!(from instanceof Value<String>(String one))
        || !(to instanceof Value<String>(String other))) {
      findings.unjudged(() -> reasons().unjudged(FixedRule.VIRTIO_DEVICE, attribute, from, to));
    } else if (!one.equals(other)) {
      findings.failed(
          () ->
              reasons()
                  .failed(
                      FixedRule.VIRTIO_DEVICE,
                      attribute,
                      Optional.of(one),
                      Optional.of(other),
                      "destination virtio " + attribute + " id " + other + " is not " + one));
    } else {
      findings.satisfied(
          () ->
              reasons()
                  .satisfied(
                      FixedRule.VIRTIO_DEVICE,
                      attribute,
                      from,
                      to,
                      "both have the same virtio " + attribute + " id"));
    }
  }

  private void bits(FeatureBits from, FeatureBits to, Findings findings) {
    if (!(from.features() instanceof Value<BitSet>(BitSet wanted))
        || !(to.features() instanceof Value<BitSet>(BitSet offered))) {
      findings.unjudged(
          () ->
              reasons()
                  .unjudged(
                      FixedRule.FEATURE_BITS, FeatureBits.FEATURES, spelled(from), spelled(to)));
      return;
    }
    BitSet missing = (BitSet) wanted.clone();
    missing.andNot(offered);
    if (!missing.isEmpty()) {
      findings.failed(
          () ->
              reasons()
                  .failed(
                      FixedRule.FEATURE_BITS,
                      FeatureBits.FEATURES,
                      Optional.of(FeatureBits.spell(wanted)),
                      Optional.of(FeatureBits.spell(offered)),
                      "the destination lacks " + names(from.device(), missing)));
    } else {
      findings.satisfied(
          () ->
              reasons()
                  .satisfied(
                      FixedRule.FEATURE_BITS,
                      FeatureBits.FEATURES,
                      spelled(from),
                      spelled(to),
                      "a driver holds both devices, and the destination has all bits of the"
                          + " source"));
    }
  }

  /** The bits as sysfs spells them, for a reason to show. */
  private static Parsed<?> spelled(FeatureBits facet) {
    return facet.features() instanceof Value<BitSet>(BitSet bits)
        ? new Value<>(FeatureBits.spell(bits))
        : facet.features();
  }

  private static String names(Parsed<String> device, BitSet bits) {
    String id = device instanceof Value<String>(String value) ? value : "";
    return bits.stream()
        .mapToObj(
            bit -> "bit " + bit + VirtioFeatures.name(id, bit).map(n -> " (" + n + ")").orElse(""))
        .collect(Collectors.joining(", "));
  }

  /** The status is readable and says no, or nobody knows what it says. */
  private Unjudged notNegotiated(FeatureBits from, FeatureBits to) {
    Parsed<?> source = from.negotiation();
    Parsed<?> destination = to.negotiation();
    if (source instanceof Value && destination instanceof Value) {
      return reasons()
          .unjudged(
              FixedRule.VIRTIO_NOT_NEGOTIATED,
              FeatureBits.STATUS,
              Reasons.shown(source),
              Reasons.shown(destination),
              State.ABSENT,
              "the feature bits mean something only while a driver holds the device: status must"
                  + " have DRIVER_OK (0x4) and not FAILED (0x80)");
    }
    return reasons()
        .unjudged(FixedRule.VIRTIO_NOT_NEGOTIATED, FeatureBits.STATUS, source, destination);
  }
}
