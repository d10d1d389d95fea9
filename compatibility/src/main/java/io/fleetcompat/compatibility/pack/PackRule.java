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
 * @param choice the option under which alone it counts
 * @param appliesWhere it counts unless this is known not to hold at both sides
 * @param satisfiedWhere a side where this holds needs no value
 * @param equalIfBoth values that satisfy it where both sides have the same of them
 * @param missing the meaning of a value that nobody supplied
 * @param missingAtOne likewise, where the other side has one
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
    Operator operator,
    Optional<Choice> choice,
    Condition appliesWhere,
    Exemption satisfiedWhere,
    List<String> equalIfBoth,
    MissingValue missing,
    MissingValue missingAtOne,
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
  boolean isAboutOperations() {
    return reason.equals(NOT_MIGRATABLE) && addresses.stream().anyMatch(OPERATIONS::contains);
  }

  /** False where it is known to concern neither side. */
  public boolean isAbout(
      Function<String, Parsed<String>> source, Function<String, Parsed<String>> destination) {
    return appliesWhere.holds(source) != Condition.Holds.NO
        || appliesWhere.holds(destination) != Condition.Holds.NO;
  }

  /** The value that it compares at the source, or why there is none. */
  public Parsed<String> atSource(Function<String, Parsed<String>> source) {
    return value(source);
  }

  /** Likewise at the destination. */
  public Parsed<String> atDestination(Function<String, Parsed<String>> destination) {
    return range.map(ends -> range(ends, destination)).orElseGet(() -> value(destination));
  }

  /** Applies the rule to the values of both sides, by address. */
  public RuleOutcome judge(
      Function<String, Parsed<String>> source, Function<String, Parsed<String>> destination) {
    if (!isAbout(source, destination)) {
      return new RuleOutcome.NotApplicable();
    }
    Parsed<String> first = atSource(source);
    Parsed<String> second = atDestination(destination);
    Finding finding =
        equalIfBoth(first, second)
            ? new Finding.Satisfied("both are equal")
            : compare(source, destination, first, second);
    if (finding instanceof Finding.Failed failed) {
      Finding mismatch = mismatch(failed, source, destination);
      return new RuleOutcome.Judged(this, effect, mismatch, address(), first, second);
    }
    if (!(finding instanceof Finding.Unjudged unjudged)) {
      return new RuleOutcome.Judged(this, effect, finding, address(), first, second);
    }
    return switch (meaning(unjudged, first, second)) {
      case NOT_APPLICABLE -> new RuleOutcome.NotApplicable();
      case WARNING -> judged(RuleEffect.WARNING, unjudged, first, second);
      case UNKNOWN -> judged(effect, unjudged, first, second);
    };
  }

  private RuleOutcome judged(
      RuleEffect as, Finding.Unjudged unjudged, Parsed<String> first, Parsed<String> second) {
    String detail = address() + " is " + unjudged.detail() + "; to supply it: " + supply;
    return new RuleOutcome.Judged(
        this,
        as,
        new Finding.Unjudged(unjudged.state(), unjudged.side(), detail),
        address(),
        first,
        second);
  }

  /** A mismatch, unless a missing value leaves open whether it matters: that is never less. */
  private Finding mismatch(
      Finding.Failed failed,
      Function<String, Parsed<String>> source,
      Function<String, Parsed<String>> destination) {
    if (!(operator instanceof PairOperator)) {
      return failed;
    }
    return satisfiedWhere
        .leftOpen(source, destination)
        .<Finding>map(
            lack ->
                new Finding.Unjudged(
                    lack.state(),
                    lack.side(),
                    failed.detail() + "; whether that matters is open: " + lack.detail()))
        .orElse(failed);
  }

  private boolean equalIfBoth(Parsed<String> first, Parsed<String> second) {
    return first instanceof Parsed.Value<String>(String value)
        && first.equals(second)
        && equalIfBoth.contains(value);
  }

  private Finding compare(
      Function<String, Parsed<String>> source,
      Function<String, Parsed<String>> destination,
      Parsed<String> first,
      Parsed<String> second) {
    if (satisfiedWhere.isEmpty()) {
      return operator.apply(first, second);
    }
    boolean sourceNeedsIt = satisfiedWhere.holds(source) != Condition.Holds.YES;
    boolean destinationNeedsIt = satisfiedWhere.holds(destination) != Condition.Holds.YES;
    return switch (operator) {
      case ValueOperator each -> each.apply(first, second, sourceNeedsIt, destinationNeedsIt);
      case PairOperator both ->
          sourceNeedsIt || destinationNeedsIt
              ? both.apply(first, second)
              : new Finding.Satisfied("not needed at either side");
    };
  }

  private MissingValue meaning(
      Finding.Unjudged unjudged, Parsed<String> first, Parsed<String> second) {
    if (unjudged.state() == Finding.State.MALFORMED) {
      return MissingValue.UNKNOWN;
    }
    boolean atOne = first instanceof Parsed.Value ^ second instanceof Parsed.Value;
    return atOne ? missingAtOne : missing;
  }

  /** The first value of the addresses; without any, why the first that is not absent has none. */
  private Parsed<String> value(Function<String, Parsed<String>> side) {
    Parsed<String> best = side.apply(address());
    for (String address : addresses.subList(1, addresses.size())) {
      if (best instanceof Parsed.Value) {
        return best;
      }
      Parsed<String> next = side.apply(address);
      best =
          next instanceof Parsed.Absent
              ? best
              : next instanceof Parsed.Value || best instanceof Parsed.Absent ? next : best;
    }
    return best;
  }

  private static Parsed<String> range(AgainstRange ends, Function<String, Parsed<String>> side) {
    Parsed<String> least = side.apply(ends.minimum());
    Parsed<String> most = side.apply(ends.maximum());
    if (!(least instanceof Parsed.Value<String>(String from))) {
      return least;
    }
    return most instanceof Parsed.Value<String>(String to)
        ? new Parsed.Value<>(from + "-" + to)
        : most;
  }
}
