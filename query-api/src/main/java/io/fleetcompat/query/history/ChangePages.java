package io.fleetcompat.query.history;

import io.fleetcompat.query.history.ChangesDatabase.Family;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The walk that finds one page of changes, from the newest to the oldest. Its work is bounded: it
 * ends early where it has looked at many changes that are not asked for. One thread.
 */
final class ChangePages {

  /** Most entries looked at for one page. */
  static final int MAX_WALKED = 100_000;

  /** Most bytes of changes that one page reads. */
  static final long MAX_LOADED_BYTES = 8L << 20;

  private final DatabaseSnapshot snapshot;
  private final ChangesQuestion question;
  private final int limit;
  private final int maxWalked;
  private final List<KeptChange> found = new ArrayList<>();
  private long loaded;

  ChangePages(DatabaseSnapshot snapshot, ChangesQuestion question, int limit, int maxWalked) {
    this.snapshot = snapshot;
    this.question = question;
    this.limit = limit;
    this.maxWalked = maxWalked;
  }

  /**
   * The next page.
   *
   * @param before the end of the page before
   */
  ChangesPage page(Optional<ChangePosition> before) throws RocksDBException, BadRecordException {
    ChangeFilter filter = question.filter();
    Optional<IndexPrefix> prefix =
        filter.host().map(IndexPrefix::host).or(() -> filter.pool().map(IndexPrefix::pool));
    try (RocksIterator each =
        snapshot.iterator(prefix.isPresent() ? Family.INDEX : Family.CHANGES)) {
      return walk(each, prefix, begin(before));
    }
  }

  /** The last position that may be on the page; a page goes on before the end of another. */
  private ChangePosition begin(Optional<ChangePosition> before) {
    ChangePosition last = ChangePosition.lastAt(question.until());
    return before.filter(end -> end.compareTo(last) <= 0).orElse(last);
  }

  private ChangesPage walk(RocksIterator each, Optional<IndexPrefix> prefix, ChangePosition begin)
      throws RocksDBException, BadRecordException {
    byte[] from = prefix.map(p -> p.key(begin)).orElseGet(begin::bytes);
    each.seekForPrev(from);
    if (each.isValid() && java.util.Arrays.equals(each.key(), from)) {
      each.prev();
    }
    int walked = 0;
    ChangePosition last = begin;
    while (isOf(each, prefix)) {
      ChangePosition at = ChangePosition.ending(each.key());
      if (at.at() < question.since()) {
        break;
      }
      if (found.size() == limit || walked == maxWalked || loaded >= MAX_LOADED_BYTES) {
        return new ChangesPage(found, Optional.of(last));
      }
      last = at;
      walked++;
      look(each, prefix.isPresent(), at);
      each.prev();
    }
    each.status();
    return new ChangesPage(found, Optional.empty());
  }

  private static boolean isOf(RocksIterator each, Optional<IndexPrefix> prefix) {
    return each.isValid() && (prefix.isEmpty() || prefix.get().begins(each.key()));
  }

  private void look(RocksIterator each, boolean indexed, ChangePosition at)
      throws RocksDBException, BadRecordException {
    byte[] value = each.value();
    CauseSet causes = indexed ? CauseSet.parse(value) : StoredChange.parse(value).causes();
    if (!causes.intersects(question.filter().wanted())) {
      return;
    }
    byte[] stored = indexed ? snapshot.get(Family.CHANGES, at) : value;
    loaded += stored.length;
    StoredChange change = StoredChange.parse(stored);
    ChangeKey subject = change.key();
    ChangeRecord record = change.change();
    if (question.filter().matchesWhateverItsCause(subject, record)) {
      found.add(new KeptChange(at, subject, record));
    }
  }
}
