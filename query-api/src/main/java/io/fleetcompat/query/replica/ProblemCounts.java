package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.HostProblemKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The problems and findings of the fleet's hosts, counted by their kind; kinds that no host has are
 * left out. Immutable; any thread.
 */
public record ProblemCounts(Map<HostProblemKind, Count> byKind) {

  static final ProblemCounts NONE = new ProblemCounts(Map.of());

  /**
   * The problems of one kind.
   *
   * @param hosts that have one
   * @param problems of all of them
   */
  public record Count(int hosts, int problems) {

    private static final Count ZERO = new Count(0, 0);

    private Count plus(int moreHosts, int moreProblems) {
      return new Count(hosts + moreHosts, problems + moreProblems);
    }
  }

  /** The problems and findings of one host; a finding counts as one. */
  public static Map<HostProblemKind, Integer> of(PlacedHost host) {
    if (host.problems().isEmpty() && host.findings().isEmpty()) {
      return Map.of();
    }
    Map<HostProblemKind, Integer> counts = new EnumMap<>(HostProblemKind.class);
    host.problems()
        .forEach(problem -> counts.merge(HostProblemKind.of(problem.code()), 1, Integer::sum));
    host.findings().forEach(finding -> counts.merge(HostProblemKind.of(finding), 1, Integer::sum));
    return counts;
  }

  /** The counts after changes to some hosts; it costs what they change. One thread. */
  static final class Edit {

    private final ProblemCounts old;
    private final Map<HostProblemKind, Count> changed = new EnumMap<>(HostProblemKind.class);

    Edit(ProblemCounts old) {
      this.old = old;
    }

    void change(@Nullable Host before, @Nullable Host after) {
      add(before, -1);
      add(after, 1);
    }

    private void add(@Nullable Host host, int each) {
      if (host != null) {
        of(host.placed())
            .forEach(
                (kind, problems) -> {
                  Count known = old.byKind.getOrDefault(kind, Count.ZERO);
                  changed.put(kind, changed.getOrDefault(kind, known).plus(each, each * problems));
                });
      }
    }

    ProblemCounts build() {
      if (changed.isEmpty()) {
        return old;
      }
      Map<HostProblemKind, Count> all = new EnumMap<>(HostProblemKind.class);
      all.putAll(old.byKind);
      all.putAll(changed);
      all.values().removeIf(Count.ZERO::equals);
      return new ProblemCounts(Collections.unmodifiableMap(all));
    }
  }
}
