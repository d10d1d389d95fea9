package io.fleetcompat.query.replica;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * The numbers of hosts by other spellings of their names: in another case, and without a part of
 * their domain ({@code hv7} for {@code hv7.rack2.example}). It only grows, as the names do, and is
 * made like {@link Dictionary}: an entry has 32 bits of the spelling's hash beside the host's
 * number, and which spelling it is the name itself tells. So a host costs 16 bytes for each. Any
 * number of threads read; one at a time adds.
 */
final class HostSpellings {

  /** Most names of one spelling; one of more names is nobody's. */
  static final int MOST = 16;

  /** Most parts of a domain that may be left out. */
  private static final int MOST_PARTS = 8;

  private static final int FIRST_CAPACITY = 2048;
  private static final int[] NONE = {};

  private final Dictionary<String> names;
  private volatile AtomicLongArray table = new AtomicLongArray(FIRST_CAPACITY);

  /** Names below this number are entered. */
  private volatile int entered;

  private int entries;

  HostSpellings(Dictionary<String> names) {
    this.names = names;
  }

  /** The same names with the same numbers and spellings, apart from these from now on. */
  synchronized HostSpellings copy() {
    HostSpellings copy = new HostSpellings(names.copy());
    copy.table = copyOf(table, table.length());
    copy.entries = entries;
    copy.entered = entered;
    return copy;
  }

  /** The names. */
  Dictionary<String> names() {
    return names;
  }

  /** The number of that host; given now, with all of its spellings, if it is new. */
  int number(String host) {
    int known = names.find(host);
    return known >= 0 && known < entered ? known : enter(host);
  }

  /** Whoever gets a number finds the spellings of all names up to it. */
  private synchronized int enter(String host) {
    int number = names.add(host);
    for (int each = entered; each <= number; each++) {
      enter(each, names.name(each));
      entered = each + 1;
    }
    return number;
  }

  private void enter(int number, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    enter(lower, number);
    int dot = lower.indexOf('.');
    for (int part = 0; part < MOST_PARTS && dot > 0; part++) {
      String shorter = lower.substring(0, dot);
      if (shorter.chars().anyMatch(Character::isLetter)) { // the begin of an address names nobody
        enter(shorter, number);
      }
      dot = lower.indexOf('.', dot + 1);
    }
  }

  private void enter(String spelling, int number) {
    if (2 * (entries + 1) > table.length()) {
      table = copyOf(table, 2 * table.length());
    }
    int hash = Dictionary.hash(spelling);
    AtomicLongArray at = table;
    int same = 0;
    int place = Dictionary.place(hash, at);
    while (at.get(place) != Dictionary.EMPTY) {
      same += isSpelled(at.get(place), hash, spelling) ? 1 : 0;
      place = Dictionary.next(place, at);
    }
    if (same <= MOST) { // one more than may be found tells that there are more
      at.set(place, ((long) hash << 32) | (number + 1));
      entries++;
    }
  }

  /** The hosts of that spelling that any view has had; none where those are too many. */
  int[] find(String spelling) {
    int end = spelling.length() - (spelling.endsWith(".") ? 1 : 0);
    String lower = spelling.substring(0, end).toLowerCase(Locale.ROOT);
    int hash = Dictionary.hash(lower);
    AtomicLongArray at = table;
    int[] found = NONE;
    int place = Dictionary.place(hash, at);
    for (long entry = at.get(place); entry != Dictionary.EMPTY; entry = at.get(place)) {
      if (isSpelled(entry, hash, lower)) {
        found = Arrays.copyOf(found, found.length + 1);
        found[found.length - 1] = (int) entry - 1;
      }
      place = Dictionary.next(place, at);
    }
    return found.length > MOST ? NONE : found;
  }

  private boolean isSpelled(long entry, int hash, String spelling) {
    if ((int) (entry >>> 32) != hash) {
      return false;
    }
    String name = names.name((int) entry - 1);
    int end = spelling.length();
    return name.regionMatches(true, 0, spelling, 0, end)
        && (name.length() == end || name.charAt(end) == '.');
  }

  private static AtomicLongArray copyOf(AtomicLongArray from, int length) {
    AtomicLongArray copy = new AtomicLongArray(length);
    IntStream.range(0, from.length())
        .mapToLong(from::get)
        .filter(entry -> entry != Dictionary.EMPTY)
        .forEach(
            entry -> {
              int place = Dictionary.place((int) (entry >>> 32), copy);
              while (copy.get(place) != Dictionary.EMPTY) {
                place = Dictionary.next(place, copy);
              }
              copy.set(place, entry);
            });
    return copy;
  }
}
