package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.judge.Verdict;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A verdict of the product in the oracle's form, to be held against the oracle's own. Pure. */
public final class ProductVerdict {

  private ProductVerdict() {}

  public static NaiveVerdict of(Verdict verdict) {
    SortedSet<String> rules = new TreeSet<>();
    verdict.reasons().forEach(reason -> rules.add(reason.rule().toString()));
    SortedMap<String, Optional<String>> obligations = new TreeMap<>();
    verdict.obligations().forEach(o -> obligations.put(o.attribute(), o.value()));
    SortedSet<String> warnings = new TreeSet<>();
    verdict
        .warnings()
        .forEach(warning -> warnings.add(warning.rule() + " " + warning.attribute().orElse("")));
    return new NaiveVerdict(
        NaiveVerdict.Outcome.valueOf(verdict.outcome().name()), rules, obligations, warnings);
  }
}
