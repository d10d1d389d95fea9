package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Profiles.KnownProfile;
import io.fleetcompat.query.lookup.Profiles.MatrixLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The answers of {@code /v1/profiles} and {@code /v1/matrix}. */
public final class ProfileAnswer {

  private ProfileAnswer() {}

  /**
   * A page of profiles.
   *
   * @param total of all pages
   * @param next the cursor of the next page
   */
  public static JsonBytes of(
      List<KnownProfile> profiles, long total, Optional<String> next, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("profiles").openArray();
    for (KnownProfile profile : profiles) {
      json.open();
      writeHead(json, profile);
      json.close();
    }
    json.closeArray().name("total").number(total).name("next").stringOrNull(next);
    return basis.end(json);
  }

  /** One profile, with its content. */
  public static JsonBytes of(KnownProfile profile, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    writeHead(json, profile);
    json.name("content").written(content(profile.profile()));
    return basis.end(json);
  }

  /**
   * A page of the matrix.
   *
   * @param generation how far the matrix is judged
   * @param next the cursor of the next page
   */
  public static JsonBytes matrix(
      List<MatrixLine> lines, int generation, Optional<String> next, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("rows").openArray();
    lines.forEach(line -> writeLine(json, line));
    json.closeArray().name("generation").number(generation).name("next").stringOrNull(next);
    return basis.end(json);
  }

  private static void writeLine(JsonBytes json, MatrixLine line) {
    json.open().name("source").string(line.source().toString());
    write(json.name("compatible"), line.compatible());
    write(json.name("unknown"), line.unknown());
    if (!line.overridden().isEmpty()) {
      write(json.name("overridden"), line.overridden());
    }
    json.close();
  }

  private static void write(JsonBytes json, List<Fingerprint> destinations) {
    json.openArray();
    destinations.forEach(destination -> json.string(destination.toString()));
    json.closeArray();
  }

  private static void writeHead(JsonBytes json, KnownProfile profile) {
    json.name("profile").string(profile.profile().fingerprint().toString());
    json.name("number").number(profile.number());
    json.name("hosts").number(profile.hosts());
    json.name("endpoints").number(profile.endpoints());
    json.name("like").string(profile.like());
    json.name("example").stringOrNull(profile.example());
    json.name("facets").openArray();
    profile.profile().facetIds().forEach(facet -> json.string(facet.toString()));
    json.closeArray();
  }

  /** The canonical form is JSON already. */
  static byte[] content(Profile profile) {
    return profile.canonical().getBytes(StandardCharsets.UTF_8);
  }
}
