package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that operators have turned off: every one is looked at for every pair, at the time at
 * which the pair is judged. Immutable.
 */
public final class NaiveOverrides {

  public static final NaiveOverrides NONE = new NaiveOverrides(List.of());

  /** Most that may count, with those that have expired: the first by id. */
  private static final int MOST = 1000;

  private final List<Statement> counting;

  /**
   * @param all as the topic has them, whether they count or not
   */
  public NaiveOverrides(Collection<Statement> all) {
    List<Statement> usable =
        all.stream()
            .filter(each -> mayBe(each.rule))
            .sorted(Comparator.comparing(Statement::id))
            .toList();
    List<Statement> kept = new ArrayList<>();
    for (int i = 0; i < usable.size() && i < MOST; i++) {
      // One of a circle is replaced by its neighbour, so circles need no looking for.
      Optional<String> id = Optional.of(usable.get(i).id);
      if (usable.stream().noneMatch(other -> other.replaces.equals(id))) {
        kept.add(usable.get(i));
      }
    }
    counting = List.copyOf(kept);
  }

  /**
   * A statement of an operator that one rule does not count for some pairs.
   *
   * @param kind {@code profile}, {@code driver} or {@code pool}: what both names are
   * @param replaces the id of one that does not count as long as this one is there
   */
  public record Statement(
      String id,
      String rule,
      String kind,
      String source,
      String destination,
      Optional<Instant> expires,
      Optional<String> replaces) {}

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

  /** True where none will count at any time from now on. */
  public boolean isEmpty() {
    return counting.isEmpty();
  }

  /** The rules that are turned off for a pair at a time. */
  public Set<String> turnedOff(Side source, Side destination, Instant now) {
    Set<String> rules = new TreeSet<>();
    for (Statement each : counting) {
      if (each.expires.filter(end -> !now.isBefore(end)).isEmpty()
          && source.name(each.kind).equals(Optional.of(each.source))
          && destination.name(each.kind).equals(Optional.of(each.destination))) {
        rules.add(each.rule);
      }
    }
    return rules;
  }

  private static boolean mayBe(String rule) {
    String word = "[a-z0-9][a-z0-9_.-]{0,63}";
    return rule.matches(
        "software-version|compatible-values|opaque-unprobed|feature-bits|" + word + "/" + word);
  }
}
