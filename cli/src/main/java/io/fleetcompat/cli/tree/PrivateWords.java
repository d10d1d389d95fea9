package io.fleetcompat.cli.tree;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
 * in its DMI tables, and facts whose names speak of such. What is read of devices has none of them
 * as a rule; but what a driver or an operator writes into an attribute or a fact may.
 */
public final class PrivateWords {

  /** No word is looked for. */
  public static final PrivateWords NONE = new PrivateWords(Set.of(), false);

  /** Shorter words are parts of others. */
  private static final int MIN_LENGTH = 4;

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
      Pattern.compile(
          "(?im)^\\s*[^#=\\n]*(serial|uuid|guid|hostname|host_name|asset|node_desc)[^=\\n]*=");

  private final List<Pattern> words;
  private final boolean factNames;

  private PrivateWords(Set<String> words, boolean factNames) {
    this.words =
        words.stream()
            .map(word -> "(?iu)(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])")
            .map(Pattern::compile)
            .toList();
    this.factNames = factNames;
  }

  /** Those words. */
  static PrivateWords of(Set<String> words) {
    return new PrivateWords(words, true);
  }

  /** Those of this machine, and of the machine that a tree was copied from. */
  public static PrivateWords of(Path root) throws IOException {
    Set<String> words = new TreeSet<>();
    hostNames().forEach(name -> add(name, words));
    try (SysfsTree tree = SysfsTree.open(root, Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
        Scan scan = tree.scan()) {
      Optional<Node> dmi = scan.node("class/dmi/id");
      dmi.ifPresent(
          node ->
              scan.read(node, DMI).values().stream()
                  .filter(Attribute.Text.class::isInstance)
                  .forEach(text -> add(((Attribute.Text) text).value().strip(), words)));
    }
    return of(words);
  }

  private static Set<String> hostNames() {
    Set<String> names = new TreeSet<>();
    try {
      InetAddress own = InetAddress.getLocalHost();
      for (String name : List.of(own.getHostName(), own.getCanonicalHostName())) {
        if (!name.equals(own.getHostAddress())) {
          names.add(name);
          names.add(name.split("\\.", -1)[0]);
        }
      }
    } catch (UnknownHostException e) {
      return names; // a machine without a name has none to hide
    }
    return names;
  }

  private static void add(String word, Set<String> words) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (word.length() >= MIN_LENGTH && !lower.startsWith("localhost") && !FILLERS.contains(lower)) {
      words.add(word);
    }
  }

  /** True where an attribute's bytes have one of the words. */
  boolean areIn(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String decoded = new String(bytes, StandardCharsets.UTF_8);
    return words.stream()
        .anyMatch(word -> word.matcher(text).find() || word.matcher(decoded).find());
  }

  /** True where a file of facts has one of the words, or a fact whose name speaks of such. */
  boolean areInFacts(byte[] bytes) {
    return areIn(bytes)
        || (factNames && FACT_NAME.matcher(new String(bytes, StandardCharsets.UTF_8)).find());
  }
}
