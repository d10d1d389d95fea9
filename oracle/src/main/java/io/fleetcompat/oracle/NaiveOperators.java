package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.pack.ElementField;
import io.fleetcompat.compatibility.pack.Operator;
import io.fleetcompat.compatibility.pack.PairOperator;
import io.fleetcompat.compatibility.pack.Side;
import io.fleetcompat.compatibility.pack.ValueOperator;
import io.fleetcompat.oracle.NaiveFacts.Fact;
import io.fleetcompat.oracle.NaiveFacts.State;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operators of packs, once more: THERE is satisfied, FAILED is not. Stateless. */
final class NaiveOperators {

  private static final String VERSION = "[0-9]+(\\.[0-9]+)*";
  private static final String MASK = "0x[0-9a-fA-F]{1,128}";
  private static final String RANGE = "[0-9]+(-[0-9]+)?";

  private NaiveOperators() {}

  static boolean glob(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }

  static State judge(
      Operator operator, Fact from, Fact at, boolean spareSource, boolean spareDestination) {
    return switch (operator) {
      case ValueOperator one -> {
        Stream<State> sides =
            Stream.of(
                spareSource ? State.THERE : side(one, from, true),
                spareDestination ? State.THERE : side(one, at, false));
        yield worst(sides);
      }
      case PairOperator pair -> {
        boolean one = pair instanceof PairOperator.NotPaired;
        if (one ? spareSource || spareDestination : spareSource && spareDestination) {
          yield State.THERE;
        }
        State worst = worst(Stream.of(form(pair, from, true), form(pair, at, false)));
        yield worst == State.THERE ? pair(pair, from.text(), at.text()) : worst;
      }
    };
  }

  private static State worst(Stream<State> states) {
    List<State> order =
        List.of(State.FAILED, State.MALFORMED, State.UNREADABLE, State.ABSENT, State.THERE);
    return states.min((a, b) -> order.indexOf(a) - order.indexOf(b)).orElse(State.THERE);
  }

  private static State of(boolean satisfied) {
    return satisfied ? State.THERE : State.FAILED;
  }

  /** Of one side alone; satisfied where the operator is not about it. */
  static State side(ValueOperator operator, Fact fact, boolean atSource) {
    return operator.side() == (atSource ? Side.DESTINATION : Side.SOURCE)
        ? State.THERE
        : one(operator, fact);
  }

  private static State one(ValueOperator operator, Fact fact) {
    if (!fact.there()) {
      return fact.state();
    }
    String value = fact.text();
    return switch (operator) {
      case ValueOperator.Present _ -> State.THERE;
      case ValueOperator.AllowedValues allowed ->
          of(
              allowed.values().stream()
                  .anyMatch(
                      a ->
                          glob(a, value)
                              || (a.matches("[0-9]+-[0-9]+")
                                  && value.matches("[0-9]+")
                                  && within(value, a))));
      case ValueOperator.Minimum least ->
          value.matches(VERSION) ? of(compare(value, least.spelling()) >= 0) : State.MALFORMED;
      case ValueOperator.VersionRanges ranges ->
          value.matches(VERSION)
              ? of(
                  Arrays.stream(ranges.demand().substring("in ".length()).split(", ", -1))
                      .anyMatch(range -> inVersions(value, range)))
              : State.MALFORMED;
      case ValueOperator.IntInRange range ->
          value.matches("[0-9]+")
              ? of(within(value, range.demand().substring(3)))
              : State.MALFORMED;
    };
  }

  /** True where one side has anything that can be compared, whatever the other one has. */
  private static State form(PairOperator operator, Fact fact, boolean atSource) {
    if (!fact.there()) {
      return fact.state();
    }
    String text = fact.text();
    boolean fits =
        switch (operator) {
          case PairOperator.Equal _,
              PairOperator.SetEqual _,
              PairOperator.Superset _,
              PairOperator.NotPaired _ ->
              true;
          case PairOperator.BitmaskSuperset _ -> text.matches(MASK);
          case PairOperator.Version _, PairOperator.Ordered _ -> text.matches(VERSION);
          case PairOperator.InDestinationRange _ ->
              atSource
                  ? text.matches("[0-9]+")
                  : text.matches(RANGE)
                      && new BigInteger(text.split("-", -1)[0]).compareTo(last(text)) <= 0;
          case PairOperator.DominatedBy by -> split(by, text, new ArrayList<>());
        };
    return fits ? State.THERE : State.MALFORMED;
  }

  /** Of two values that can be compared. */
  private static State pair(PairOperator operator, String from, String at) {
    return switch (operator) {
      case PairOperator.Equal _ -> of(from.equals(at));
      case PairOperator.SetEqual set ->
          of(
              NaiveFacts.elements(from, set.separator())
                  .equals(NaiveFacts.elements(at, set.separator())));
      case PairOperator.Superset set ->
          of(
              NaiveFacts.elements(at, set.separator())
                  .containsAll(NaiveFacts.elements(from, set.separator())));
      case PairOperator.BitmaskSuperset _ -> of(bits(from).and(bits(at)).equals(bits(from)));
      case PairOperator.Version _ ->
          of(part(from, 0).equals(part(at, 0)) && part(at, 1).compareTo(part(from, 1)) >= 0);
      case PairOperator.Ordered _ -> of(compare(at, from) >= 0);
      case PairOperator.InDestinationRange _ -> of(within(from, at));
      case PairOperator.NotPaired not ->
          of(
              not.pairs().stream()
                  .noneMatch(
                      p ->
                          (glob(p.get(0).pattern(), from) && glob(p.get(1).pattern(), at))
                              || (glob(p.get(1).pattern(), from) && glob(p.get(0).pattern(), at))));
      case PairOperator.DominatedBy by -> dominated(by, from, at);
    };
  }

  private static State dominated(PairOperator.DominatedBy by, String from, String at) {
    List<List<String>> wanted = new ArrayList<>();
    List<List<String>> offered = new ArrayList<>();
    if (!split(by, from, wanted) || !split(by, at, offered)) {
      return State.MALFORMED;
    }
    return of(
        wanted.stream().allMatch(w -> offered.stream().anyMatch(o -> atLeast(by.fields(), w, o))));
  }

  private static boolean split(
      PairOperator.DominatedBy by, String text, List<List<String>> elements) {
    for (String element : NaiveFacts.elements(text, by.separator())) {
      List<String> fields = List.of(element.split(Pattern.quote(by.fieldSeparator()), -1));
      if (fields.size() != by.fields().size()) {
        return false;
      }
      for (int i = 0; i < fields.size(); i++) {
        String shape =
            switch (by.fields().get(i).comparison()) {
              case EQUAL -> "(?s).+";
              case EQUAL_MASK -> MASK;
              case AT_LEAST -> "[0-9]{1,128}";
            };
        if (!fields.get(i).matches(shape)) {
          return false;
        }
      }
      elements.add(fields);
    }
    return true;
  }

  private static boolean atLeast(List<ElementField> fields, List<String> wanted, List<String> by) {
    for (int i = 0; i < fields.size(); i++) {
      String mine = by.get(i);
      String theirs = wanted.get(i);
      boolean enough =
          switch (fields.get(i).comparison()) {
            case EQUAL -> mine.equals(theirs);
            case EQUAL_MASK -> bits(mine).equals(bits(theirs));
            case AT_LEAST -> new BigInteger(mine).compareTo(new BigInteger(theirs)) >= 0;
          };
      if (!enough) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger bits(String mask) {
    return new BigInteger(mask.substring(2), 16);
  }

  private static BigInteger last(String range) {
    String[] ends = range.split("-", -1);
    return new BigInteger(ends[ends.length - 1]);
  }

  private static boolean within(String number, String range) {
    BigInteger value = new BigInteger(number);
    return value.compareTo(new BigInteger(range.split("-", -1)[0])) >= 0
        && value.compareTo(last(range)) <= 0;
  }

  private static boolean inVersions(String version, String range) {
    String[] ends = range.split("-", -1);
    if (compare(version, ends[0]) < 0) {
      return false;
    }
    if (ends.length == 1) {
      return compare(version, ends[0]) == 0;
    }
    return ends[1].isEmpty()
        ? part(version, 0).equals(part(ends[0], 0))
        : compare(version, ends[1]) <= 0;
  }

  private static BigInteger part(String version, int place) {
    String[] parts = version.split("\\.", -1);
    return place < parts.length ? new BigInteger(parts[place]) : BigInteger.ZERO;
  }

  private static int compare(String one, String other) {
    for (int i = 0; i < Math.max(one.split("\\.", -1).length, other.split("\\.", -1).length); i++) {
      if (!part(one, i).equals(part(other, i))) {
        return part(one, i).compareTo(part(other, i));
      }
    }
    return 0;
  }
}
