package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Profiles.KnownProfile;
import io.fleetcompat.query.lookup.Profiles.MatrixLine;
import io.fleetcompat.query.lookup.Profiles.Page;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** The answers of {@code /v1/profiles} and {@code /v1/matrix}. */
public final class ProfileAnswer {

  private ProfileAnswer() {}

  /**
   * A page of profiles.
   *
   * @param total of all pages
   */
  public static JsonBytes of(Page<KnownProfile> page, long total, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("profiles").openArray();
    for (KnownProfile profile : page.found()) {
      json.open();
      writeHead(json, profile);
      json.close();
    }
    json.closeArray().name("total").number(total);
    writeNext(json, page.next());
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
   */
  public static JsonBytes matrix(Page<MatrixLine> page, int generation, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("rows").openArray();
    page.found().forEach(line -> writeLine(json, line));
    json.closeArray().name("generation").number(generation);
    writeNext(json, page.next());
    return basis.end(json);
  }

  private static void writeNext(JsonBytes json, OptionalInt next) {
    json.name("next");
    if (next.isEmpty()) {
      json.nothing();
    } else {
      json.string(String.valueOf(next.getAsInt()));
    }
  }

  private static void writeLine(JsonBytes json, MatrixLine line) {
    json.open().name("source").string(line.source().toString());
    write(json.name("compatible"), line.compatible());
    write(json.name("unknown"), line.unknown());
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
    json.name("facets").openArray();
    profile.profile().facetIds().forEach(facet -> json.string(facet.toString()));
    json.closeArray();
  }

  /** The canonical form is JSON already. */
  static byte[] content(Profile profile) {
    return profile.canonical().getBytes(StandardCharsets.UTF_8);
  }
}
