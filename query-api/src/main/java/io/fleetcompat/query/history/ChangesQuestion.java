package io.fleetcompat.query.history;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.EndpointMove;
import java.util.Optional;
import java.util.Set;

/**
 * A question for changes. What is empty does not narrow it.
 *
 * @param since first time, milliseconds since 1970
 * @param until last time
 * @param device name of an endpoint, or of the device below which it is
 * @param causes of which a change must have one; empty for all but housekeeping
 */
public record ChangesQuestion(
    long since,
    long until,
    Optional<String> host,
    Optional<String> pool,
    Optional<String> device,
    Set<ChangeCause> causes) {

  public ChangesQuestion {
    causes = Set.copyOf(causes);
  }

  CauseSet wanted() {
    return causes.isEmpty() ? CauseSet.LISTED : CauseSet.of(causes);
  }

  /** True where a change that the index has found is one of those asked for. */
  boolean matches(ChangeKey subject, ChangeRecord change) {
    return (host.isEmpty() || pool.isEmpty() || change.getPools().contains(pool.get()))
        && (device.isEmpty() || concerns(change, device.get()));
  }

  private static boolean concerns(ChangeRecord change, String device) {
    return change.getMoves().stream().anyMatch(move -> concerns(move, device));
  }

  /** A move that does not name all of its endpoints may be one of this device, too. */
  private static boolean concerns(EndpointMove move, String device) {
    String below = device + "/";
    return move.getEndpoints().size() < move.getDevices() + move.getTypes()
        || move.getEndpoints().stream().anyMatch(e -> e.equals(device) || e.startsWith(below));
  }
}
