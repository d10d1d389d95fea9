package io.fleetcompat.compatibility.cases;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.pack.Failure;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RuleEffect;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cases of one pack, which are put to the judge as any pair is, with the pack among all that
 * are in force. Immutable.
 */
public final class PackCases {

  private final RulePack pack;
  private final List<PackCase> cases;

  PackCases(RulePack pack, List<PackCase> cases) {
    this.pack = pack;
    this.cases = List.copyOf(cases);
  }

  /**
   * Reads the cases of a pack.
   *
   * @param file the name that messages give it
   * @throws BadYamlException with everything that is wrong, such as a rule that the pack does not
   *     have, or an address that such a device has no value at
   */
  public static PackCases read(String file, String text, RulePack pack) throws BadYamlException {
    return new PackCases(pack, CaseReader.read(file, text, pack));
  }

  /** The text of the cases of a built-in pack. */
  public static String builtIn(String pack) {
    return Resource.text(PackCases.class, pack + ".yaml");
  }

  public int size() {
    return cases.size();
  }

  /** The result of one case: the differences from what is expected, none where it holds. */
  public record Result(PackCase of, List<String> differences) {

    public Result {
      differences = List.copyOf(differences);
    }

    public boolean holds() {
      return differences.isEmpty();
    }
  }

  /**
   * Judges them all, in order.
   *
   * @param packs all packs in force, this one among them
   */
  public List<Result> run(RulePacks packs) {
    List<Result> results = new ArrayList<>();
    for (PackCase one : cases) {
      Judge judge = new Judge(RuleSet.of(Set.of(), chosen(packs, one)));
      Verdict verdict = judge.judge(Profile.of(one.source()), Profile.of(one.destination()));
      results.add(new Result(one, differences(one.expected(), verdict)));
    }
    return results;
  }

  private RulePacks chosen(RulePacks packs, PackCase one) {
    TreeMap<String, String> options = new TreeMap<>();
    one.options().forEach((option, value) -> options.put(pack.id() + "." + option, value));
    try {
      return options.isEmpty() ? packs : packs.with(new TreeMap<>(), options);
    } catch (BadYamlException e) {
      throw new IllegalStateException("the reader has checked the options: " + e.problem(), e);
    }
  }

  private List<String> differences(PackCase.Expected expected, Verdict verdict) {
    List<String> differences = new ArrayList<>();
    if (expected.verdict() != verdict.outcome()) {
      differences.add(difference("verdict", expected.verdict(), verdict.outcome()));
    }
    compare("rules", Optional.of(expected.rules()), ids(verdict), differences);
    Optional<FailureTime> failure = verdict.failure().map(Failure::time);
    if (expected.failure().isPresent() && !expected.failure().equals(failure)) {
      differences.add(
          difference(
              "failure", expected.failure().get(), failure.map(Object::toString).orElse("none")));
    }
    compare(
        "obligations",
        expected.obligations(),
        verdict.obligations().stream().map(Verdict.Obligation::attribute),
        differences);
    compare(
        "warnings",
        expected.warnings(),
        verdict.warnings().stream().map(warning -> warning.rule().toString()),
        differences);
    Optional<String> decider = verdict.decidedBy().map(Verdict.DecidedBy::pack);
    if (!pack.always() && !decider.equals(Optional.of(pack.name()))) {
      differences.add(difference("decided by", pack.name(), decider.orElse("no pack")));
    }
    if (!differences.isEmpty()) {
      verdict
          .reasons()
          .forEach(reason -> differences.add("because " + reason.rule() + ": " + reason.detail()));
    }
    return differences;
  }

  private static Stream<String> ids(Verdict verdict) {
    return verdict.reasons().stream().map(reason -> reason.rule().toString());
  }

  private static void compare(
      String what,
      Optional<SortedSet<String>> expected,
      Stream<String> found,
      List<String> differences) {
    SortedSet<String> all = found.collect(Collectors.toCollection(TreeSet::new));
    if (expected.isPresent() && !expected.get().equals(all)) {
      differences.add(difference(what, expected.get(), all));
    }
  }

  private static String difference(String what, Object expected, Object found) {
    return "%s: expected %s, found %s".formatted(what, expected, found);
  }

  /** The rules of the pack that no case expects to be a reason, or a warning where they warn. */
  public SortedSet<String> notCovered() {
    SortedSet<String> open =
        Stream.of(pack.identity(), pack.rules(), pack.switchedOff())
            .flatMap(List::stream)
            .filter(rule -> rule.effect() != RuleEffect.OBLIGATION)
            .map(PackRule::reason)
            .collect(Collectors.toCollection(TreeSet::new));
    if (pack.notMigratable().isPresent()) {
      open.add("not-migratable");
    }
    for (PackCase one : cases) {
      if (one.expected().verdict() == Verdict.Outcome.INCOMPATIBLE) {
        open.removeAll(one.expected().rules());
      }
      open.removeAll(one.expected().warnings().orElseGet(TreeSet::new));
    }
    return open;
  }
}
