package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.facet.UnseenType;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.Optional;

/** The rule {@code mdev-type}: both sides are of the same mdev type. */
final class MdevTypeRule {

  static final String ATTRIBUTE = MdevTypeLink.NAME;

  private MdevTypeRule() {}

  static void judge(Reasons reasons, Profile source, Profile destination, Findings findings) {
    if (source.isOfOtherType(destination)) {
      findings.failed(
          () ->
              reasons.failed(
                  FixedRule.MDEV_TYPE,
                  ATTRIBUTE,
                  source.mdevType(),
                  destination.mdevType(),
                  detail(destination)));
    } else if (source.mdevType().isPresent() && destination.mdevType().isPresent()) {
      findings.satisfied(
          () -> satisfied(reasons, source, destination, "both are of the same type"));
    } else {
      findings.unjudged(
          () ->
              reasons.unjudged(
                  FixedRule.MDEV_TYPE, ATTRIBUTE, parsed(source), parsed(destination)));
    }
  }

  /** The types differ, and the destination accepts the source's. */
  static Satisfied accepted(Reasons reasons, Profile source, Profile destination) {
    String detail =
        "the destination's " + TypeAttributes.COMPATIBLE_TYPE + " names the source's type";
    return satisfied(reasons, source, destination, detail);
  }

  private static Satisfied satisfied(
      Reasons reasons, Profile source, Profile destination, String detail) {
    return reasons.satisfied(
        FixedRule.MDEV_TYPE, ATTRIBUTE, parsed(source), parsed(destination), detail);
  }

  /** A side's {@code mdev_type} leads to no type, so nobody knows what that demands or offers. */
  static Unjudged unseen(Reasons reasons, Profile source, Profile destination) {
    Unjudged plain =
        reasons.unjudged(FixedRule.MDEV_TYPE, ATTRIBUTE, link(source), link(destination));
    return reasons.unjudged(
        FixedRule.MDEV_TYPE,
        ATTRIBUTE,
        source.mdevType(),
        destination.mdevType(),
        plain.state(),
        plain.detail() + ": what the type has is not known");
  }

  private static Parsed<String> link(Profile profile) {
    return profile
        .unseenType()
        .map(UnseenType::link)
        .orElseGet(() -> new Parsed.Value<>(profile.mdevType().orElse("")));
  }

  private static Parsed<String> parsed(Profile profile) {
    Optional<String> type = profile.mdevType();
    return type.isPresent() ? new Parsed.Value<>(type.get()) : new Parsed.Absent<>();
  }

  private static String detail(Profile destination) {
    return "destination type " + destination.mdevType().orElseThrow() + " is not the source's type";
  }
}
