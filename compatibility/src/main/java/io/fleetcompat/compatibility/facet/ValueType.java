package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The types of catalogued attributes: what a value must look like, and its one spelling. */
public enum ValueType {
  /** Any text but an empty one. */
  TEXT("text"),
  /** The name of a vGPU type; the prefixes {@code GRID} and {@code NVIDIA} mean the same. */
  VGPU_NAME("vgpu-name"),
  /** {@code vfio-pci}, or {@code vfio_pci} as some drivers spell it. */
  DEVICE_API("device-api"),
  /** An id as PCI spells it: {@code 0x10de}. */
  ID("id"),
  /** Decimal numbers with dots: {@code 580.65.05}, spelled as found. */
  VERSION("version"),
  /** A decimal number, not negative. */
  INTEGER("integer"),
  /** A hexadecimal number: {@code 0x1e}. */
  BITMASK("bitmask"),
  /** Texts with a separator: a set, so sorted and without repetition; it may be empty. */
  LIST("list"),
  /** A list that always has something: one without is malformed. */
  FILLED_LIST("filled-list"),
  /** One of the values that the catalogue lists, in any case. */
  ONE_OF("one-of");

  /** Characters of a value that has a numeric type: beyond any that hardware has. */
  private static final int MAX_DIGITS = 128;

  private static final Pattern DOTTED = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18}){0,7}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]+");

  private final String spelling;

  ValueType(String spelling) {
    this.spelling = spelling;
  }

  static Optional<ValueType> of(String spelling) {
    return Arrays.stream(values()).filter(type -> type.spelling.equals(spelling)).findFirst();
  }

  /** The one spelling of a value. */
  String normal(String text, CataloguedAttribute attribute) throws MalformedException {
    String value = text.strip();
    return switch (this) {
      case TEXT -> require(!value.isEmpty(), value, "a text");
      case VGPU_NAME -> require(!vgpuName(value).isEmpty(), vgpuName(value), "a name");
      case DEVICE_API -> require(!value.isEmpty(), NormalForm.of(value), "a device API");
      case ID -> HardwareId.parse(value);
      case VERSION ->
          require(DOTTED.matcher(value).matches(), value, "numbers with dots such as 580.65.05");
      case INTEGER -> integer(value);
      case BITMASK -> bitmask(value);
      case LIST -> list(text, attribute.separator());
      case FILLED_LIST -> {
        String elements = list(text, attribute.separator());
        yield require(!elements.isEmpty(), elements, "at least one element");
      }
      case ONE_OF -> oneOf(value, attribute);
    };
  }

  private static String require(boolean fits, String value, String expected)
      throws MalformedException {
    if (!fits) {
      throw new MalformedException("expected " + expected + ", found " + Quoted.of(value));
    }
    return value;
  }

  private static String vgpuName(String value) {
    for (String prefix : new String[] {"GRID ", "NVIDIA "}) {
      if (value.startsWith(prefix)) {
        return value.substring(prefix.length()).strip();
      }
    }
    return value;
  }

  private static String integer(String value) throws MalformedException {
    boolean fits = value.length() <= MAX_DIGITS && DECIMAL.matcher(value).matches();
    return new BigInteger(require(fits, value, "a decimal number")).toString();
  }

  private static String bitmask(String value) throws MalformedException {
    boolean fits =
        value.startsWith("0x") && value.length() <= MAX_DIGITS && NormalForm.isHex(value, 2);
    require(fits, value, "a mask such as 0x1e");
    return "0x" + new BigInteger(value.substring(2), 16).toString(16);
  }

  private static String list(String text, String separator) {
    return String.join(
        separator,
        Arrays.stream(text.split(Pattern.quote(separator), -1))
            .map(String::strip)
            .filter(element -> !element.isEmpty())
            .distinct()
            .sorted()
            .toList());
  }

  private static String oneOf(String value, CataloguedAttribute attribute)
      throws MalformedException {
    for (String allowed : attribute.values()) {
      if (allowed.equalsIgnoreCase(value)) {
        return allowed;
      }
    }
    throw new MalformedException(
        "expected one of " + String.join(", ", attribute.values()) + ", found " + Quoted.of(value));
  }

  @Override
  public String toString() {
    return spelling;
  }
}
