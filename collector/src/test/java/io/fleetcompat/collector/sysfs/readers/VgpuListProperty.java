package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.AttributeText;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.inventory.Attribute;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The laws of the list of types that a virtual function can have: it has what a second parser finds
 * in it, and it is whole only where nothing in it is strange or may be cut.
 */
public final class VgpuListProperty {

  private static final String BLANK = " \t\n\u000b\f\r";
  private static final int MOST_OF_A_NAME = 255;

  private VgpuListProperty() {}

  public static boolean accepts(byte[] input) {
    Attribute attribute = AttributeText.of(input, Bounds.ATTRIBUTE_BYTES, true);
    VgpuList list = VgpuList.parse(attribute);
    if (!(attribute instanceof Attribute.Text(String text))) {
      assertThat(list.incomplete()).isPresent();
      return false;
    }
    assertThat(list.names()).doesNotContainKeys(list.contradicted().toArray(new String[0]));
    assertThat(list.incomplete().isPresent()).isEqualTo(list.cut() || !list.strange().isEmpty());
    String whole = list.cut() ? text.substring(0, text.lastIndexOf('\n') + 1) : text;
    SortedMap<String, String> names = new TreeMap<>();
    SortedSet<String> several = new TreeSet<>();
    int strange = 0;
    for (String line : whole.split("\n", -1)) {
      int colon = line.indexOf(':');
      String number = bare(line.substring(0, Math.max(0, colon)));
      String name = bare(line.substring(colon + 1));
      if (!isRow(number, name)) {
        strange += line.isBlank() || isHeader(number, name) ? 0 : 1;
      } else if (!name.equals(names.computeIfAbsent(short0(number), _ -> name))) {
        several.add(short0(number));
      }
    }
    names.keySet().removeAll(several);
    assertThat(list.names()).isEqualTo(names);
    assertThat(list.contradicted()).isEqualTo(several);
    assertThat(list.strange()).hasSize(strange);
    return list.incomplete().isEmpty() && !names.isEmpty();
  }

  private static boolean isRow(String number, String name) {
    return number.matches("[0-9]{1,9}") && !name.isEmpty() && name.length() <= MOST_OF_A_NAME;
  }

  private static boolean isHeader(String first, String second) {
    return first.equals("ID") && second.equals("vGPU Name");
  }

  private static String short0(String digits) {
    return digits.replaceFirst("^0+(?=.)", "");
  }

  private static String bare(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && BLANK.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (from < to && BLANK.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
