package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.FormerName;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that say which name they had before, by that name: usually one each. Immutable; any
 * thread.
 */
public record RenamedHosts(Map<String, NavigableSet<String>> byFormer) {

  static final RenamedHosts NONE = new RenamedHosts(Map.of());

  /** The names of now of hosts that had that name before, sorted; empty where none says so. */
  public List<String> of(String former) {
    return List.copyOf(byFormer.getOrDefault(former, Collections.emptyNavigableSet()));
  }

  /** The hosts after changes to some; it costs what they change, and a copy. One thread. */
  static final class Edit {

    private final RenamedHosts old;
    private final Map<String, NavigableSet<String>> changed = new HashMap<>();

    Edit(RenamedHosts old) {
      this.old = old;
    }

    void change(@Nullable Host before, @Nullable Host after) {
      if (former(before).equals(former(after))) {
        return;
      }
      if (before != null) {
        former(before).ifPresent(name -> names(name).remove(before.name()));
      }
      if (after != null) {
        former(after).ifPresent(name -> names(name).add(after.name()));
      }
    }

    private static Optional<FormerName> former(@Nullable Host host) {
      return host == null ? Optional.empty() : host.placed().former();
    }

    private NavigableSet<String> names(FormerName former) {
      return changed.computeIfAbsent(
          former.name(),
          name -> new TreeSet<>(old.byFormer.getOrDefault(name, Collections.emptyNavigableSet())));
    }

    RenamedHosts build() {
      if (changed.isEmpty()) {
        return old;
      }
      Map<String, NavigableSet<String>> all = new HashMap<>(old.byFormer);
      all.putAll(changed);
      all.values().removeIf(NavigableSet::isEmpty);
      return new RenamedHosts(Collections.unmodifiableMap(all));
    }
  }
}
