package io.fleetcompat.cli.tree;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.ValueType;
import io.fleetcompat.inventory.Attribute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words that say which machine an archive is of: the names of this machine, the serial numbers
 * in its DMI tables, addresses of a network, and of facts those whose names speak of such. What is
 * read of devices has none of them as a rule; but what a driver or an operator writes into an
 * attribute or a fact may.
 */
public final class PrivateWords {

  /** No word is looked for. */
  public static final PrivateWords NONE = new PrivateWords(Set.of(), true);

  /** Shorter serial numbers are words by which vendors say that there is none. */
  private static final int MIN_SERIAL_LENGTH = 4;

  /** Longer words are rarely a part of others: a name such as {@code node-17-ilo} is found. */
  private static final int MAX_SHORT = 4;

  /** The files whose four numbers with dots between are a version, not an address. */
  private static final Set<String> VERSIONS =
      Set.of("version", "srcversion", "fw_ver", "software_version", "migration_version");

  private static final List<String> DMI =
      List.of(
          "board_asset_tag",
          "board_serial",
          "chassis_asset_tag",
          "chassis_serial",
          "product_serial",
          "product_uuid");

  /** The words by which vendors say that there is none. */
  private static final Set<String> FILLERS =
      Set.of("none", "unknown", "default string", "not specified", "to be filled by o.e.m.");

  private static final Pattern FACT_NAME =
      Pattern.compile("(?i)(serial|uuid|guid|hostname|host_name|asset|node_desc)");

  private final List<Pattern> words;
  private final boolean lookForNothing;

  private PrivateWords(Set<String> words, boolean lookForNothing) {
    this.words = words.stream().map(PrivateWords::whole).toList();
    this.lookForNothing = lookForNothing;
  }

  /**
   * A word that is no part of a longer one; a short one, of none with {@code -} or {@code _}
   * either.
   */
  private static Pattern whole(String word) {
    String within = word.length() <= MAX_SHORT ? "[\\p{L}\\p{N}_-]" : "[\\p{L}\\p{N}]";
    return Pattern.compile("(?iu)(?<!" + within + ")" + Pattern.quote(word) + "(?!" + within + ")");
  }

  /** Those words. */
  static PrivateWords of(Set<String> words) {
    return new PrivateWords(words, false);
  }

  /** Those of this machine, and the serial numbers of the machine that a tree was copied from. */
  public static PrivateWords of(Path root) throws IOException {
    return of(root, HostNames.OF_THIS_MACHINE);
  }

  /** Those of a machine with such names. */
  static PrivateWords of(Path root, HostNames names) throws IOException {
    Set<String> words = new TreeSet<>(names.all());
    try (SysfsTree tree = SysfsTree.open(root, Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
        Scan scan = tree.scan()) {
      Optional<Node> dmi = scan.node("class/dmi/id");
      dmi.ifPresent(
          node ->
              scan.read(node, DMI).values().stream()
                  .filter(Attribute.Text.class::isInstance)
                  .forEach(text -> addSerial(((Attribute.Text) text).value().strip(), words)));
    }
    return of(words);
  }

  private static void addSerial(String word, Set<String> words) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (word.length() >= MIN_SERIAL_LENGTH && !FILLERS.contains(lower)) {
      words.add(word);
    }
  }

  /** True where nothing is private. */
  boolean lookForNothing() {
    return lookForNothing;
  }

  /** True where an attribute's bytes have one of the words, or an address of a network. */
  boolean areInAttribute(String path, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String decoded = new String(bytes, StandardCharsets.UTF_8);
    boolean isVersion = VERSIONS.contains(path.substring(path.lastIndexOf('/') + 1));
    return areIn(text)
        || areIn(decoded)
        || (!lookForNothing
            && (NetworkAddresses.areIn(decoded)
                || (!isVersion && NetworkAddresses.mayBeIn(decoded))));
  }

  /** True where a text has one of the words. */
  boolean areIn(String text) {
    return words.stream().anyMatch(word -> word.matcher(text).find());
  }

  /** True where a line has one of the words, an address, or a fact whose name speaks of such. */
  boolean areInFact(String line) {
    int equals = line.indexOf('=');
    String name = line.substring(0, Math.max(0, equals)).strip();
    String value = line.substring(equals + 1);
    return areIn(line)
        || (!lookForNothing
            && (FACT_NAME.matcher(name).find()
                || NetworkAddresses.areIn(value)
                || (!isVersion(name) && NetworkAddresses.mayBeIn(value))));
  }

  /** A version of four numbers looks like an IPv4 address. */
  private static boolean isVersion(String fact) {
    String address = AttributeCatalogue.FACT + "/" + fact;
    return AttributeCatalogue.builtIn().all().stream()
        .filter(known -> known.type() == ValueType.VERSION || known.type() == ValueType.RELEASE)
        .map(CataloguedAttribute::address)
        .anyMatch(known -> address.equals(known) || address.startsWith(known + "."));
  }
}
