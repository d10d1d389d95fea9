package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A demand on a list that somebody states: it has an element for each thing that another attribute
 * lists. What it leaves out would be compared by nobody. Immutable.
 *
 * @param address of the attribute that lists them
 * @param separator between its elements
 * @param until the end of the part of such an element that names the thing; with nothing before it,
 *     an element names none
 * @param elements the separator of the list that is stated
 * @param fields the separator within its elements, whose first field names the thing
 */
public record Covering(
    String address, String separator, String until, String elements, String fields) {

  /** The value; malformed where it leaves something out. */
  Parsed<String> check(Parsed<String> value, Function<String, Parsed<String>> side) {
    if (!(value instanceof Parsed.Value<String>(String stated))
        || !(side.apply(address) instanceof Parsed.Value<String>(String listed))) {
      return value;
    }
    SortedSet<String> left = new TreeSet<>(named(listed, separator, until));
    left.removeAll(named(stated, elements, fields));
    return left.isEmpty()
        ? value
        : new Parsed.Malformed<>(
            "expected an element for each of "
                + address
                + ", found none for "
                + Elements.shown(left.stream().toList()));
  }

  private static Set<String> named(String list, String separator, String end) {
    return Arrays.stream(list.split(Pattern.quote(separator), -1))
        .map(element -> element.split(Pattern.quote(end), -1)[0].strip())
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
