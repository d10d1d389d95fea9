package io.fleetcompat.compatibility.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The source of a statement: a document with section and date, or a file of a repository at a
 * commit. At least one of document and file is there.
 *
 * @param repository empty for the Linux kernel
 */
public record Citation(
    Optional<String> document,
    Optional<String> section,
    Optional<String> date,
    Optional<String> repository,
    Optional<String> file,
    Optional<String> commit,
    Optional<String> url) {

  /** The citations of an array that its schema allows. */
  public static List<Citation> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(Citation::of).toList();
  }

  private static Citation of(JsonNode json) {
    return new Citation(
        text(json, "document"),
        text(json, "section"),
        text(json, "date"),
        text(json, "repository"),
        text(json, "file"),
        text(json, "commit"),
        text(json, "url"));
  }

  private static Optional<String> text(JsonNode json, String member) {
    return json.has(member) ? Optional.of(json.path(member).asText()) : Optional.empty();
  }

  /** One line: document, "section", date, file@commit, address. */
  @Override
  public String toString() {
    String place =
        repository.map(name -> name + ":").orElse("")
            + file.or(() -> document).orElse("")
            + commit.map(id -> "@" + id).orElse("");
    Stream<Optional<String>> rest =
        Stream.of(
            file.isPresent() ? document : Optional.empty(),
            section.map(name -> "\"" + name + "\""),
            date,
            url);
    return String.join(
        ", ", Stream.concat(Stream.of(place), rest.flatMap(Optional::stream)).toList());
  }
}
