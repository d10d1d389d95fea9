package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import java.util.Set;

/**
 * The laws and facets of docs/rules.md over raw attributes, as they are written there: slow, and
 * obviously right. Stateless.
 */
public final class NaiveJudge {

  private final Set<NaivePolicy> policies;
  private final NaiveAnswers answers;
  private final NaivePacks packs;

  /** Under the packs of this version. */
  public NaiveJudge(Set<NaivePolicy> policies) {
    this(policies, NaiveAnswers.NONE);
  }

  /**
   * Under the packs of this version.
   *
   * @param answers what drivers answered
   */
  public NaiveJudge(Set<NaivePolicy> policies, NaiveAnswers answers) {
    this(policies, answers, RulePacks.builtIn());
  }

  public NaiveJudge(Set<NaivePolicy> policies, NaiveAnswers answers, RulePacks packs) {
    this.policies = Set.copyOf(policies);
    this.answers = answers;
    this.packs = new NaivePacks(packs);
  }

  public NaiveVerdict judge(Endpoint source, Endpoint destination) {
    return judge(source, destination, Set.of());
  }

  /** The verdict where an operator has turned rules off: {@link NaiveOverrides} says which. */
  public NaiveVerdict judge(Endpoint source, Endpoint destination, Set<String> turnedOff) {
    Findings findings = new Findings(turnedOff);
    boolean some = false;
    if (unseenType(source)) {
      findings.unknown("mdev-type");
    }
    if (NaiveTypeAttributes.present(source)) {
      some = true;
      NaiveTypeAttributes.judge(source, destination, policies, findings);
    }
    if (NaiveSelfCompatible.present(source)) {
      some = true;
      NaiveSelfCompatible.judge(source, destination, policies, findings);
    }
    if (NaiveOpaque.present(source)) {
      some = true;
      NaiveOpaque.judge(source, destination, answers, findings);
    }
    if (NaiveFeatureBits.present(source)) {
      some = true;
      NaiveFeatureBits.judge(source, destination, findings);
    }
    NaiveFacts from = new NaiveFacts(source);
    NaiveFacts to = new NaiveFacts(destination);
    if (!some && !packs.judge(from, to, declares(destination), findings)) {
      findings.unknown("no-migration-interface");
      if (from.known() && to.known()) {
        NaivePacks.differences(from, to, findings);
      }
    }
    packs.demands(from, to, findings);
    findings.close();
    return findings.verdict();
  }

  private static boolean declares(Endpoint endpoint) {
    return NaiveTypeAttributes.present(endpoint)
        || NaiveSelfCompatible.present(endpoint)
        || NaiveOpaque.present(endpoint)
        || NaiveFeatureBits.present(endpoint);
  }

  /** An mdev device has a type: where its link leads to none, nobody knows what that demands. */
  static boolean unseenType(Endpoint endpoint) {
    return endpoint.kind() == EndpointKind.MDEV_DEVICE && there(endpoint.type().get("mdev_type"));
  }

  /** A facet that the source has and the destination lacks: the law "every facet". */
  static void missing(String rule, boolean onOwnDeviceNode, Endpoint destination, Findings to) {
    if (onOwnDeviceNode && destination.kind().isType()) {
      to.unknown(rule);
    } else {
      to.incompatible(rule);
    }
  }

  /** True if anything is there: a directory in place of a file is malformed, not absent. */
  static boolean there(Attribute attribute) {
    return !(attribute instanceof Attribute.Absent);
  }
}
