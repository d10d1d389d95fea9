package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.DeviceSpelling;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.Limits;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a {@code *.facts} file: {@code NAME=value} about the host, or {@code NAME.DEVICE=value}
 * about one device of it. Which names there are is not decided here.
 *
 * @param device in normal form; empty for a fact about the host
 * @param fact malformed where the value cannot be used
 */
public record FactLine(String name, Optional<String> device, Attribute fact) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

  /** The last part of a name, where that is of the characters of an address or a UUID. */
  private static final Pattern DEVICE =
      Pattern.compile("\\.((?:[0-9a-fA-F:]*:[0-9a-fA-F]+\\.[0-9a-fA-F]+)|[0-9a-fA-F-]{36})$");

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  /** The same line, of a file that is not believed. */
  FactLine unbelieved(String why) {
    return new FactLine(name, device, new Attribute.Malformed(why));
  }

  /** True for a line that says nothing. */
  public static boolean isEmpty(String line) {
    return line.isBlank() || (line.stripLeading().startsWith("#") && !hidesLine(line));
  }

  /** True where another program may see the end of a line within it, and so another fact. */
  public static boolean hidesLine(String line) {
    return LINE_BREAK.matcher(line.strip()).find();
  }

  /**
   * The line's fact.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  static FactLine parse(String line) {
    int equals = line.indexOf('=');
    if (equals < 0 || hidesLine(line)) {
      throw new IllegalArgumentException("expected name=value, found " + Quoted.of(line));
    }
    String name = line.substring(0, equals).strip();
    if (name.length() > Limits.WORD) {
      throw new IllegalArgumentException(
          "expected a name of at most " + Limits.WORD + " characters, found " + Quoted.of(name));
    }
    Attribute fact = fact(line.substring(equals + 1).strip());
    Matcher last = DEVICE.matcher(name);
    if (last.find() && DeviceSpelling.normal(last.group(1)).isPresent()) {
      return new FactLine(
          named(name.substring(0, last.start())), DeviceSpelling.normal(last.group(1)), fact);
    }
    return new FactLine(named(name), Optional.empty(), fact);
  }

  private static String named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected a name of letters, digits and ._- with or without .DEVICE (a PCI address or the"
              + " UUID of an mdev), found "
              + Quoted.of(name));
    }
    return name;
  }

  private static Attribute fact(String value) {
    return value.length() > Limits.VALUE
        ? new Attribute.Malformed(
            "expected a value of at most " + Limits.VALUE + " characters, found more")
        : new Attribute.Text(value);
  }
}
