package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.RuleId;

/** The reasons for leaving an endpoint, or a host, out of an answer. */
public sealed interface Exclusion {

  /** Its host, or that of the source, has fallen silent. */
  Exclusion HOST_STALE = new ByRule(FixedRule.HOST_STALE);

  /** A rule that says no, or does not know. */
  record ByRule(RuleId rule) implements Exclusion {}

  /** The reasons that are no rules. */
  enum NotByRule implements Exclusion {
    /** It is of the source's own host. */
    OWN_HOST,
    /** It has no capacity, or not enough. */
    NO_CAPACITY,
    /** Nothing is known of it, and it is not of the source's kind, vendor and type. */
    OTHER_TYPE,
    /** A host has no compatible endpoint for one of the sources. */
    NOT_COMPATIBLE,
    /** A host would take each device, but QEMU does not migrate them together. */
    NO_P2P,
    /** A host was not looked at, since there are too many. */
    NOT_EXAMINED
  }
}
