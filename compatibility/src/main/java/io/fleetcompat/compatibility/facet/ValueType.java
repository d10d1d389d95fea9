package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The types of catalogued attributes: what a value must look like, and its one spelling. */
public enum ValueType {
  /** Any line that says something: not empty, not {@code N/A}. */
  TEXT("text"),
  /** The name of a vGPU type; the prefixes {@code GRID} and {@code NVIDIA} mean the same. */
  VGPU_NAME("vgpu-name"),
  /** One of those of the kernel: {@code vfio-pci}, or {@code vfio_pci} as some drivers spell it. */
  DEVICE_API("device-api"),
  /** An id as PCI spells it: {@code 0x10de}. */
  ID("id"),
  /** Decimal numbers with dots: {@code 580.65.05}, spelled as found. */
  VERSION("version"),
  /**
   * The same, without leading zeros and without {@code .0} at its end: {@code 9.04.0} is 9.4. A
   * year with a month keeps its zero: {@code 24.04}.
   */
  RELEASE("release"),
  /** A decimal number, not negative. */
  INTEGER("integer"),
  /** A hexadecimal number: {@code 0x1e}. */
  BITMASK("bitmask"),
  /** Texts with a separator: a set, so sorted and without repetition; an empty text has none. */
  LIST("list"),
  /** A list that always has something: one without is malformed. */
  FILLED_LIST("filled-list"),
  /** One of the values that the catalogue lists, in any case. */
  ONE_OF("one-of");

  /** Characters of a value that has a numeric type: beyond any that hardware has. */
  private static final int MAX_DIGITS = 128;

  private static final Pattern DOTTED = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18}){0,7}");
  private static final Pattern LEADING_ZEROS = Pattern.compile("(^|\\.)0+(?=[0-9])");
  private static final Pattern YEAR_AND_MONTH = Pattern.compile("[1-9][0-9]\\.[0-9]{2}");
  private static final Pattern ZEROS_AT_END = Pattern.compile("(\\.0+)+$");

  /** Words by which tools say that they know nothing; equal ones are no equal values. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "[^\\p{L}\\p{N}]*|\\[?(unknown( error)?|none|null|n/?a|not (available|supported))\\]?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BARE_PREFIX = Pattern.compile("GRID|NVIDIA");
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
      case TEXT -> formed(require(saysSomething(value), value, "a text"), attribute);
      case VGPU_NAME -> vgpuName(value);
      case DEVICE_API -> TypeAttributes.deviceApi(value);
      case ID -> formed(HardwareId.parse(value), attribute);
      case VERSION -> dotted(value, "580.65.05");
      case RELEASE -> release(dotted(value, "9.6"));
      case INTEGER -> integer(value);
      case BITMASK -> bitmask(value);
      case LIST -> value.isEmpty() ? "" : list(text, attribute);
      case FILLED_LIST -> list(text, attribute);
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

  private static String formed(String value, CataloguedAttribute attribute)
      throws MalformedException {
    return attribute.form().isPresent() ? attribute.form().get().require(value) : value;
  }

  /** A name or a version is one line; what several lines mean together nobody says. */
  private static boolean saysSomething(String value) {
    return value.indexOf('\n') < 0 && !PLACEHOLDER.matcher(value).matches();
  }

  private static String vgpuName(String value) throws MalformedException {
    String name = value;
    for (String prefix : new String[] {"GRID ", "NVIDIA "}) {
      if (value.startsWith(prefix)) {
        name = value.substring(prefix.length()).strip();
      }
    }
    return require(
        saysSomething(name) && !BARE_PREFIX.matcher(name).matches(), name, "the name of a type");
  }

  private static String dotted(String value, String example) throws MalformedException {
    return require(DOTTED.matcher(value).matches(), value, "numbers with dots such as " + example);
  }

  private static String release(String value) {
    String plain = ZEROS_AT_END.matcher(value).replaceAll("");
    return YEAR_AND_MONTH.matcher(plain).matches()
        ? plain
        : LEADING_ZEROS.matcher(plain).replaceAll("$1");
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

  private static String list(String text, CataloguedAttribute attribute) throws MalformedException {
    String separator = attribute.separator();
    SortedSet<String> elements = new TreeSet<>();
    for (String element : text.split(Pattern.quote(separator), -1)) {
      if (!element.isBlank()) {
        elements.add(formed(element.strip(), attribute));
      }
    }
    return require(!elements.isEmpty(), String.join(separator, elements), "at least one element");
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
