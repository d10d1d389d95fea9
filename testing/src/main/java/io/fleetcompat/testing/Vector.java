package io.fleetcompat.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * A test vector of the rules (docs/rules.md 6): two sysfs trees, an endpoint of each, and what must
 * be said of them. Immutable.
 *
 * @param policies as they are spelled
 * @param rules exactly those that the reasons name
 * @param warnings exactly those that the warnings name
 * @param obligations all attributes, with their values; empty where nothing is expected of them
 * @param packs an operator's rule packs: file name to text
 * @param options of rule packs, as they are spelled
 * @param failure when a migration would fail; empty where nothing is expected of it
 * @param decidedBy id of the pack that must have decided; empty where nothing is expected of it
 */
public record Vector(
    String name,
    String why,
    Set<String> policies,
    Side source,
    Side destination,
    String verdict,
    SortedSet<String> rules,
    SortedSet<String> warnings,
    Optional<Map<String, Optional<String>>> obligations,
    Map<String, String> packs,
    Map<String, String> options,
    Optional<String> failure,
    Optional<String> decidedBy) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One tree.
   *
   * @param endpoint its spelled name
   * @param files path to content; null for a file that cannot be read
   * @param links path to target
   * @param facts name to content of a file of facts
   */
  public record Side(
      String endpoint,
      Map<String, @Nullable String> files,
      Map<String, String> links,
      Map<String, String> facts) {

    /** Writes the tree to disk, and gives its root. */
    public Path write(Path root) throws IOException {
      SysfsTrees.write(root, files, links);
      return root;
    }

    /** Writes the files of facts to disk, and gives their directory. */
    public Path writeFacts(Path directory) throws IOException {
      Map<String, @Nullable String> contents = new TreeMap<>(facts);
      return SysfsTrees.write(directory, contents, Map.of());
    }
  }

  /** A check of one vector. */
  @FunctionalInterface
  public interface Check {
    void of(Vector vector) throws Exception;
  }

  /** A test for each vector there is, and for each pair of the published listings. */
  public static Stream<DynamicTest> tests(Check check) throws IOException {
    Stream<Vector> listed =
        PublishedListing.all().stream()
            .flatMap(listing -> listing.pairs().stream())
            .map(PublishedListing.Pair::vector);
    return Stream.concat(all().stream(), listed)
        .map(vector -> DynamicTest.dynamicTest(vector.name, () -> check.of(vector)));
  }

  /** Every vector there is, by name. */
  public static List<Vector> all() throws IOException {
    Path code = code();
    if (Files.isDirectory(code)) {
      return read(code.resolve("vectors"));
    }
    try (FileSystem jar = FileSystems.newFileSystem(code)) {
      return read(jar.getPath("vectors"));
    }
  }

  /** The place that this class was loaded from: a directory or a jar. */
  static Path code() {
    URI location;
    try {
      location = Vector.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return Path.of(location);
  }

  private static List<Vector> read(Path directory) throws IOException {
    List<Vector> vectors = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        vectors.add(parse(JSON.readTree(Files.readAllBytes(file))));
      }
    }
    return vectors;
  }

  private static Vector parse(JsonNode json) {
    JsonNode expect = json.get("expect");
    return new Vector(
        json.get("name").asText(),
        json.get("why").asText(),
        texts(json.path("policy")),
        side(json.get("source")),
        side(json.get("destination")),
        expect.get("verdict").asText(),
        texts(expect.path("rules")),
        texts(expect.path("warnings")),
        obligations(expect.path("obligations")),
        map(json.path("packs")),
        map(json.path("options")),
        text(expect.path("failure")),
        text(expect.path("decidedBy")));
  }

  private static Side side(JsonNode json) {
    Map<String, @Nullable String> files = new TreeMap<>();
    json.get("tree").properties().forEach(e -> files.put(e.getKey(), e.getValue().textValue()));
    return new Side(
        json.get("endpoint").asText(), files, map(json.path("links")), map(json.path("facts")));
  }

  private static Map<String, String> map(JsonNode json) {
    Map<String, String> texts = new TreeMap<>();
    json.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  private static Optional<String> text(JsonNode json) {
    return Optional.ofNullable(json.textValue());
  }

  private static Optional<Map<String, Optional<String>>> obligations(JsonNode json) {
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    Map<String, Optional<String>> obligations = new TreeMap<>();
    json.forEach(
        o ->
            obligations.put(
                o.get("attribute").asText(), Optional.ofNullable(o.get("value").textValue())));
    return Optional.of(obligations);
  }

  private static SortedSet<String> texts(JsonNode json) {
    SortedSet<String> texts = new TreeSet<>();
    json.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
