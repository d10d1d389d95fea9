package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that operators have turned off, and that count now: every one is looked at for every
 * pair. Immutable.
 */
public final class NaiveOverrides {

  public static final NaiveOverrides NONE = new NaiveOverrides(List.of());

  private final List<TurnedOff> all;

  public NaiveOverrides(List<TurnedOff> all) {
    this.all = List.copyOf(all);
  }

  /**
   * One of them.
   *
   * @param kind {@code profile}, {@code driver} or {@code pool}: what both names are
   */
  public record TurnedOff(String rule, String kind, String source, String destination) {}

  /**
   * The names of one side, by which it may be selected.
   *
   * @param profile by the name that the index gives to its content
   * @param pool of its host
   */
  public record Side(String profile, Endpoint endpoint, Optional<String> pool) {

    private Optional<String> name(String kind) {
      return switch (kind) {
        case "profile" -> Optional.of(profile);
        case "driver" -> {
          NaiveFacts facts = new NaiveFacts(endpoint);
          yield facts.known() && facts.driver().there()
              ? Optional.of(facts.driverName())
              : Optional.empty();
        }
        case "pool" -> pool;
        default -> Optional.empty();
      };
    }
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** The rules that are turned off for a pair. */
  public Set<String> turnedOff(Side source, Side destination) {
    Set<String> rules = new TreeSet<>();
    for (TurnedOff each : all) {
      if (mayBe(each.rule)
          && source.name(each.kind).equals(Optional.of(each.source))
          && destination.name(each.kind).equals(Optional.of(each.destination))) {
        rules.add(each.rule);
      }
    }
    return rules;
  }

  private static boolean mayBe(String rule) {
    return rule.matches(
        "software-version|compatible-values|opaque-unprobed|feature-bits|[^/]+/[^/]+");
  }
}
