package io.fleetcompat.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A listing of a real machine that an operator or a project has published (docs/fixtures.md): the
 * text with its origin, what was completed and why, the trees of hosts that are made of it, and
 * what must be said of pairs of their endpoints. Immutable.
 *
 * @param pack the rule pack that it is about; {@code none} where a driver's own facet decides
 */
public record PublishedListing(
    String name,
    String pack,
    String devices,
    List<Published> published,
    List<Completed> completed,
    List<Pair> pairs) {

  public PublishedListing {
    published = List.copyOf(published);
    completed = List.copyOf(completed);
    pairs = List.copyOf(pairs);
  }

  /**
   * A text as it was published.
   *
   * @param origin repository, document, address, section and date, as far as they are known
   * @param text verbatim, shortened
   */
  public record Published(String origin, String text) {}

  /** A part that the published text does not have, and why it is as it is in the trees. */
  public record Completed(String what, String why) {}

  /**
   * Two endpoints and what must be said of them.
   *
   * @param source {@code HOST/ENDPOINT}, a host of the listing
   * @param sources what the expectation rests on
   */
  public record Pair(String source, String destination, Vector vector, List<String> sources) {}

  /** Every listing there is, by name. */
  public static List<PublishedListing> all() throws IOException {
    Path code = Vector.code();
    if (Files.isDirectory(code)) {
      return read(code.resolve("listings"));
    }
    try (FileSystem jar = FileSystems.newFileSystem(code)) {
      return read(jar.getPath("listings"));
    }
  }

  private static List<PublishedListing> read(Path directory) throws IOException {
    List<PublishedListing> listings = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        listings.add(parse(file));
      }
    }
    return listings;
  }

  private static PublishedListing parse(Path file) throws IOException {
    String name = file.getFileName().toString();
    JsonNode json;
    try {
      json = LocatedYaml.parse(name, Files.readString(file)).root();
    } catch (BadYamlException e) {
      throw new IOException(e);
    }
    List<Published> published = new ArrayList<>();
    json.get("published").forEach(p -> published.add(published(p)));
    List<Completed> completed = new ArrayList<>();
    json.get("completed")
        .forEach(c -> completed.add(new Completed(c.get("what").asText(), c.get("why").asText())));
    Map<String, Vector.Side> hosts = hosts(json.get("hosts"));
    List<Pair> pairs = new ArrayList<>();
    String id = json.get("listing").asText();
    json.get("pairs").forEach(p -> pairs.add(pair(id + "-" + (pairs.size() + 1), p, hosts)));
    return new PublishedListing(
        id, json.get("pack").asText(), json.get("devices").asText(), published, completed, pairs);
  }

  private static Published published(JsonNode json) {
    List<String> origin = new ArrayList<>();
    for (String key : List.of("repository", "document", "section", "date", "url")) {
      if (json.has(key)) {
        origin.add(json.get(key).asText());
      }
    }
    return new Published(String.join("; ", origin), json.get("text").asText());
  }

  /** The hosts, without endpoints; one may be {@code like} another that stands before it. */
  private static Map<String, Vector.Side> hosts(JsonNode json) {
    Map<String, Vector.Side> hosts = new HashMap<>();
    json.properties()
        .forEach(
            entry -> {
              JsonNode host = entry.getValue();
              Map<String, @Nullable String> files = new TreeMap<>();
              Map<String, String> links = new TreeMap<>();
              Map<String, String> facts = new TreeMap<>();
              if (host.has("like")) {
                Vector.Side like = Objects.requireNonNull(hosts.get(host.get("like").asText()));
                files.putAll(like.files());
                links.putAll(like.links());
                facts.putAll(like.facts());
              }
              host.path("tree").properties().forEach(e -> files.put(e.getKey(), text(e)));
              host.path("links").properties().forEach(e -> links.put(e.getKey(), text(e)));
              host.path("facts").properties().forEach(e -> facts.put(e.getKey(), text(e)));
              hosts.put(entry.getKey(), new Vector.Side("", files, links, facts));
            });
    return hosts;
  }

  private static String text(Map.Entry<String, JsonNode> entry) {
    return entry.getValue().asText();
  }

  private static Pair pair(String name, JsonNode json, Map<String, Vector.Side> hosts) {
    String source = json.get("source").asText();
    String destination = json.get("destination").asText();
    Map<String, String> options = new TreeMap<>();
    json.path("options").properties().forEach(e -> options.put(e.getKey(), text(e)));
    List<String> sources = new ArrayList<>();
    json.get("sources").forEach(s -> sources.add(s.asText()));
    Vector vector =
        new Vector(
            name,
            json.get("why").asText(),
            Set.of(),
            side(source, hosts),
            side(destination, hosts),
            json.get("verdict").asText(),
            texts(json.get("rules")),
            texts(json.get("warnings")),
            Optional.empty(),
            Map.of(),
            options,
            Optional.ofNullable(json.path("failure").textValue()),
            Optional.ofNullable(json.path("decided-by").textValue()));
    return new Pair(source, destination, vector, List.copyOf(sources));
  }

  private static TreeSet<String> texts(JsonNode json) {
    TreeSet<String> texts = new TreeSet<>();
    json.forEach(t -> texts.add(t.asText()));
    return texts;
  }

  private static Vector.Side side(String spelled, Map<String, Vector.Side> hosts) {
    int slash = spelled.indexOf('/');
    Vector.Side host = Objects.requireNonNull(hosts.get(spelled.substring(0, slash)));
    return new Vector.Side(spelled.substring(slash + 1), host.files(), host.links(), host.facts());
  }
}
