package io.fleetcompat.query.history;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangeKey.Kind;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.EndpointMove;
import java.util.Optional;
import java.util.Set;

/**
 * The changes that somebody asks for, whenever they were. What is empty does not narrow it.
 *
 * @param device name of an endpoint, or of the device below which it is
 * @param causes of which a change must have one; empty for all but housekeeping
 */
public record ChangeFilter(
    Optional<String> host,
    Optional<String> pool,
    Optional<String> device,
    Set<ChangeCause> causes) {

  public ChangeFilter {
    causes = Set.copyOf(causes);
  }

  CauseSet wanted() {
    return causes.isEmpty() ? CauseSet.LISTED : CauseSet.of(causes);
  }

  /** True where a change is one of those asked for. */
  public boolean matches(ChangeKey subject, ChangeRecord change) {
    return CauseSet.of(change.getCauses()).intersects(wanted())
        && matchesWhateverItsCause(subject, change);
  }

  /** The same, but for causes. */
  public boolean matchesWhateverItsCause(ChangeKey subject, ChangeRecord change) {
    return (host.isEmpty() || isOfHost(subject, change, host.get()))
        && (pool.isEmpty() || concernsPool(subject, change, pool.get()))
        && (device.isEmpty() || movesDevice(change, device.get()));
  }

  /** A host's renaming is of both names. */
  private static boolean isOfHost(ChangeKey subject, ChangeRecord change, String host) {
    boolean ofHosts = subject.kind() == Kind.HOST || subject.kind() == Kind.CAPACITY;
    return (ofHosts && subject.name().equals(host))
        || Renaming.formerName(subject, change).filter(host::equals).isPresent();
  }

  private static boolean concernsPool(ChangeKey subject, ChangeRecord change, String pool) {
    return change.getPools().contains(pool)
        || (subject.kind() == Kind.POOL && subject.name().equals(pool));
  }

  private static boolean movesDevice(ChangeRecord change, String device) {
    return change.getMoves().stream().anyMatch(move -> concerns(move, device));
  }

  /** A move that does not name all of its endpoints may be one of this device, too. */
  private static boolean concerns(EndpointMove move, String device) {
    String below = device + "/";
    return move.getEndpoints().size() < move.getDevices() + move.getTypes()
        || move.getEndpoints().stream().anyMatch(e -> e.equals(device) || e.startsWith(below));
  }
}
