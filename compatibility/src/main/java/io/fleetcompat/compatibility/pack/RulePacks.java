package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import io.fleetcompat.inventory.Quoted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The rule packs in force: the built-in ones, an operator's over them by id, and the options that
 * are chosen. Immutable.
 */
public final class RulePacks {

  /** The files of the built-in packs, beside this class. */
  private static final List<String> FILES =
      List.of(
          "hisi_acc.yaml",
          "ism.yaml",
          "mlx5.yaml",
          "mtty.yaml",
          "nvgrace-gpu.yaml",
          "nvidia-mdev.yaml",
          "nvidia-vfio.yaml",
          "other-mdev.yaml",
          "other-vfio.yaml",
          "pds.yaml",
          "qat_vf.yaml",
          "vfio-ap.yaml",
          "vfio-ccw.yaml",
          "vfio-pci.yaml",
          "virtio-vfio.yaml",
          "xe.yaml");

  /** Packs that may be in force; more are refused. */
  public static final int MAX_PACKS = 256;

  private static final int DIGEST_BYTES = 8;

  private static final RulePacks BUILT_IN = loadBuiltIn();

  private final SortedMap<String, RulePack> byId;
  private final SortedMap<String, String> fileOfId;
  private final SortedMap<String, String> files;
  private final SortedMap<String, String> options;
  private final List<RulePack> narrowestFirst;
  private final boolean demanding;
  private final String digest;

  /**
   * @param fileOfId the files of those that are no built-in ones, by id: of two that are equally
   *     narrow, such a one counts
   * @param files the texts of those, by file name
   * @param options the options that were chosen, by {@code PACK.OPTION}
   */
  private RulePacks(
      SortedMap<String, RulePack> byId,
      SortedMap<String, String> fileOfId,
      SortedMap<String, String> files,
      SortedMap<String, String> options) {
    this.files = Collections.unmodifiableSortedMap(files);
    this.options = Collections.unmodifiableSortedMap(options);
    this.byId = Collections.unmodifiableSortedMap(byId);
    this.fileOfId = Collections.unmodifiableSortedMap(fileOfId);
    this.narrowestFirst =
        byId.values().stream()
            .sorted(
                Comparator.comparingInt((RulePack pack) -> -pack.match().narrowness())
                    .thenComparing(pack -> !fileOfId.containsKey(pack.id()))
                    .thenComparing(RulePack::id))
            .toList();
    this.demanding = byId.values().stream().anyMatch(RulePack::always);
    this.digest = digestOf(byId.values());
  }

  /** Those of this version, under the defaults of their options. */
  public static RulePacks builtIn() {
    return BUILT_IN;
  }

  /** No pack at all. */
  public static RulePacks none() {
    return new RulePacks(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  private static RulePacks loadBuiltIn() {
    SortedMap<String, String> files = new TreeMap<>();
    FILES.forEach(file -> files.put(file, Resource.text(RulePacks.class, "packs/" + file)));
    try {
      return new RulePacks(
          none().with(files, new TreeMap<>()).byId,
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>());
    } catch (BadYamlException e) {
      throw new IllegalStateException("a pack of ours: " + e.problem(), e);
    }
  }

  /**
   * These packs, with an operator's over them.
   *
   * @param files texts of packs by file name; each replaces the pack of its id
   * @param options values by {@code PACK.OPTION}
   * @throws BadYamlException for the first file, in the order of their names, that is refused;
   *     where none is, for all options that are
   */
  public RulePacks with(SortedMap<String, String> files, SortedMap<String, String> options)
      throws BadYamlException {
    SortedMap<String, RulePack> packs = new TreeMap<>(byId);
    SortedMap<String, String> fileOfId = new TreeMap<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      RulePack pack = RulePackReader.read(file.getKey(), file.getValue());
      String other = fileOfId.put(pack.id(), file.getKey());
      if (other != null) {
        throw new BadYamlException(
            file.getKey(), 1, "a pack of an id of its own", Quoted.of(pack.id()) + " of " + other);
      }
      packs.put(pack.id(), pack);
      if (packs.size() > MAX_PACKS) {
        throw new BadYamlException(file.getKey(), 1, "at most " + MAX_PACKS + " packs", "more");
      }
    }
    List<YamlProblem> refused = refusedOptions(packs, options, true);
    if (!refused.isEmpty()) {
      throw new BadYamlException(refused);
    }
    options.forEach((name, value) -> packs.computeIfPresent(packOf(name), choice(name, value)));
    SortedMap<String, String> allFiles = new TreeMap<>(this.files);
    allFiles.putAll(files);
    SortedMap<String, String> allOptions = new TreeMap<>(this.options);
    allOptions.putAll(options);
    SortedMap<String, String> own = new TreeMap<>(this.fileOfId);
    own.putAll(fileOfId);
    return new RulePacks(packs, own, allFiles, allOptions);
  }

  private static String packOf(String option) {
    return option.substring(0, Math.max(0, option.indexOf('.')));
  }

  private static BiFunction<String, RulePack, RulePack> choice(String name, String value) {
    return (id, pack) -> pack.choose(name.substring(id.length() + 1), value);
  }

  /**
   * The options that are refused, each with its setting as the file.
   *
   * @param options values by {@code PACK.OPTION}
   * @param isComplete false where there may be other packs, of which nothing is said
   */
  public List<YamlProblem> refusedOptions(SortedMap<String, String> options, boolean isComplete) {
    return refusedOptions(byId, options, isComplete);
  }

  private static List<YamlProblem> refusedOptions(
      SortedMap<String, RulePack> packs, SortedMap<String, String> options, boolean isComplete) {
    List<YamlProblem> refused = new ArrayList<>();
    options.forEach(
        (name, value) -> {
          if (isComplete || packs.containsKey(packOf(name))) {
            refusal(packs, name, value).ifPresent(refused::add);
          }
        });
    return refused;
  }

  private static Optional<YamlProblem> refusal(
      SortedMap<String, RulePack> packs, String name, String value) {
    String setting = "rules.option." + name;
    RulePack pack = packs.get(packOf(name));
    if (pack == null) {
      String expected = "PACK.OPTION with one of the packs " + packs.keySet();
      return Optional.of(new YamlProblem(setting, 0, expected, Quoted.of(name)));
    }
    PackOption option = pack.options().get(name.substring(pack.id().length() + 1));
    if (option == null) {
      String expected = "an option of " + pack.id() + ": " + pack.options().keySet();
      return Optional.of(new YamlProblem(setting, 0, expected, Quoted.of(name)));
    }
    return option.values().containsKey(value)
        ? Optional.empty()
        : Optional.of(
            new YamlProblem(setting, 0, "one of " + option.values().keySet(), Quoted.of(value)));
  }

  /** The texts of the packs that are no built-in ones, by file name. */
  public SortedMap<String, String> files() {
    return files;
  }

  /** The file of the operator's that a pack comes from; empty for a built-in one. */
  public Optional<String> fileOf(RulePack pack) {
    return Optional.ofNullable(fileOfId.get(pack.id()));
  }

  /** The text that a pack in force was read from, with its comments. */
  public String textOf(RulePack pack) {
    return fileOf(pack)
        .flatMap(file -> Optional.ofNullable(files.get(file)))
        .orElseGet(() -> Resource.text(RulePacks.class, "packs/" + pack.id() + ".yaml"));
  }

  /** The packs in the order in which they are tried: the first that fits speaks. */
  List<RulePack> inOrder() {
    return narrowestFirst;
  }

  /** The options that were chosen, by {@code PACK.OPTION}. */
  public SortedMap<String, String> options() {
    return options;
  }

  /** True where a pack makes additional demands of somebody. */
  public boolean haveDemands() {
    return demanding;
  }

  /** All of them, by id. */
  public Collection<RulePack> all() {
    return byId.values();
  }

  public Optional<RulePack> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The pack that decides about an endpoint which declares nothing itself: of those that fit, the
   * narrowest. Additional demands are none of them.
   *
   * @param driver empty where no driver holds it
   * @param values what is known of the endpoint, by address
   */
  public Optional<RulePack> select(
      DeviceKind kind, String driver, Function<String, Parsed<String>> values) {
    return narrowestFirst.stream()
        .filter(pack -> !pack.always() && pack.match().fits(kind, driver, values))
        .findFirst();
  }

  /**
   * The packs that come before the one that selects an endpoint and of which nobody can tell
   * whether they select it, in the order in which they are tried.
   */
  public List<RulePack> maySelectBefore(
      RulePack selected, DeviceKind kind, String driver, Function<String, Parsed<String>> values) {
    return narrowestFirst.stream()
        .takeWhile(pack -> !pack.id().equals(selected.id()))
        .filter(pack -> !pack.always() && pack.match().mayFit(kind, driver, values))
        .toList();
  }

  /** The additional demands of which nobody can tell whether they are on an endpoint, by id. */
  public List<RulePack> openDemands(
      DeviceKind kind, String driver, Function<String, Parsed<String>> values) {
    return byId.values().stream()
        .filter(pack -> pack.always() && pack.match().mayFit(kind, driver, values))
        .toList();
  }

  /** The additional demands on an endpoint ({@code applies: always}), by id. */
  public List<RulePack> demands(
      DeviceKind kind, String driver, Function<String, Parsed<String>> values) {
    return byId.values().stream()
        .filter(pack -> pack.always() && pack.match().fits(kind, driver, values))
        .toList();
  }

  /** A digest of the contents of all packs and of the options chosen, in hexadecimal digits. */
  public String digest() {
    return digest;
  }

  private static String digestOf(Collection<RulePack> packs) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (RulePack pack : packs) {
        update(sha, pack.content());
        pack.options().values().forEach(o -> update(sha, o.name() + "=" + o.chosen()));
      }
      return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void update(MessageDigest sha, String text) {
    sha.update(text.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
  }
}
