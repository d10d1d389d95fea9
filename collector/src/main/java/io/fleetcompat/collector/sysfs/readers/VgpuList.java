package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.FullPage;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of one VF's {@code creatable_vgpu_types}, as far as they can be believed. Pure.
 *
 * @param names of types by their number
 * @param contradicted numbers that it gives several names, of which none counts
 * @param strange lines that are no rows
 * @param incomplete why there may be more types than these; empty where these are all
 * @param cut whether the list fills its page, so that the rest of it may be cut
 * @param isThere whether the VF has a list at all
 */
record VgpuList(
    SortedMap<String, String> names,
    SortedSet<String> contradicted,
    List<String> strange,
    Optional<String> incomplete,
    boolean cut,
    boolean isThere) {

  /** {@code 1145 : NVIDIA L40S-1B}. */
  private static final Pattern ROW =
      Pattern.compile("\\s*([0-9]{1,9})\\s*:\\s*(\\S.*?)\\s*", Pattern.DOTALL);

  private static final Pattern HEADER = Pattern.compile("\\s*ID\\s*:\\s*vGPU Name\\s*");

  VgpuList {
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    contradicted = Collections.unmodifiableSortedSet(new TreeSet<>(contradicted));
    strange = List.copyOf(strange);
  }

  /**
   * The rows of an attribute.
   *
   * @param list with the newline at its end, which tells a whole row from half of one
   */
  static VgpuList parse(Attribute list) {
    return switch (list) {
      case Attribute.Text(String text) -> parse(text);
      case Attribute.Malformed(String problem) -> unknown("it is malformed: " + problem);
      case Attribute.Unreadable(String errno) -> unknown("it cannot be read: " + errno);
      case Attribute.Directory _ -> unknown("it is a directory");
      case Attribute.Absent _ ->
          new VgpuList(new TreeMap<>(), new TreeSet<>(), List.of(), Optional.empty(), false, false);
    };
  }

  private static VgpuList unknown(String why) {
    return new VgpuList(new TreeMap<>(), new TreeSet<>(), List.of(), Optional.of(why), false, true);
  }

  private static VgpuList parse(String text) {
    boolean full = FullPage.isFilledBy(text);
    int end = full ? text.lastIndexOf('\n') + 1 : text.length();
    SortedMap<String, String> names = new TreeMap<>();
    SortedSet<String> contradicted = new TreeSet<>();
    List<String> strange = new ArrayList<>();
    for (String line : text.substring(0, end).split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && row.group(2).length() <= EndpointName.MAX_PART) {
        String number = number(row.group(1));
        if (!names.computeIfAbsent(number, added -> row.group(2)).equals(row.group(2))) {
          contradicted.add(number);
        }
      } else if (!line.isBlank() && !HEADER.matcher(line).matches()) {
        strange.add(line);
      }
    }
    names.keySet().removeAll(contradicted);
    return new VgpuList(names, contradicted, strange, whyIncomplete(full, strange), full, true);
  }

  /** The one spelling of the number of a type, of at most nine digits. */
  static String number(String digits) {
    return String.valueOf(Integer.parseInt(digits));
  }

  private static Optional<String> whyIncomplete(boolean full, List<String> strange) {
    if (full) {
      return Optional.of("it fills its page, so the rest of it may be cut");
    }
    return strange.isEmpty() ? Optional.empty() : Optional.of("it has rows that are none");
  }
}
