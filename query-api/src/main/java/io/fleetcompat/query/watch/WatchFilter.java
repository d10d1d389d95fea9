package io.fleetcompat.query.watch;

import io.fleetcompat.query.history.ChangeFilter;
import io.fleetcompat.schemas.AlertKey;
import java.util.Set;

/**
 * The events that a watcher asks for. Housekeeping is left out unless its cause or its kind is
 * named.
 *
 * @param kinds empty for all
 */
public record WatchFilter(Set<WatchKind> kinds, ChangeFilter changes) {

  public WatchFilter {
    kinds = Set.copyOf(kinds);
  }

  /** True where events of a kind are asked for. */
  public boolean tells(WatchKind kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  /** True where a subject is asked for. */
  boolean matches(EventSubject subject) {
    return switch (subject) {
      case EventSubject.Change change -> matches(change);
      case EventSubject.Alert(AlertKey key) -> tells(WatchKind.ALERT) && matches(key.pool());
    };
  }

  /** An alert is about a pool, and about no one host, device or cause. */
  private boolean matches(String pool) {
    return changes.host().isEmpty()
        && changes.device().isEmpty()
        && changes.causes().isEmpty()
        && changes.pool().map(pool::equals).orElse(true);
  }

  private boolean matches(EventSubject.Change change) {
    if (kinds.isEmpty()) {
      return changes.matches(change.subject(), change.record());
    }
    boolean named = WatchKind.of(change.subject().kind()).filter(kinds::contains).isPresent();
    return named
        && (changes.causes().isEmpty()
            ? changes.matchesWhateverItsCause(change.subject(), change.record())
            : changes.matches(change.subject(), change.record()));
  }
}
