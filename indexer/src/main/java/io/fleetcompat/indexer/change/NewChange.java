package io.fleetcompat.indexer.change;

import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A change that is being put together: causes, values, moves, pools. One thread. */
public final class NewChange {

  /** The version of a change that no document says. */
  private static final long NO_DOCUMENT = -1;

  private final EnumSet<ChangeCause> causes = EnumSet.noneOf(ChangeCause.class);
  private final SortedMap<String, ChangedValue> values = new TreeMap<>();
  private final SortedSet<String> pools = new TreeSet<>();
  private List<EndpointMove> moves = List.of();
  private Optional<DocumentVersion> version = Optional.empty();
  private Optional<String> trigger = Optional.empty();

  /** A change with its first cause. */
  public static NewChange of(ChangeCause cause) {
    return new NewChange().cause(cause);
  }

  public NewChange cause(ChangeCause cause) {
    causes.add(cause);
    return this;
  }

  /** Adds a value of the whole subject, where it is another than before. */
  public NewChange value(String name, Optional<String> from, Optional<String> to) {
    if (!from.equals(to)) {
      values.put(name, new ChangedValue(name, from.orElse(null), to.orElse(null)));
    }
    return this;
  }

  /** The same of a number. */
  public NewChange number(String name, long from, long to) {
    return value(name, Optional.of(String.valueOf(from)), Optional.of(String.valueOf(to)));
  }

  /** Adds values that differ. */
  public NewChange values(List<ChangedValue> differing) {
    differing.forEach(value -> values.put(value.getName(), value));
    return this;
  }

  /** Adds a pool that it concerns. */
  public NewChange pool(String pool) {
    pools.add(pool);
    return this;
  }

  /** The endpoints that went from one profile to another, sorted by both. */
  public NewChange moves(List<EndpointMove> sorted) {
    moves = List.copyOf(sorted);
    return this;
  }

  /** The document that says so, and why it was sent. */
  public NewChange saidBy(DocumentVersion document, String sent) {
    version = Optional.of(document);
    trigger = Optional.of(sent);
    return this;
  }

  /** True where there is any cause. */
  public boolean isChange() {
    return !causes.isEmpty();
  }

  /**
   * The record of it, within all bounds.
   *
   * @param before the value that the subject had
   */
  ChangeRecord record(Optional<byte[]> before) {
    ChangeRoom room = new ChangeRoom();
    List<ChangedValue> told = room.values(values.values());
    Optional<byte[]> kept = before.filter(value -> value.length <= Limits.CHANGED_BEFORE_BYTES);
    return new ChangeRecord(
        List.copyOf(causes),
        told,
        moves.stream().limit(ChangeRoom.MOVES).map(room::move).toList(),
        List.copyOf(pools),
        version.map(DocumentVersion::epoch).orElse(NO_DOCUMENT),
        version.map(DocumentVersion::sequence).orElse(NO_DOCUMENT),
        trigger.orElse(null),
        kept.map(ByteBuffer::wrap).orElse(null),
        before.isPresent() && kept.isEmpty());
  }
}
