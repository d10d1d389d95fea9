package io.fleetcompat.query.outcome;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of names that many outcomes have, each kept once for as long as an outcome has it. One
 * thread at a time.
 */
final class SharedLists {

  /** A list and its place in the map, in bytes; and a name's object. */
  private static final int LIST_BYTES = 128;

  private static final int NAME_BYTES = 64;

  private final Map<List<String>, Kept> lists = new HashMap<>();
  private long bytes;

  /** A list, and how many have it. */
  private static final class Kept {

    private final List<String> list;
    private int users;

    private Kept(List<String> list) {
      this.list = list;
    }
  }

  /** The one list that equals this, for one more outcome. */
  List<String> take(List<String> names) {
    Kept kept = lists.get(names);
    if (kept == null) {
      List<String> list = List.copyOf(names);
      kept = new Kept(list);
      lists.put(list, kept);
      bytes += bytes(list);
    }
    kept.users++;
    return kept.list;
  }

  /** One outcome has it no more. */
  void release(List<String> names) {
    Kept kept = lists.get(names);
    if (kept != null && --kept.users == 0) {
      lists.remove(names);
      bytes -= bytes(names);
    }
  }

  /** The approximate memory that all of them take. */
  long bytes() {
    return bytes;
  }

  void clear() {
    lists.clear();
    bytes = 0;
  }

  private static long bytes(List<String> names) {
    long characters = 0;
    for (String name : names) {
      characters += name.length();
    }
    return LIST_BYTES + (long) NAME_BYTES * names.size() + 2 * characters;
  }
}
