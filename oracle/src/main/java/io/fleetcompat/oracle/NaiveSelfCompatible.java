package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attribute.Text;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The naive rules of {@code self-compatible} (docs/rules.md 3.2). */
final class NaiveSelfCompatible {

  static final String RULE = "self-compatible";

  /** More are malformed. */
  private static final int MAX_SELVES = 64;

  private static final int MAX_PATTERNS = 16_384;

  private NaiveSelfCompatible() {}

  /** The content of a part of the interface. */
  sealed interface Said<T> {}

  record This<T>(T value) implements Said<T> {}

  record Nothing<T>() implements Said<T> {}

  record Unreadable<T>() implements Said<T> {}

  /**
   * The content of a node.
   *
   * @param selves attribute → value
   * @param compatible alternatives
   */
  record Model(Said<List<Map<String, String>>> selves, Said<List<NaivePattern>> compatible) {

    static final Model UNREADABLE = new Model(new Unreadable<>(), new Unreadable<>());

    static Model of(
        Optional<List<Map<String, String>>> selves,
        Optional<List<Map<String, String>>> compatible,
        boolean ordered)
        throws BadFacetException {
      return new Model(
          selves.isPresent() ? new This<>(selves(selves.get())) : new Nothing<>(),
          compatible.isPresent()
              ? new This<>(patterns(compatible.get(), ordered))
              : new Nothing<>());
    }

    static List<Map<String, String>> selves(List<Map<String, String>> selves)
        throws BadFacetException {
      NaivePattern.requireAtMost(MAX_SELVES, selves.size());
      List<Map<String, String>> plain = new ArrayList<>();
      for (Map<String, String> self : selves) {
        NaivePattern.requireAtMost(NaivePattern.MAX_ATTRIBUTES, self.size());
        Map<String, String> values = new TreeMap<>();
        self.forEach(
            (key, value) -> values.put(key, NaiveValue.normal(NaiveSelfText.value(value))));
        plain.add(values);
      }
      return plain;
    }

    static List<NaivePattern> patterns(List<Map<String, String>> compatible, boolean ordered)
        throws BadFacetException {
      NaivePattern.requireAtMost(MAX_PATTERNS, compatible.size());
      List<NaivePattern> patterns = new ArrayList<>();
      for (Map<String, String> pattern : compatible) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        pattern.forEach((key, value) -> lines.put(key, List.of(value)));
        patterns.add(NaivePattern.of(lines, ordered));
      }
      return patterns;
    }
  }

  static boolean present(Endpoint endpoint) {
    Attributes own = endpoint.own();
    return !(own.get("migration/self") instanceof Attribute.Absent)
        || !(own.get("migration/compatible") instanceof Attribute.Absent)
        || NaiveJudge.there(own.get("migration_compatible"));
  }

  static void judge(Endpoint source, Endpoint destination, Set<NaivePolicy> policies, Findings to) {
    if (!present(destination)) {
      NaiveJudge.missing("facet-missing", !source.kind().isType(), destination, to);
      return;
    }
    Model from;
    Model at;
    try {
      from = read(source.own());
      at = read(destination.own());
    } catch (BadFacetException e) {
      to.unknown(RULE);
      return;
    }
    try {
      accept(from, at, to);
      if (policies.contains(NaivePolicy.MUTUAL)) {
        accept(at, from, to);
      }
    } catch (TooHardException e) {
      to.tooHard();
    }
  }

  private static void accept(Model who, Model by, Findings to) {
    switch (accepted(who, by)) {
      case COMPATIBLE -> {}
      case UNKNOWN -> to.unknown(RULE);
      case INCOMPATIBLE -> to.incompatible(RULE);
    }
  }

  private static Outcome accepted(Model who, Model by) {
    if (!(who.selves() instanceof This<List<Map<String, String>>>(var selves))
        || selves.isEmpty()
        || !(by.compatible() instanceof This<List<NaivePattern>>(var patterns))) {
      return Outcome.UNKNOWN;
    }
    NaiveSteps steps = new NaiveSteps();
    boolean refused =
        selves.stream()
            .filter(self -> !self.isEmpty())
            .anyMatch(self -> patterns.stream().noneMatch(pattern -> pattern.matches(self, steps)));
    if (refused) {
      return Outcome.INCOMPATIBLE;
    }
    return selves.stream().anyMatch(Map::isEmpty) ? Outcome.UNKNOWN : Outcome.COMPATIBLE;
  }

  private static Model read(Attributes node) throws BadFacetException {
    Optional<Model> folder = folder(node);
    Optional<Model> file = file(node);
    if (folder.isPresent() && file.isPresent() && !folder.equals(file)) {
      throw new BadFacetException("two spellings that disagree");
    }
    return folder.or(() -> file).orElseThrow();
  }

  private static Optional<Model> file(Attributes node) throws BadFacetException {
    Attribute attribute = node.get("migration_compatible");
    if (!NaiveJudge.there(attribute)) {
      return Optional.empty();
    }
    if (attribute instanceof Attribute.Unreadable) {
      return Optional.of(Model.UNREADABLE);
    }
    String text = text(attribute);
    return Optional.of(
        text.strip().startsWith("{") ? NaiveSelfJson.parse(text) : NaiveSelfText.oneFile(text));
  }

  private static Optional<Model> folder(Attributes node) throws BadFacetException {
    Model model = new Model(selves(node), patterns(node));
    boolean none = model.selves() instanceof Nothing && model.compatible() instanceof Nothing;
    return none ? Optional.empty() : Optional.of(model);
  }

  private static Said<List<Map<String, String>>> selves(Attributes node) throws BadFacetException {
    Attributes below = node.below("migration/self");
    return switch (node.get("migration/self")) {
      case Attribute.Absent absent -> new Nothing<>();
      case Attribute.Unreadable unreadable -> new Unreadable<>();
      case Attribute.Directory directory when someUnreadable(below) -> new Unreadable<>();
      case Attribute.Directory directory -> new This<>(Model.selves(List.of(selfFolder(below))));
      case Text text -> new This<>(Model.selves(NaiveSelfText.blocks(text.value(), "SELF:")));
      case Attribute.Malformed malformed -> throw new BadFacetException("malformed");
    };
  }

  private static Said<List<NaivePattern>> patterns(Attributes node) throws BadFacetException {
    Attributes below = node.below("migration/compatible");
    return switch (node.get("migration/compatible")) {
      case Attribute.Absent absent -> new Nothing<>();
      case Attribute.Unreadable unreadable -> new Unreadable<>();
      case Attribute.Directory directory when someUnreadable(withoutOtherFolders(below)) ->
          new Unreadable<>();
      case Attribute.Directory directory -> new This<>(compatibleFolder(below));
      case Text text ->
          new This<>(Model.patterns(NaiveSelfText.blocks(text.value(), "COMPATIBLE:"), true));
      case Attribute.Malformed malformed -> throw new BadFacetException("malformed");
    };
  }

  private static boolean someUnreadable(Attributes folder) {
    return folder.byPath().values().stream().anyMatch(Attribute.Unreadable.class::isInstance);
  }

  private static Attributes withoutOtherFolders(Attributes folder) {
    Map<String, Attribute> kept = new TreeMap<>(folder.byPath());
    kept.keySet().removeIf(path -> path.contains("/") && !path.matches("(?s)[0-9]+/.*"));
    return Attributes.of(kept);
  }

  private static Map<String, String> selfFolder(Attributes folder) throws BadFacetException {
    Map<String, String> self = new TreeMap<>();
    for (var entry : folder.byPath().entrySet()) {
      String value = text(entry.getValue());
      if (value.contains("\n") || entry.getKey().contains("/")) {
        throw new BadFacetException("several lines, or a directory");
      }
      self.put(entry.getKey(), value);
    }
    return self;
  }

  private static List<NaivePattern> compatibleFolder(Attributes folder) throws BadFacetException {
    List<String> numbers =
        folder.byPath().keySet().stream()
            .filter(path -> path.matches("[0-9]+"))
            .filter(path -> folder.get(path) instanceof Attribute.Directory)
            .sorted(Comparator.comparing((String path) -> new BigInteger(path)))
            .toList();
    List<NaivePattern> patterns = new ArrayList<>();
    for (String number : numbers) {
      patterns.add(NaivePattern.of(lines(folder.below(number).byPath()), false));
    }
    Map<String, Attribute> plain = new TreeMap<>(folder.byPath());
    plain.entrySet().removeIf(entry -> !isFile(entry.getKey(), entry.getValue()));
    if (!plain.isEmpty()) {
      patterns.add(NaivePattern.of(lines(plain), false));
    }
    NaivePattern.requireAtMost(MAX_PATTERNS, patterns.size());
    return patterns;
  }

  private static Map<String, List<String>> lines(Map<String, Attribute> files)
      throws BadFacetException {
    Map<String, List<String>> lines = new TreeMap<>();
    for (var entry : files.entrySet()) {
      if (!isFile(entry.getKey(), entry.getValue())) {
        throw new BadFacetException("a directory in place of an attribute");
      }
      List<String> values = text(entry.getValue()).lines().filter(l -> !l.isBlank()).toList();
      lines.put(entry.getKey(), values.isEmpty() ? List.of("") : values);
    }
    return lines;
  }

  /** "other directories are ignored". */
  private static boolean isFile(String path, Attribute attribute) {
    return !path.contains("/") && !(attribute instanceof Attribute.Directory);
  }

  private static String text(Attribute attribute) throws BadFacetException {
    if (attribute instanceof Text(String value)) {
      return value;
    }
    throw new BadFacetException("malformed");
  }
}
