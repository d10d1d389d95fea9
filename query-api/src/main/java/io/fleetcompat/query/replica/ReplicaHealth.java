package io.fleetcompat.query.replica;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The health of a replica: whether it is followed at all, and whether its answers are complete. It
 * is never ready where it is not alive. Any thread.
 *
 * @param replica its newest snapshot says whether the index was read
 * @param ended why the index is not followed any more; empty while it is
 * @param hindered why following it has not been possible for too long; empty while it is
 * @param filled whether whoever fills the index calls it complete
 */
public record ReplicaHealth(
    Replica replica,
    Supplier<Optional<String>> ended,
    Supplier<Optional<String>> hindered,
    BooleanSupplier filled) {

  /** The health of a replica that is followed. */
  public static ReplicaHealth of(Replica replica, IndexFollower follower, BooleanSupplier filled) {
    return new ReplicaHealth(replica, follower::ended, follower::hindered, filled);
  }

  /** The health of a replica that is filled by hand. */
  public static ReplicaHealth ofFilled(Replica replica, BooleanSupplier filled) {
    return new ReplicaHealth(replica, Optional::empty, Optional::empty, filled);
  }

  /** The reason why the process should be started again; empty where it lives. */
  public Optional<String> notAlive() {
    return ended.get();
  }

  /** The reason why others should be asked instead; empty where it is ready. */
  public Optional<String> notReady() {
    return notAlive().or(hindered).or(this::incomplete);
  }

  private Optional<String> incomplete() {
    Snapshot snapshot = replica.snapshot();
    if (!snapshot.ready()) {
      return Optional.of("the index is being read, " + snapshot.lag() + " records are left");
    }
    return filled.getAsBoolean() ? Optional.empty() : Optional.of("the index is being filled");
  }
}
