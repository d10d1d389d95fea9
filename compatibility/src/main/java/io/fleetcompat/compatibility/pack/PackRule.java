package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One rule of a pack: an attribute, an operator, and where and how they count. Immutable.
 *
 * @param id its name within the pack
 * @param reason the rule id that verdicts name: {@code PACK/ID}, or a general one
 * @param sentence what is so where it is satisfied
 * @param addresses the attribute; after it, those that say the same where it has no value
 * @param range the destination's attributes between which the source's number must be; else empty
 * @param covers what a value must not leave out
 * @param choice the option under which alone it counts
 * @param appliesWhere it counts unless this is known not to hold at both sides
 * @param exemption a side where this holds needs no value
 * @param failsWhere a side where neither that nor this holds may need one, or not
 * @param equalIfBoth values that satisfy it where both sides have the same of them
 * @param missing the meaning of a value that nobody supplied
 * @param missingAtOne likewise, where the other side has one
 * @param ofDevices true where a type that has no value is not asked for one: only a device shows it
 * @param effect of a pair that does not satisfy it
 * @param failure when a mismatch is found
 * @param supply how to supply the value
 * @param sources where it is documented
 * @param line its line in its file
 */
public record PackRule(
    String id,
    String reason,
    String sentence,
    List<String> addresses,
    Optional<AgainstRange> range,
    Optional<Covering> covers,
    Operator operator,
    Optional<Choice> choice,
    Condition appliesWhere,
    Exemption exemption,
    Condition failsWhere,
    List<String> equalIfBoth,
    MissingValue missing,
    MissingValue missingAtOne,
    boolean ofDevices,
    RuleEffect effect,
    Failure failure,
    String supply,
    List<Citation> sources,
    int line) {

  /** The general reason of devices that cannot migrate at all. */
  static final String NOT_MIGRATABLE = "not-migratable";

  /** The addresses that say whether the driver gave a device migration operations. */
  private static final Set<String> OPERATIONS =
      Set.of(VendorFacts.VFIO_MIGRATION, VendorFacts.MIGRATION_FACT);

  /** A value of an option of the pack. */
  public record Choice(String option, String value) {}

  /** The addresses of a range's ends. */
  public record AgainstRange(String minimum, String maximum) {}

  public PackRule {
    addresses = List.copyOf(addresses);
    equalIfBoth = List.copyOf(equalIfBoth);
    sources = List.copyOf(sources);
    if (addresses.isEmpty() || sources.isEmpty()) {
      throw new IllegalArgumentException("a rule has an attribute and a source: " + id);
    }
  }

  /** The attribute's address. */
  public String address() {
    return addresses.getFirst();
  }

  /** True where it asks whether the driver gave the devices migration operations. */
  public boolean isAboutOperations() {
    return reason.equals(NOT_MIGRATABLE) && addresses.stream().anyMatch(OPERATIONS::contains);
  }

  /**
   * The part of one side in it, for any number of pairs.
   *
   * @param side its values by address
   * @param isType true where it is a type, of which there is no device yet
   * @param at one of the two
   */
  RuleOperand operand(Function<String, Parsed<String>> side, boolean isType, Side at) {
    Parsed<String> value =
        range.isPresent() && at == Side.DESTINATION ? range(range.get(), side) : covering(side);
    boolean mayApply = appliesWhere.holds(side) != Condition.Holds.NO;
    if (ofDevices && isType && value instanceof Parsed.Absent) {
      return RuleOperand.notAsked(mayApply);
    }
    return operator.operand(value, at, exempted(side), mayApply);
  }

  private Parsed<String> covering(Function<String, Parsed<String>> side) {
    Parsed<String> value = value(side);
    return covers.isPresent() ? covers.get().check(value, side) : value;
  }

  private Exempted exempted(Function<String, Parsed<String>> side) {
    Exempted exempted = exemption.at(side);
    return exempted instanceof Exempted.No ? failsWhere.unproven(side) : exempted;
  }

  /** True where a side has the same part in it as source and as destination. */
  boolean isAlikeForBoth() {
    return range.isEmpty() && operator.isAlikeForBoth();
  }

  /** False where it is known to concern neither side. */
  public boolean isAbout(RuleOperand source, RuleOperand destination) {
    return source.mayApply() || destination.mayApply();
  }

  /** Judges a pair; {@link JudgedRule} has the words. */
  public RuleResult judge(RuleOperand source, RuleOperand destination) {
    if (!isAbout(source, destination)) {
      return RuleResult.NOT_APPLICABLE;
    }
    if (!equalIfBoth.isEmpty() && equalIfBoth(source.value(), destination.value())) {
      return RuleResult.SATISFIED;
    }
    RuleResult result =
        source.isNotAsked() || destination.isNotAsked()
            ? source.ownResult().and(destination.ownResult())
            : operator.compare(source, destination);
    return result == RuleResult.UNJUDGED ? unjudged(source, destination) : result;
  }

  private boolean equalIfBoth(Parsed<String> first, Parsed<String> second) {
    return first instanceof Parsed.Value<String>(String value)
        && first.equals(second)
        && equalIfBoth.contains(value);
  }

  private RuleResult unjudged(RuleOperand source, RuleOperand destination) {
    return switch (meaning(source, destination)) {
      case NOT_APPLICABLE -> RuleResult.NOT_APPLICABLE;
      case WARNING -> RuleResult.TOLERATED;
      case UNKNOWN -> RuleResult.UNJUDGED;
    };
  }

  /** Nobody can say what is meant by a malformed value, so it never counts as missing. */
  private MissingValue meaning(RuleOperand source, RuleOperand destination) {
    if (source.isMalformed() || destination.isMalformed()) {
      return MissingValue.UNKNOWN;
    }
    return source.hasValue() ^ destination.hasValue() ? missingAtOne : missing;
  }

  /** The effect of a result, where that is none that satisfies the rule. */
  public RuleEffect effect(RuleResult result) {
    return result == RuleResult.TOLERATED ? RuleEffect.WARNING : effect;
  }

  /**
   * The first value of the addresses, whether it can be read or is malformed: what another one says
   * does not mend that. Without any, why the first that is not absent has none.
   */
  private Parsed<String> value(Function<String, Parsed<String>> side) {
    Parsed<String> none = new Parsed.Absent<>();
    for (String address : addresses) {
      Parsed<String> next = side.apply(address);
      if (next instanceof Parsed.Value || next instanceof Parsed.Malformed) {
        return next;
      }
      if (none instanceof Parsed.Absent) {
        none = next;
      }
    }
    return none;
  }

  private static Parsed<String> range(AgainstRange ends, Function<String, Parsed<String>> side) {
    Parsed<String> least = side.apply(ends.minimum());
    Parsed<String> most = side.apply(ends.maximum());
    if (!(least instanceof Parsed.Value<String>(String from))) {
      return most instanceof Parsed.Malformed ? most : least;
    }
    return most instanceof Parsed.Value<String>(String to)
        ? new Parsed.Value<>(from + "-" + to)
        : most;
  }
}
