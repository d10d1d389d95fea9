package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.UnseenType;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.Optional;

/** The rule {@code mdev-type}: both sides are of the same mdev type. */
final class MdevTypeRule {

  static final String ID = "mdev-type";

  static final String ATTRIBUTE = MdevTypeLink.NAME;

  private MdevTypeRule() {}

  /** Whether both types are known and are not the same. */
  static boolean differ(Profile source, Profile destination) {
    return source.mdevType().isPresent()
        && destination.mdevType().isPresent()
        && !source.mdevType().get().equals(destination.mdevType().get());
  }

  static void judge(Reasons reasons, Profile source, Profile destination, Findings findings) {
    if (source.mdevType().isEmpty() || destination.mdevType().isEmpty()) {
      findings.unknown(() -> reasons.unjudged(ID, ATTRIBUTE, parsed(source), parsed(destination)));
    } else if (differ(source, destination)) {
      findings.incompatible(
          () ->
              reasons.failed(
                  ID, ATTRIBUTE, source.mdevType(), destination.mdevType(), detail(destination)));
    }
  }

  /** A side's {@code mdev_type} leads to no type, so nobody knows what that demands or offers. */
  static Reason unseen(Reasons reasons, Profile source, Profile destination) {
    Reason plain = reasons.unjudged(ID, ATTRIBUTE, link(source), link(destination));
    return new Reason(
        plain.rule(),
        plain.facet(),
        plain.attribute(),
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
