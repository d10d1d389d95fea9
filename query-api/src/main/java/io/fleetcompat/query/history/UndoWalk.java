package io.fleetcompat.query.history;

import io.fleetcompat.query.history.ChangesDatabase.Family;
import io.fleetcompat.query.history.StoredChange.Past;
import io.fleetcompat.query.past.ChangeLog.Undo;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangeKey.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The search for what each subject had before its first change after a time. It walks over the
 * changes since then, in their order. Where these are very many, it asks the index for those
 * subjects that it has not met: a fleet has far fewer subjects than changes in a month. One thread.
 */
final class UndoWalk {

  /** Most changes that are walked over. */
  static final int MAX_WALKED = 100_000;

  private final DatabaseSnapshot snapshot;
  private final ChangePosition from;
  private final Undo undo;
  private final Set<ChangeKey> met = new HashSet<>();
  private long taken;

  UndoWalk(DatabaseSnapshot snapshot, long afterMillis, Undo undo) {
    this.snapshot = snapshot;
    this.from = ChangePosition.firstAt(Math.addExact(Math.max(-1, afterMillis), 1));
    this.undo = undo;
  }

  /** Hands over what all subjects had; returns how many subjects. */
  long undo(int maxWalked) throws RocksDBException, BadRecordException {
    if (!walk(maxWalked)) {
      seek();
    }
    return taken;
  }

  /** True where that was all. */
  private boolean walk(int maxWalked) throws RocksDBException, BadRecordException {
    try (RocksIterator each = snapshot.iterator(Family.CHANGES)) {
      int walked = 0;
      for (each.seek(from.bytes()); each.isValid(); each.next()) {
        if (walked++ == maxWalked) {
          return false;
        }
        StoredChange change = StoredChange.parse(each.value());
        ChangeKey subject = change.key();
        if (isNew(subject)) {
          take(new First(ChangePosition.ending(each.key()), subject, change.past()));
        }
      }
      each.status();
      return true;
    }
  }

  /** Values are read in the order in which they were written: they stand beside one another. */
  private void seek() throws RocksDBException, BadRecordException {
    List<First> firsts = new ArrayList<>();
    try (RocksIterator each = snapshot.iterator(Family.INDEX)) {
      each.seek(IndexPrefix.subjects());
      while (each.isValid()) {
        IndexPrefix prefix = IndexPrefix.of(each.key());
        if (!prefix.isOfSubject()) {
          break;
        }
        ChangeKey subject = prefix.subject();
        if (isNew(subject)) {
          each.seek(prefix.key(from));
          if (each.isValid() && prefix.begins(each.key())) {
            ChangePosition at = ChangePosition.ending(each.key());
            firsts.add(new First(at, subject, Past.parse(each.value()[0])));
          }
        }
        each.seek(prefix.key(ChangePosition.lastAt(Long.MAX_VALUE)));
      }
      each.status();
    }
    firsts.sort(Comparator.comparing(First::at));
    for (First first : firsts) {
      take(first);
    }
  }

  /** The first change of a subject after the time. */
  private record First(ChangePosition at, ChangeKey subject, Past past) {}

  /** True where it was not met before; the beginning of a history is no change of the index. */
  private boolean isNew(ChangeKey subject) {
    return subject.kind() != Kind.HISTORY && met.add(subject);
  }

  private void take(First first) throws RocksDBException {
    taken++;
    ChangeKey subject = first.subject();
    switch (first.past()) {
      case NONE -> undo.take(subject, Optional.empty(), false);
      case KEPT -> undo.take(subject, Optional.of(snapshot.get(Family.BEFORES, first.at())), false);
      case OMITTED -> undo.take(subject, Optional.empty(), true);
    }
  }
}
