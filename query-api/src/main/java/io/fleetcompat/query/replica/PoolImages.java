package io.fleetcompat.query.replica;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The pools of a fleet, by name; none is empty. A change to some of them costs as little where
 * there are many. Immutable; any number of threads.
 */
public final class PoolImages {

  static final PoolImages NONE = new PoolImages(new TreeMap<>(), Chunks.empty());

  private final SortedMap<String, Integer> numbers;
  private final Chunks<Membership> members;

  private PoolImages(SortedMap<String, Integer> numbers, Chunks<Membership> members) {
    this.numbers = numbers;
    this.members = members;
  }

  /** The hosts of that pool; null where there are none. */
  public @Nullable Membership get(String name) {
    Integer number = numbers.get(name);
    return number == null ? null : members.get(number);
  }

  /** All pools, in order of name. */
  public void forEach(BiConsumer<String, Membership> each) {
    for (String name : numbers.keySet()) {
      Membership pool = get(name);
      if (pool != null) {
        each.accept(name, pool);
      }
    }
  }

  /** With these pools as they are now; the dictionary numbers all names that there ever were. */
  PoolImages with(Map<String, Membership> changed, Dictionary<String> dictionary) {
    SortedMap<String, Integer> next = null;
    Chunks.Editor<Membership> edit = members.edit();
    for (Map.Entry<String, Membership> pool : changed.entrySet()) {
      int number = dictionary.find(pool.getKey());
      boolean stays = pool.getValue().size() > 0;
      edit.set(number, stays ? pool.getValue() : null);
      if (stays != numbers.containsKey(pool.getKey())) {
        next = next == null ? new TreeMap<>(numbers) : next;
        if (stays) {
          next.put(pool.getKey(), number);
        } else {
          next.remove(pool.getKey());
        }
      }
    }
    return new PoolImages(next == null ? numbers : next, edit.build());
  }
}
