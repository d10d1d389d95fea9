package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.IndexSize;
import io.fleetcompat.query.lookup.Profiles;
import io.fleetcompat.query.lookup.Profiles.KnownProfile;
import io.fleetcompat.query.lookup.Profiles.MatrixLine;
import io.fleetcompat.query.lookup.Profiles.Page;
import io.fleetcompat.query.replica.IndexView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** {@code /v1/profiles} and {@code /v1/matrix}: the matrix itself. */
final class ProfileRoutes {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/profiles", Set.of("limit", "cursor"), this::list),
        Route.index(Method.GET, "/v1/profiles/{profile}", Set.of(), this::one),
        Route.index(Method.GET, "/v1/matrix", Set.of("source", "limit", "cursor"), this::matrix));
  }

  private Answer list(Call call) {
    Page<KnownProfile> page = page(call, Profiles::list);
    JsonBytes json = new JsonBytes().open().name("profiles").openArray();
    for (KnownProfile profile : page.found()) {
      json.open();
      writeHead(json, profile);
      json.close();
    }
    json.closeArray().name("total").number(IndexSize.profiles(call.view()));
    writeNext(json, page.next());
    return call.answer(json);
  }

  private Answer one(Call call) {
    Fingerprint id = fingerprint(call.variable());
    KnownProfile profile =
        Profiles.find(call.view(), id).orElseThrow(() -> notFound(call.variable()));
    JsonBytes json = new JsonBytes().open();
    writeHead(json, profile);
    json.name("content").written(content(profile.profile()));
    return call.answer(json);
  }

  private Answer matrix(Call call) {
    JsonBytes json = new JsonBytes().open().name("rows").openArray();
    OptionalInt next = OptionalInt.empty();
    if (call.parameters().find("source").isPresent()) {
      String source = call.parameters().require("source");
      writeLine(
          json,
          Profiles.line(call.view(), fingerprint(source)).orElseThrow(() -> notFound(source)));
    } else {
      Page<MatrixLine> page = page(call, Profiles::lines);
      page.found().forEach(line -> writeLine(json, line));
      next = page.next();
    }
    json.closeArray().name("generation").number(IndexSize.generation(call.view()));
    writeNext(json, next);
    return call.answer(json);
  }

  /** A question for a page of something. */
  private interface Question<T> {
    Page<T> page(IndexView view, int from, int limit, Deadline deadline);
  }

  private static <T> Page<T> page(Call call, Question<T> question) {
    int limit = (int) call.parameters().number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    String cursor = call.parameters().find("cursor").orElse("0");
    try {
      return question.page(call.view(), position(cursor), limit, call::checkDeadline);
    } catch (IllegalArgumentException e) {
      throw HostCursor.bad(cursor);
    }
  }

  /** The position that a cursor is; -1 where it is none. */
  private static int position(String cursor) {
    boolean plain = cursor.length() <= 9 && cursor.chars().allMatch(c -> c >= '0' && c <= '9');
    int position = plain && !cursor.isEmpty() ? Integer.parseInt(cursor) : -1;
    return cursor.equals(String.valueOf(position)) ? position : -1;
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

  private static Fingerprint fingerprint(String text) {
    try {
      return Fingerprint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Code.BAD_REQUEST,
          "expected a profile id of 32 hexadecimal digits, found " + Problem.quote(text));
    }
  }

  private static Problem notFound(String text) {
    return new Problem(
        Code.PROFILE_NOT_FOUND,
        "expected a profile of the index (/v1/profiles lists them), found " + Problem.quote(text));
  }
}
