package io.fleetcompat.query.history;

import java.util.List;
import java.util.Optional;

/**
 * A page of changes, the newest first.
 *
 * @param next where the next page goes on: before this; empty where there is no more
 */
public record ChangesPage(List<KeptChange> changes, Optional<ChangePosition> next) {

  public ChangesPage {
    changes = List.copyOf(changes);
  }
}
