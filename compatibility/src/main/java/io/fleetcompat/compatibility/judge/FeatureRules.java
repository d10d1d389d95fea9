package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.judge.Verdict.State;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of {@code feature-bits} (specification 3.4). */
final class FeatureRules {

  static final String VIRTIO_DEVICE = "virtio-device";
  static final String FEATURE_BITS = "feature-bits";
  static final String NOT_NEGOTIATED = "virtio-not-negotiated";

  private static final Reasons REASONS = new Reasons(FacetId.FEATURE_BITS);

  private FeatureRules() {}

  static void judge(Profile source, Profile destination, Findings findings) {
    FeatureBits from = source.featureBits().orElse(null);
    if (from == null) {
      return;
    }
    FeatureBits to = destination.featureBits().orElse(null);
    if (to == null) {
      missing(destination, findings);
      return;
    }
    id(FeatureBits.DEVICE, from.device(), to.device(), findings);
    if (!findings.decided()) {
      id(FeatureBits.VENDOR, from.vendor(), to.vendor(), findings);
    }
    if (!from.isNegotiated() || !to.isNegotiated()) {
      findings.unknown(() -> notNegotiated(from, to));
    } else if (!findings.decided()) {
      bits(from, to, findings);
    }
  }

  /** A virtio device has the facet on its own node. */
  private static void missing(Profile destination, Findings findings) {
    if (destination.isType()) {
      findings.unknown(() -> Reasons.missing(FacetId.FEATURE_BITS, Judge.FACET_MISSING, true));
    } else {
      findings.incompatible(
          () -> Reasons.missing(FacetId.FEATURE_BITS, Judge.FACET_MISSING, false));
    }
  }

  private static void id(
      String attribute, Parsed<String> from, Parsed<String> to, Findings findings) {
    if (!(from instanceof Value<String>(String one))
        || !(to instanceof Value<String>(String other))) {
      findings.unknown(() -> REASONS.unjudged(VIRTIO_DEVICE, attribute, from, to));
    } else if (!one.equals(other)) {
      findings.incompatible(
          () ->
              REASONS.failed(
                  VIRTIO_DEVICE,
                  attribute,
                  Optional.of(one),
                  Optional.of(other),
                  "destination virtio " + attribute + " id " + other + " is not " + one));
    }
  }

  private static void bits(FeatureBits from, FeatureBits to, Findings findings) {
    if (!(from.features() instanceof Value<BitSet>(BitSet wanted))
        || !(to.features() instanceof Value<BitSet>(BitSet offered))) {
      findings.unknown(
          () -> REASONS.unjudged(FEATURE_BITS, FeatureBits.FEATURES, spelled(from), spelled(to)));
      return;
    }
    BitSet missing = (BitSet) wanted.clone();
    missing.andNot(offered);
    if (!missing.isEmpty()) {
      findings.incompatible(
          () ->
              REASONS.failed(
                  FEATURE_BITS,
                  FeatureBits.FEATURES,
                  Optional.of(FeatureBits.spell(wanted)),
                  Optional.of(FeatureBits.spell(offered)),
                  "the destination lacks " + names(from.device(), missing)));
    }
  }

  /** So that a reason shows bits as sysfs spells them. */
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
  private static Reason notNegotiated(FeatureBits from, FeatureBits to) {
    Parsed<?> source = from.negotiation();
    Parsed<?> destination = to.negotiation();
    if (source instanceof Value && destination instanceof Value) {
      return new Reason(
          NOT_NEGOTIATED,
          Optional.of(FacetId.FEATURE_BITS.toString()),
          Optional.of(FeatureBits.STATUS),
          Reasons.shown(source),
          Reasons.shown(destination),
          Optional.of(State.ABSENT),
          "the feature bits mean something only while a driver holds the device: status must have"
              + " DRIVER_OK (0x4) and not FAILED (0x80)");
    }
    return REASONS.unjudged(NOT_NEGOTIATED, FeatureBits.STATUS, source, destination);
  }
}
