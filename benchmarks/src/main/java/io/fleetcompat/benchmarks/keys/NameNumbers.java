package io.fleetcompat.benchmarks.keys;

import io.fleetcompat.query.replica.Dictionary;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectIntHashMap;

/** A number for each name. One thread adds. */
public interface NameNumbers {

  /** The libraries that are measured, by the name in {@code benchmarks/run keys}. */
  enum Library {
    OURS,
    /** May be read by other threads while one adds, as ours may. */
    CONCURRENT_HASH_MAP,
    /** May not be read while a thread adds: a bound on what a lock around it could reach. */
    FASTUTIL,
    /** May not be read while a thread adds. */
    ECLIPSE_COLLECTIONS
  }

  int MAX_NAMES = 1 << 20;

  static NameNumbers empty(Library library) {
    return switch (library) {
      case OURS -> new Ours(new Dictionary<>(MAX_NAMES));
      case CONCURRENT_HASH_MAP -> new Concurrent(new ConcurrentHashMap<>());
      case FASTUTIL -> new Fastutil(withAbsent(new Object2IntOpenHashMap<>()));
      case ECLIPSE_COLLECTIONS -> new Eclipse(new ObjectIntHashMap<>());
    };
  }

  private static Object2IntOpenHashMap<String> withAbsent(Object2IntOpenHashMap<String> map) {
    map.defaultReturnValue(-1);
    return map;
  }

  void add(String name);

  /** The number of that name; -1 where it has none. */
  int find(String name);

  /** {@link Dictionary}. */
  record Ours(Dictionary<String> names) implements NameNumbers {
    @Override
    public void add(String name) {
      names.add(name);
    }

    @Override
    public int find(String name) {
      return names.find(name);
    }
  }

  /** The map of the JDK. */
  record Concurrent(ConcurrentHashMap<String, Integer> names) implements NameNumbers {
    @Override
    public void add(String name) {
      names.putIfAbsent(name, names.size());
    }

    @Override
    public int find(String name) {
      return names.getOrDefault(name, -1);
    }
  }

  /** The map of fastutil, open addressing over two arrays. */
  record Fastutil(Object2IntOpenHashMap<String> names) implements NameNumbers {
    @Override
    public void add(String name) {
      names.putIfAbsent(name, names.size());
    }

    @Override
    public int find(String name) {
      return names.getInt(name);
    }
  }

  /** The map of Eclipse Collections, open addressing over two arrays. */
  record Eclipse(ObjectIntHashMap<String> names) implements NameNumbers {
    @Override
    public void add(String name) {
      names.getIfAbsentPut(name, names.size());
    }

    @Override
    public int find(String name) {
      return names.getIfAbsent(name, -1);
    }
  }
}
