package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.AttributeText;
import io.fleetcompat.inventory.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The laws of a file of facts: it states what a second parser, written apart, finds in it; every
 * problem names its line; the order of lines decides nothing; what is stated can be stated again.
 */
public final class FactFileProperty {

  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_OF_A_NAME = 255;
  private static final Pattern LINE = Pattern.compile("line ([0-9]+): .+", Pattern.DOTALL);

  private FactFileProperty() {}

  public static boolean accepts(byte[] input) {
    if (!(AttributeText.of(input, MOST_BYTES, true) instanceof Attribute.Text(String text))) {
      return false;
    }
    List<String> lines = Arrays.asList(text.split("\n", -1));
    FactFile file = parse(text);
    for (String problem : file.problems()) {
      Matcher place = LINE.matcher(problem);
      assertThat(place.matches()).as(problem).isTrue();
      assertThat(Integer.parseInt(place.group(1))).isBetween(1, lines.size());
    }
    SortedMap<String, Optional<String>> stated = stated(file);
    Apart apart = new Apart();
    lines.forEach(apart::add);
    assertThat(stated).isEqualTo(apart.facts());
    assertThat(file.strange().isPresent()).isEqualTo(apart.strange > 0);
    assertThat(file.strange().orElse(0)).isEqualTo(apart.strange);
    List<String> backwards = new ArrayList<>(lines);
    Collections.reverse(backwards);
    assertThat(stated(parse(String.join("\n", backwards)))).isEqualTo(stated);
    requireSaidAgain(stated);
    return file.strange().isEmpty() && !stated.isEmpty();
  }

  private static FactFile parse(String text) {
    return FactFile.parse("a.facts", text, Optional.empty(), FactCatalogue.OPEN);
  }

  /** By device and name; empty where there are several values, or one that is too long. */
  private static SortedMap<String, Optional<String>> stated(FactFile file) {
    SortedMap<String, Optional<String>> stated = new TreeMap<>();
    for (StatedFact fact : file.facts()) {
      Optional<String> value =
          fact.fact() instanceof Attribute.Text(String text) ? Optional.of(text) : Optional.empty();
      stated.put(key(fact.name(), fact.device()), value);
    }
    return stated;
  }

  private static String key(String name, Optional<String> device) {
    return name + device.map(of -> "." + of).orElse("");
  }

  private static void requireSaidAgain(SortedMap<String, Optional<String>> stated) {
    StringBuilder text = new StringBuilder();
    SortedMap<String, Optional<String>> plain = new TreeMap<>();
    stated.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            text.append(key).append('=').append(value.get()).append('\n');
            plain.put(key, value);
          }
        });
    FactFile again = parse(text.toString());
    assertThat(again.problems()).isEmpty();
    assertThat(stated(again)).isEqualTo(plain);
  }

  /** The second parser: by hand, a line at a time. */
  private static final class Apart {

    private static final Set<Integer> ENDS_OF_LINES =
        Set.of(0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029);

    private final SortedMap<String, Set<String>> values = new TreeMap<>();
    private int number;
    private int strange;

    void add(String line) {
      number++;
      String bare = line.strip();
      boolean hides = bare.chars().anyMatch(ENDS_OF_LINES::contains);
      if (bare.isEmpty() || (bare.startsWith("#") && !hides)) {
        return;
      }
      int equals = bare.indexOf('=');
      String name = equals < 0 ? "" : bare.substring(0, equals).strip();
      Optional<String> key = hides || name.length() > MOST_OF_A_NAME ? Optional.empty() : key(name);
      if (key.isPresent()) {
        String value = bare.substring(equals + 1).strip();
        values.computeIfAbsent(key.get(), _ -> new TreeSet<>()).add(value);
      } else if (strange == 0) {
        strange = number;
      }
    }

    SortedMap<String, Optional<String>> facts() {
      SortedMap<String, Optional<String>> facts = new TreeMap<>();
      values.forEach(
          (key, all) -> {
            Optional<String> only = all.stream().findFirst().filter(_ -> all.size() == 1);
            facts.put(key, only.filter(value -> value.length() <= 4096));
          });
      return facts;
    }

    private static Optional<String> key(String name) {
      String device = device(name);
      String bare = name.substring(0, name.length() - device.length());
      String fact =
          device.isEmpty() || !bare.endsWith(".") ? name : bare.substring(0, bare.length() - 1);
      return fact.matches("[A-Za-z][A-Za-z0-9_.-]*")
          ? Optional.of(fact.equals(name) ? name : fact + "." + normal(device))
          : Optional.empty();
    }

    /** The end of a name that is a device: an address has one dot, a UUID none. */
    private static String device(String name) {
      String[] parts = name.split("\\.", -1);
      String last = parts[parts.length - 1];
      if (last.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
        return last;
      }
      String two = parts.length < 2 ? "" : parts[parts.length - 2] + "." + last;
      return two.matches("([0-9a-fA-F]{1,8}:)?[0-9a-fA-F]{1,2}:[0-9a-fA-F]{1,2}\\.[0-7]")
          ? two
          : "";
    }

    private static String normal(String device) {
      if (device.indexOf(':') < 0) {
        return device.toLowerCase(Locale.ROOT);
      }
      String[] parts = device.split("[:.]", -1);
      int at = parts.length - 3;
      String domain = at == 1 ? parts[0] : "0";
      return "%4s:%2s:%2s.%s"
          .formatted(digits(domain), digits(parts[at]), digits(parts[at + 1]), parts[at + 2])
          .replace(' ', '0');
    }

    /** Without the zeros at the begin. */
    private static String digits(String hex) {
      return hex.toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
    }
  }
}
