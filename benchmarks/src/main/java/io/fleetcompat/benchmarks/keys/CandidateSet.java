package io.fleetcompat.benchmarks.keys;

import io.fleetcompat.query.replica.keys.KeyChanges;
import io.fleetcompat.query.replica.keys.KeyOrder;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.lacuna.bifurcan.SortedMap;
import java.util.Comparator;
import java.util.Iterator;
import org.organicdesign.fp.collections.ImSortedSet;
import org.organicdesign.fp.collections.PersistentTreeSet;

/** A persistent ordered set of candidates, as the replica keeps one for each profile. Immutable. */
public interface CandidateSet {

  /** The libraries that are measured, by the name in {@code benchmarks/run keys}. */
  enum Library {
    OURS,
    BIFURCAN,
    PAGURO
  }

  static CandidateSet empty(Library library, KeyOrder order) {
    Comparator<Long> comparator = order::compare;
    return switch (library) {
      case OURS -> new Ours(OrderedKeys.empty(order));
      case BIFURCAN -> new Bifurcan(new SortedMap<>(comparator));
      case PAGURO -> new Paguro(PersistentTreeSet.ofComp(comparator));
    };
  }

  /** The set without some keys that it has and with some that it has not, each in order. */
  CandidateSet with(long[] removed, long[] added);

  /** The number of keys before that one: the count that a page begins with. */
  int before(long key);

  /** The sum of so many keys from the first that is not before that one: the reading of a page. */
  long page(long key, int keys);

  /** {@link OrderedKeys}. */
  record Ours(OrderedKeys keys) implements CandidateSet {
    @Override
    public CandidateSet with(long[] removed, long[] added) {
      KeyChanges changes = new KeyChanges();
      for (long key : removed) {
        changes.remove(key);
      }
      for (long key : added) {
        changes.add(key);
      }
      return new Ours(changes.applyTo(keys));
    }

    @Override
    public int before(long key) {
      return keys.before(key);
    }

    @Override
    public long page(long key, int size) {
      long sum = 0;
      OrderedKeys.Walk walk = keys.from(before(key));
      for (int i = 0; i < size && walk.hasNext(); i++) {
        sum += walk.next();
      }
      return sum;
    }
  }

  /** The sorted map of bifurcan, whose set takes no comparator: a red-black tree that counts. */
  record Bifurcan(SortedMap<Long, Boolean> keys) implements CandidateSet {
    @Override
    public CandidateSet with(long[] removed, long[] added) {
      SortedMap<Long, Boolean> next = keys.linear();
      for (long key : removed) {
        next = next.remove(key);
      }
      for (long key : added) {
        next = next.put(key, true);
      }
      return new Bifurcan(next.forked());
    }

    @Override
    public int before(long key) {
      return (int) keys.ceilIndex(key).orElse(keys.size());
    }

    @Override
    public long page(long key, int size) {
      long sum = 0;
      int begin = before(key);
      for (int i = begin; i < begin + size && i < keys.size(); i++) {
        sum += keys.nth(i).key();
      }
      return sum;
    }
  }

  /** The tree set of Paguro: a red-black tree that does not count, so positions cost a walk. */
  record Paguro(ImSortedSet<Long> keys) implements CandidateSet {
    @Override
    public CandidateSet with(long[] removed, long[] added) {
      ImSortedSet<Long> next = keys;
      for (long key : removed) {
        next = next.without(key);
      }
      for (long key : added) {
        next = next.put(key);
      }
      return new Paguro(next);
    }

    @Override
    public int before(long key) {
      Comparator<? super Long> order = keys.comparator();
      int before = 0;
      for (Iterator<Long> walk = keys.iterator();
          walk.hasNext() && order.compare(walk.next(), key) < 0; ) {
        before++;
      }
      return before;
    }

    @Override
    public long page(long key, int size) {
      long sum = 0;
      Iterator<Long> walk = keys.tailSet(key).iterator();
      for (int i = 0; i < size && walk.hasNext(); i++) {
        sum += walk.next();
      }
      return sum;
    }
  }
}
