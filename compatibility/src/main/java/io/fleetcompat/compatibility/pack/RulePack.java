package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule pack as its file says it, with the options that are chosen. Immutable.
 *
 * @param always true for an additional demand, also where the driver declares something itself
 * @param kernel the kernels that have the driver, for people
 * @param kernelSources where that is documented
 * @param identity attributes whose difference decides at once, as rules
 * @param rules the rules that count under the chosen options
 * @param switchedOff those that do not
 * @param notMigratable the statement that the whole family cannot migrate
 * @param noRules why nothing is known of these devices
 * @param content the file as one line of JSON, without comments
 */
public record RulePack(
    String id,
    int version,
    String title,
    boolean always,
    Optional<String> kernel,
    List<Citation> kernelSources,
    PackMatch match,
    SortedMap<String, PackOption> options,
    List<PackRule> identity,
    List<PackRule> rules,
    List<PackRule> switchedOff,
    Optional<NotMigratable> notMigratable,
    Optional<String> noRules,
    String content) {

  public RulePack {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    kernelSources = List.copyOf(kernelSources);
    identity = List.copyOf(identity);
    rules = List.copyOf(rules);
    switchedOff = List.copyOf(switchedOff);
  }

  /** The id with the version, as answers name it: {@code nvidia-mdev@1}. */
  public String name() {
    return id + "@" + version;
  }

  /** True for two packs of one rule set that are one: there are no two of one id in it. */
  @SuppressWarnings("ReferenceEquality") // a look at the ids would cost more, for every pair
  public boolean isSame(RulePack other) {
    return this == other || id.equals(other.id);
  }

  /**
   * Whether a device with these values is one that the pack does not say to be unable to migrate.
   */
  public Exempted exception(Function<String, Parsed<String>> device) {
    return notMigratable.map(statement -> statement.exception(device)).orElse(Exempted.YES);
  }

  /**
   * True where it says itself what devices without migration operations mean, by a rule in force
   * over what shows them.
   */
  public boolean speaksOfOperations() {
    return rules.stream().anyMatch(PackRule::isAboutOperations);
  }

  /** The same pack under another value of one of its options. */
  RulePack choose(String option, String value) {
    PackOption known = options.get(option);
    if (known == null) {
      throw new IllegalArgumentException("no option " + option + " of " + id);
    }
    SortedMap<String, PackOption> chosen = new TreeMap<>(options);
    chosen.put(option, known.choose(value));
    return with(chosen);
  }

  /** The same pack under these options: its rules are sorted into those that count or not. */
  private RulePack with(SortedMap<String, PackOption> chosen) {
    List<PackRule> on = new ArrayList<>();
    List<PackRule> off = new ArrayList<>();
    Stream.concat(rules.stream(), switchedOff.stream())
        .sorted((a, b) -> Integer.compare(a.line(), b.line()))
        .forEach(rule -> (counts(rule, chosen) ? on : off).add(rule));
    return new RulePack(
        id,
        version,
        title,
        always,
        kernel,
        kernelSources,
        match,
        chosen,
        identity,
        on,
        off,
        notMigratable,
        noRules,
        content);
  }

  /** The same pack, under the defaults of its options. */
  RulePack withDefaults() {
    return with(options);
  }

  private static boolean counts(PackRule rule, SortedMap<String, PackOption> options) {
    return rule.choice()
        .map(
            choice -> {
              PackOption option = options.get(choice.option());
              return option != null && option.chosen().equals(choice.value());
            })
        .orElse(true);
  }

  /** Every document that the rules in force, the identity and the statement rest on, once. */
  public List<Citation> sources() {
    Set<Citation> all = new LinkedHashSet<>();
    notMigratable.ifPresent(statement -> all.addAll(statement.sources()));
    Stream.concat(identity.stream(), rules.stream()).forEach(rule -> all.addAll(rule.sources()));
    return List.copyOf(all);
  }
}
