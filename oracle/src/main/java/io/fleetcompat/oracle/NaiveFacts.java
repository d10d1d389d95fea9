package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.ValueType;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.MdevTypeLink;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The values that packs speak of, read off the raw attributes of one endpoint. Stateless. */
record NaiveFacts(Endpoint endpoint) {

  private static final String DOTTED = "\\d{1,18}(\\.\\d{1,18}){0,7}";

  /** A value, or the state that it has instead: a text says nothing then. */
  record Fact(State state, String text) {
    static final Fact ABSENT = new Fact(State.ABSENT, "");
    static final Fact MALFORMED = new Fact(State.MALFORMED, "");
    static final Fact UNREADABLE = new Fact(State.UNREADABLE, "");

    static Fact of(String text) {
      return new Fact(State.THERE, text);
    }

    boolean there() {
      return state == State.THERE;
    }
  }

  enum State {
    THERE,
    ABSENT,
    MALFORMED,
    /** Judged, and not so: only of a rule. */
    FAILED,
    UNREADABLE
  }

  /** True where a profile would have anything of it. */
  boolean known() {
    return kind().equals("mdev")
        || NaiveJudge.there(driverLink())
        || !endpoint.pci().byPath().isEmpty();
  }

  /** True where anything was read of a PCI function that it is, or that is its parent. */
  boolean ofFunction() {
    return AttributeCatalogue.builtIn().all().stream()
        .map(CataloguedAttribute::address)
        .filter(address -> address.startsWith("pci/"))
        .anyMatch(address -> get(address).state() != State.ABSENT);
  }

  String kind() {
    return switch (endpoint.kind()) {
      case MDEV_TYPE, MDEV_DEVICE -> "mdev";
      case NVIDIA_TYPE -> "nvidia-vf";
      case VIRTIO_DEVICE -> "virtio";
      case PARENT_DEVICE -> "parent";
      case PCI_FUNCTION ->
          endpoint.own().byPath().keySet().stream()
                  .anyMatch(path -> path.equals("nvidia") || path.startsWith("nvidia/"))
              ? "nvidia-vf"
              : "pci";
    };
  }

  private Attribute driverLink() {
    return endpoint.pci().byPath().isEmpty()
        ? endpoint.related().parent().get("driver")
        : endpoint.pci().get("driver");
  }

  Fact driver() {
    return plain(driverLink());
  }

  String driverName() {
    return driver().text();
  }

  private static Fact plain(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text(String text) -> Fact.of(text);
      case Attribute.Absent() -> Fact.ABSENT;
      case Attribute.Unreadable(String _) -> Fact.UNREADABLE;
      case Attribute.Malformed(String _), Attribute.Directory() -> Fact.MALFORMED;
    };
  }

  Fact get(String address) {
    Optional<CataloguedAttribute> known = AttributeCatalogue.builtIn().find(address);
    boolean kept =
        known.isPresent()
            && (known.get().drivers().isEmpty() || known.get().drivers().contains(driverName()));
    if (!kept) {
      return Fact.ABSENT;
    }
    Fact raw = plain(raw(address.split("/", 2)[0], address.split("/", 2)[1]));
    return raw.there() ? normal(raw.text(), known.get()) : raw;
  }

  private Attribute raw(String scope, String path) {
    return switch (scope) {
      case "endpoint" -> endpoint.own().get(path);
      case "pci" -> endpoint.pci().get(path);
      case "physfn" -> endpoint.related().physfn().get(path);
      case "parent" -> endpoint.related().parent().get(path);
      case "type" -> type(path);
      case "module" ->
          text(
              path.equals("version")
                  ? endpoint.driver().flatMap(Driver::version)
                  : Optional.empty());
      case "vfio" -> debugfs(path);
      case "fact" ->
          NaiveJudge.there(endpoint.related().facts().get(path))
              ? endpoint.related().facts().get(path)
              : endpoint.host().facts().get(path);
      default -> Attribute.ABSENT;
    };
  }

  private static Attribute text(Optional<String> text) {
    return text.isPresent() ? new Attribute.Text(text.get()) : Attribute.ABSENT;
  }

  private Attribute type(String path) {
    if (path.equals("id")) {
      return text(endpoint.mdevType());
    }
    if (endpoint.kind() == EndpointKind.MDEV_TYPE || endpoint.kind() == EndpointKind.NVIDIA_TYPE) {
      return endpoint.own().get(path);
    }
    if (endpoint.kind() == EndpointKind.PCI_FUNCTION && path.equals("name")) {
      return endpoint.own().get("nvidia/vgpu_name");
    }
    if (endpoint.kind() != EndpointKind.MDEV_DEVICE) {
      return Attribute.ABSENT;
    }
    Attribute link = endpoint.type().get("mdev_type");
    boolean nowhere = link.equals(MdevTypeLink.NOTHING_THERE);
    return NaiveJudge.there(link) && !nowhere ? link : endpoint.type().get(path);
  }

  private Attribute debugfs(String path) {
    Attribute device = endpoint.own().get("vfio_debugfs");
    if (!device.equals(Attribute.DIRECTORY)) {
      return device;
    }
    Attribute migration = endpoint.own().get("vfio_debugfs/migration");
    if (path.equals("features")) {
      return migration instanceof Attribute.Unreadable
          ? migration
          : endpoint.own().get("vfio_debugfs/migration/features");
    }
    if (migration.equals(Attribute.DIRECTORY)) {
      return new Attribute.Text("present");
    }
    return switch (migration) {
      case Attribute.Absent() -> new Attribute.Text("absent");
      case Attribute.Text(String _) -> new Attribute.Malformed("a file");
      default -> migration;
    };
  }

  private static Fact normal(String text, CataloguedAttribute as) {
    Fact normal = ofType(text, as);
    boolean list = as.type() == ValueType.LIST || as.type() == ValueType.FILLED_LIST;
    boolean fits =
        as.form().isEmpty()
            || (list ? elements(normal.text(), as.separator()) : List.of(normal.text()))
                .stream().allMatch(part -> part.matches(as.form().get().pattern().pattern()));
    return normal.there() && !fits ? Fact.MALFORMED : normal;
  }

  private static boolean saysNothing(String value) {
    String word = value.toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", "");
    return value.contains("\n")
        || word.codePoints().noneMatch(Character::isLetterOrDigit)
        || List.of(
                "unknown",
                "unknown error",
                "n/a",
                "na",
                "not available",
                "not supported",
                "none",
                "null")
            .contains(word);
  }

  /** Number by number, so that no zero is left that says nothing. */
  private static String release(String dotted) {
    List<String> numbers = new ArrayList<>();
    for (String number : dotted.split("\\.", -1)) {
      numbers.add(new BigInteger(number).toString());
    }
    while (numbers.size() > 1 && numbers.getLast().equals("0")) {
      numbers.removeLast();
    }
    List<String> spelled = List.of(dotted.split("\\.", -1)).subList(0, numbers.size());
    boolean yearAndMonth =
        numbers.size() == 2
            && spelled.get(0).equals(numbers.get(0))
            && spelled.stream().allMatch(number -> number.length() == 2);
    return String.join(".", yearAndMonth ? spelled : numbers);
  }

  private static Fact ofType(String text, CataloguedAttribute as) {
    String value = text.strip();
    return switch (as.type()) {
      case TEXT -> unless(saysNothing(value), value);
      case VGPU_NAME -> {
        String name = value.replaceFirst("^(GRID|NVIDIA) ", "").strip();
        yield unless(saysNothing(name) || List.of("GRID", "NVIDIA").contains(name), name);
      }
      case DEVICE_API -> {
        String api = NaiveValue.normal(value);
        yield unless(!NaiveTypeAttributes.APIS.contains(api), api);
      }
      case ID -> unless(!value.matches(NaiveValue.HARDWARE_ID), NaiveValue.normal(value));
      case VERSION -> unless(!value.matches(DOTTED), value);
      case RELEASE -> value.matches(DOTTED) ? Fact.of(release(value)) : Fact.MALFORMED;
      case INTEGER ->
          value.matches("[0-9]{1,128}")
              ? Fact.of(new BigInteger(value).toString())
              : Fact.MALFORMED;
      case BITMASK ->
          value.matches("0x[0-9a-fA-F]{1,126}")
              ? Fact.of("0x" + new BigInteger(value.substring(2), 16).toString(16))
              : Fact.MALFORMED;
      case FILLED_LIST -> {
        String elements = String.join(as.separator(), elements(text, as.separator()));
        yield unless(elements.isEmpty(), elements);
      }
      case LIST -> {
        String elements = String.join(as.separator(), elements(text, as.separator()));
        yield unless(elements.isEmpty() && !value.isEmpty(), elements);
      }
      case ONE_OF ->
          as.values().stream()
              .filter(value::equalsIgnoreCase)
              .findFirst()
              .map(Fact::of)
              .orElse(Fact.MALFORMED);
    };
  }

  private static Fact unless(boolean malformed, String value) {
    return malformed ? Fact.MALFORMED : Fact.of(value);
  }

  static NavigableSet<String> elements(String text, String separator) {
    NavigableSet<String> elements = new TreeSet<>();
    Arrays.stream(text.split(Pattern.quote(separator), -1))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .forEach(elements::add);
    return elements;
  }
}
