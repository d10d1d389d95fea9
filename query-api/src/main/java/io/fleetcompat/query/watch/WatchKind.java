package io.fleetcompat.query.watch;

import io.fleetcompat.schemas.ChangeKey;
import java.util.Locale;
import java.util.Optional;

/** The kinds of events that can be watched. */
public enum WatchKind {
  HOST,
  CAPACITY,
  PROFILE,
  RULES,
  PROBE,
  OVERRIDE,
  POOL,
  /** An alert about a pool. */
  ALERT,
  /** The answer to a check that the watcher names; of no change. */
  VERDICT;

  /** As requests spell it. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a change; empty for a change that nobody can name. */
  static Optional<WatchKind> of(ChangeKey.Kind kind) {
    return switch (kind) {
      case HOST -> Optional.of(HOST);
      case CAPACITY -> Optional.of(CAPACITY);
      case PROFILE -> Optional.of(PROFILE);
      case RULES -> Optional.of(RULES);
      case PROBE -> Optional.of(PROBE);
      case OVERRIDE -> Optional.of(OVERRIDE);
      case POOL -> Optional.of(POOL);
      case HISTORY -> Optional.empty();
    };
  }
}
