package io.fleetcompat.oracle;

import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * The health of a pool, endpoint by endpoint and pair by pair (docs/pool-health.md): for tests and
 * {@code verify}, where the cost does not matter.
 *
 * @param endpoints of the pool's live hosts
 */
public record NaivePool(List<Member> endpoints, Pairs pairs) {

  public NaivePool {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * An endpoint.
   *
   * @param content equal for endpoints of which rules say the same
   * @param room whether it is a device, or a type of which one more can be created now
   */
  public record Member(
      String host, String content, NaiveLikeness likeness, boolean type, boolean room) {}

  /** Verdicts by the contents of both sides. */
  public interface Pairs {

    Outcome outcome(String source, String destination);

    /** The words for each reason, each once. */
    Set<String> reasons(String source, String destination);
  }

  /** Numbers of endpoints, of devices or of types. */
  public record Count(int endpoints, int movable, int stranded, int unknown, int full) {}

  /** The devices, or the types. */
  public Count count(boolean types) {
    List<Member> those = endpoints.stream().filter(each -> each.type == types).toList();
    int movable = (int) those.stream().filter(each -> !isStranded(each)).count();
    int unknown = (int) those.stream().filter(this::isStranded).filter(this::isInDoubt).count();
    int full = (int) those.stream().filter(each -> !isStranded(each)).filter(this::isFull).count();
    return new Count(those.size(), movable, those.size() - movable, unknown, full);
  }

  private List<Member> elsewhere(Member source, Outcome outcome) {
    return endpoints.stream()
        .filter(each -> !each.host.equals(source.host))
        .filter(each -> pairs.outcome(source.content, each.content) == outcome)
        .toList();
  }

  private boolean isStranded(Member source) {
    return elsewhere(source, Outcome.COMPATIBLE).isEmpty();
  }

  private boolean isInDoubt(Member source) {
    return elsewhere(source, Outcome.UNKNOWN).stream().anyMatch(each -> isLike(source, each));
  }

  private boolean isFull(Member source) {
    return elsewhere(source, Outcome.COMPATIBLE).stream().noneMatch(Member::room);
  }

  private static boolean isLike(Member source, Member other) {
    return source.likeness.isLike(other.likeness);
  }

  /** Stranded endpoints by content: how many devices, and how many types. */
  public Map<String, List<Integer>> stranded() {
    Map<String, List<Integer>> counts = new TreeMap<>();
    endpoints.stream().filter(this::isStranded).forEach(each -> count(counts, each.content, each));
    return counts;
  }

  /** The pairs of contents on different hosts of which only one direction is COMPATIBLE. */
  public long oneWayPairs() {
    Set<String> found = new TreeSet<>();
    for (Member source : endpoints) {
      for (Member destination : elsewhere(source, Outcome.COMPATIBLE)) {
        if (pairs.outcome(destination.content, source.content) != Outcome.COMPATIBLE) {
          found.add(source.content + " " + destination.content);
        }
      }
    }
    return found.size();
  }

  /**
   * By family: into how many groups its contents fall, between any two of which there is a way
   * there and back.
   *
   * @param unknownToo whether what is UNKNOWN is a way
   */
  public Map<String, Integer> groups(boolean unknownToo) {
    List<String> contents = endpoints.stream().map(Member::content).distinct().sorted().toList();
    int many = contents.size();
    boolean[][] ways = new boolean[many][many];
    for (int i = 0; i < many; i++) {
      for (int j = 0; j < many; j++) {
        Outcome outcome = pairs.outcome(contents.get(i), contents.get(j));
        ways[i][j] =
            i == j || outcome == Outcome.COMPATIBLE || (unknownToo && outcome == Outcome.UNKNOWN);
      }
    }
    for (int over = 0; over < many; over++) {
      for (int i = 0; i < many; i++) {
        for (int j = 0; j < many; j++) {
          ways[i][j] |= ways[i][over] && ways[over][j];
        }
      }
    }
    Map<String, Set<String>> groups = new TreeMap<>();
    for (Member each : endpoints) {
      if (each.likeness.family().isPresent()) {
        int own = contents.indexOf(each.content);
        int first = 0;
        while (!(ways[own][first] && ways[first][own])) {
          first++;
        }
        groups
            .computeIfAbsent(each.likeness.family().get(), _ -> new TreeSet<>())
            .add(contents.get(first));
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    groups.forEach((family, of) -> counts.put(family, of.size()));
    return counts;
  }

  /**
   * By reason: how many stranded devices, and types, have a destination that it alone keeps away.
   */
  public Map<String, List<Integer>> frees() {
    return reasons(_ -> 1);
  }

  /**
   * By reason: how many stranded devices, and types, it keeps from a destination that has the
   * fewest reasons of all destinations of their content.
   */
  public Map<String, List<Integer>> strands() {
    return reasons(this::fewest);
  }

  /** By reason: those with a destination that it is among so many reasons to keep away. */
  private Map<String, List<Integer>> reasons(ToIntFunction<String> size) {
    Map<String, List<Integer>> counts = new TreeMap<>();
    for (Member source : endpoints) {
      if (isStranded(source)) {
        Set<String> keeping = new TreeSet<>();
        for (Member other : likeElsewhere(source)) {
          Set<String> reasons = pairs.reasons(source.content, other.content);
          if (reasons.size() == size.applyAsInt(source.content)) {
            keeping.addAll(reasons);
          }
        }
        keeping.forEach(reason -> count(counts, reason, source));
      }
    }
    return counts;
  }

  private int fewest(String content) {
    int fewest = Integer.MAX_VALUE;
    for (Member source : endpoints) {
      if (source.content.equals(content) && isStranded(source)) {
        for (Member other : likeElsewhere(source)) {
          fewest = Math.min(fewest, pairs.reasons(content, other.content).size());
        }
      }
    }
    return fewest;
  }

  private List<Member> likeElsewhere(Member source) {
    return endpoints.stream()
        .filter(other -> !other.host.equals(source.host) && isLike(source, other))
        .toList();
  }

  private static void count(Map<String, List<Integer>> counts, String what, Member member) {
    List<Integer> both = counts.computeIfAbsent(what, _ -> new ArrayList<>(List.of(0, 0)));
    int which = member.type ? 1 : 0;
    both.set(which, both.get(which) + 1);
  }
}
