package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.pack.Condition;
import io.fleetcompat.compatibility.pack.MissingValue;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.PairOperator;
import io.fleetcompat.compatibility.pack.RuleEffect;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.ValueOperator;
import io.fleetcompat.oracle.NaiveFacts.Fact;
import io.fleetcompat.oracle.NaiveFacts.State;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The naive judging of one rule of a pack (docs/rules.md 3.5). Immutable. */
record NaivePackRule(RulePack pack, PackRule rule) {

  /** True where it was judged: there were values, and they were compared. */
  boolean judge(NaiveFacts source, NaiveFacts destination, Findings to) {
    if (NaiveCondition.all(rule.appliesWhere(), source) == State.MALFORMED
        && NaiveCondition.all(rule.appliesWhere(), destination) == State.MALFORMED) {
      return false;
    }
    Fact from = first(source);
    Fact at =
        rule.range().isPresent() ? range(rule.range().get(), destination) : first(destination);
    boolean sourceIsNotAsked = isNotAsked(source, from);
    boolean destinationIsNotAsked = isNotAsked(destination, at);
    if (sourceIsNotAsked && destinationIsNotAsked) {
      return false;
    }
    String name = rule.reason().contains("/") ? pack.id() + "/" + rule.id() : rule.reason();
    State found =
        from.there() && from.equals(at) && rule.equalIfBoth().contains(from.text())
            ? State.THERE
            : NaiveOperators.judge(
                rule.operator(),
                from,
                at,
                sourceIsNotAsked || spared(source) == State.THERE,
                destinationIsNotAsked || spared(destination) == State.THERE);
    switch (found) {
      case THERE -> {
        return true;
      }
      case FAILED -> {
        List<NaiveFacts> blamed = new ArrayList<>();
        if (spared(source) != State.THERE && isBlamed(from, true)) {
          blamed.add(source);
        }
        if (spared(destination) != State.THERE && isBlamed(at, false)) {
          blamed.add(destination);
        }
        boolean bad = lacksMore(from, at, spared(source), spared(destination));
        Stream<State> guilt = blamed.stream().map(this::spared);
        boolean proven =
            rule.operator() instanceof PairOperator.NotPaired
                ? guilt.allMatch(State.MALFORMED::equals)
                : guilt.anyMatch(State.MALFORMED::equals);
        State left = proven ? State.FAILED : bad ? State.MALFORMED : whyOpen(blamed);
        tell(rule.effect(), name, rule.address(), from, left, to);
        return left == State.FAILED;
      }
      case ABSENT, MALFORMED, UNREADABLE -> {
        MissingValue meaning =
            found == State.MALFORMED
                ? MissingValue.UNKNOWN
                : from.there() != at.there() ? rule.missingAtOne() : rule.missing();
        switch (meaning) {
          case NOT_APPLICABLE -> {}
          case WARNING -> to.warning(name, rule.address());
          case UNKNOWN -> tell(rule.effect(), name, rule.address(), from, found, to);
        }
        return false;
      }
    }
    return false;
  }

  private static void tell(
      RuleEffect effect, String rule, String address, Fact source, State found, Findings to) {
    switch (effect) {
      case REASON -> {
        switch (found) {
          case FAILED -> to.incompatible(rule);
          case ABSENT -> to.lacking(rule);
          case MALFORMED, UNREADABLE, THERE -> to.unknown(rule);
        }
      }
      case WARNING -> to.warning(rule, address);
      case OBLIGATION ->
          to.obligation(address, source.there() ? Optional.of(source.text()) : Optional.empty());
    }
  }

  /** THERE where a side needs no value, MALFORMED where it does, ABSENT where nobody can tell. */
  private State spared(NaiveFacts endpoint) {
    List<State> states =
        rule.exemption().alternatives().stream()
            .map(one -> NaiveCondition.all(one, endpoint))
            .toList();
    if (states.contains(State.THERE)) {
      return State.THERE;
    }
    return states.contains(State.ABSENT)
            || NaiveCondition.all(rule.failsWhere(), endpoint) != State.THERE
        ? State.ABSENT
        : State.MALFORMED;
  }

  /** True where a side's value does not satisfy the rule: of a pair, both are to blame. */
  private boolean isBlamed(Fact value, boolean atSource) {
    return switch (rule.operator()) {
      case PairOperator _ -> true;
      case ValueOperator one -> NaiveOperators.side(one, value, atSource) == State.FAILED;
    };
  }

  /** True where a value that the rule needs beside the one to blame is there, and none. */
  private boolean lacksMore(Fact from, Fact at, State source, State other) {
    return rule.operator() instanceof ValueOperator one
        && ((source != State.THERE && isBad(NaiveOperators.side(one, from, true)))
            || (other != State.THERE && isBad(NaiveOperators.side(one, at, false))));
  }

  private static boolean isBad(State state) {
    return state == State.MALFORMED || state == State.UNREADABLE;
  }

  /** The cause that nobody knows whether a mismatch matters: want of a value, or a bad one. */
  private State whyOpen(List<NaiveFacts> blamed) {
    boolean bad =
        blamed.stream()
            .flatMap(
                side -> {
                  List<Condition> open =
                      rule.exemption().alternatives().stream()
                          .filter(one -> NaiveCondition.all(one, side) == State.ABSENT)
                          .toList();
                  return (open.isEmpty() ? List.of(rule.failsWhere()) : open)
                      .stream().flatMap(one -> one.values().keySet().stream()).map(side::get);
                })
            .anyMatch(fact -> !fact.there() && fact.state() != State.ABSENT);
    return bad ? State.MALFORMED : State.ABSENT;
  }

  /** True for a type, of which there is no device yet that could show it. */
  private boolean isNotAsked(NaiveFacts side, Fact value) {
    return rule.ofDevices() && side.endpoint().kind().isType() && value.state() == State.ABSENT;
  }

  /** True where a side fails the rule alone, and the values are no pair that satisfies it. */
  boolean lacksOperations(NaiveFacts source, NaiveFacts destination) {
    Fact from = first(source);
    boolean equal =
        from.there() && from.equals(first(destination)) && rule.equalIfBoth().contains(from.text());
    return !equal && (lacksOperations(source, true) || lacksOperations(destination, false));
  }

  /** True where a side fails the rule, whatever the other side has. */
  boolean lacksOperations(NaiveFacts side, boolean isSource) {
    return rule.effect() == RuleEffect.REASON
        && rule.operator() instanceof ValueOperator one
        && NaiveCondition.all(rule.appliesWhere(), side) != State.MALFORMED
        && spared(side) == State.MALFORMED
        && NaiveOperators.side(one, first(side), isSource) == State.FAILED;
  }

  /** The value; malformed where it leaves out what it must cover. */
  private Fact first(NaiveFacts endpoint) {
    Fact stated = firstOf(endpoint);
    return rule.covers()
        .filter(covers -> stated.there() && endpoint.get(covers.address()).there())
        .filter(
            covers -> {
              List<String> said = named(stated.text(), covers.elements(), covers.fields());
              String listed = endpoint.get(covers.address()).text();
              return named(listed, covers.separator(), covers.until()).stream()
                  .anyMatch(name -> !name.isEmpty() && !said.contains(name));
            })
        .map(_ -> Fact.MALFORMED)
        .orElse(stated);
  }

  private static List<String> named(String list, String separator, String end) {
    return Stream.of(list.split(Pattern.quote(separator), -1))
        .map(one -> one.split(Pattern.quote(end), -1)[0].strip())
        .toList();
  }

  /** The first value, good or malformed, or the first state that is not absent. */
  private Fact firstOf(NaiveFacts endpoint) {
    List<Fact> facts = rule.addresses().stream().map(endpoint::get).toList();
    return facts.stream()
        .filter(fact -> fact.there() || fact.state() == State.MALFORMED)
        .findFirst()
        .or(() -> facts.stream().filter(fact -> fact.state() != State.ABSENT).findFirst())
        .orElse(Fact.ABSENT);
  }

  private static Fact range(PackRule.AgainstRange ends, NaiveFacts endpoint) {
    Fact least = endpoint.get(ends.minimum());
    Fact most = endpoint.get(ends.maximum());
    if (!least.there()) {
      return most.state() == State.MALFORMED ? most : least;
    }
    return most.there() ? Fact.of(least.text() + "-" + most.text()) : most;
  }
}
