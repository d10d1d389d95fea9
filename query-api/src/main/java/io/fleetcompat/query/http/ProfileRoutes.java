package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.ProfileEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    JsonBytes json = new JsonBytes().open().name("profiles").openArray();
    int next =
        page(
            call,
            profile -> {
              json.open();
              writeHead(json, call.view(), profile);
              json.close();
            });
    json.closeArray().name("total").number(call.view().matrix().profileCount());
    writeNext(json, next);
    return call.answer(json);
  }

  private Answer one(Call call) {
    ProfileEntry profile = find(call.view(), call.variable());
    JsonBytes json = new JsonBytes().open();
    writeHead(json, call.view(), profile);
    json.name("content").written(content(profile));
    return call.answer(json);
  }

  private Answer matrix(Call call) {
    JsonBytes json = new JsonBytes().open().name("rows").openArray();
    int next = -1;
    if (call.parameters().find("source").isPresent()) {
      writeRow(json, call, find(call.view(), call.parameters().require("source")));
    } else {
      next = page(call, profile -> writeRow(json, call, profile));
    }
    json.closeArray().name("generation").number(call.view().matrix().rules().generation());
    writeNext(json, next);
    return call.answer(json);
  }

  private interface Each {
    void write(ProfileEntry profile);
  }

  /** Profiles by number, from the cursor on; returns the next cursor, -1 where nothing is left. */
  private static int page(Call call, Each each) {
    IndexView view = call.view();
    int limit = (int) call.parameters().number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    int slot = cursor(call, view.matrix().slots());
    int written = 0;
    for (; slot < view.matrix().slots(); slot++) {
      ProfileEntry profile = view.matrix().profile(slot);
      if (profile == null) {
        continue;
      }
      if (written == limit) {
        return slot;
      }
      call.checkDeadline();
      each.write(profile);
      written++;
    }
    return -1;
  }

  private static int cursor(Call call, int slots) {
    String text = call.parameters().find("cursor").orElse("0");
    boolean plain = text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int slot = plain && !text.isEmpty() ? Integer.parseInt(text) : -1;
    if (slot < 0 || slot > slots || !text.equals(String.valueOf(slot))) {
      throw HostCursor.bad(text);
    }
    return slot;
  }

  private static void writeNext(JsonBytes json, int next) {
    json.name("next");
    if (next < 0) {
      json.nothing();
    } else {
      json.string(String.valueOf(next));
    }
  }

  private static void writeRow(JsonBytes json, Call call, ProfileEntry profile) {
    json.open().name("source").string(profile.profile().fingerprint().toString());
    write(json.name("compatible"), call.view(), profile, Cell.COMPATIBLE);
    write(json.name("unknown"), call.view(), profile, Cell.UNKNOWN);
    json.close();
  }

  private static void write(JsonBytes json, IndexView view, ProfileEntry source, Cell cell) {
    json.openArray();
    for (int destination : view.matrix().slotsThatAre(cell, source.slot())) {
      json.string(view.matrix().fingerprint(destination).toString());
    }
    json.closeArray();
  }

  private static void writeHead(JsonBytes json, IndexView view, ProfileEntry profile) {
    Members members = view.fleet().members().members(profile.slot());
    json.name("profile").string(profile.profile().fingerprint().toString());
    json.name("number").number(profile.number());
    json.name("hosts").number(members == null ? 0 : members.hosts());
    json.name("endpoints").number(members == null ? 0 : members.endpoints());
    json.name("facets").openArray();
    profile.profile().facetIds().forEach(facet -> json.string(facet.toString()));
    json.closeArray();
  }

  /** The canonical form is JSON already. */
  static byte[] content(ProfileEntry profile) {
    return profile.profile().canonical().getBytes(StandardCharsets.UTF_8);
  }

  private static ProfileEntry find(IndexView view, String text) {
    ProfileEntry profile = null;
    try {
      profile = view.matrix().profile(view.matrix().slot(Fingerprint.parse(text)));
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Code.BAD_REQUEST,
          "expected a profile id of 32 hexadecimal digits, found " + Problem.quote(text));
    }
    if (profile == null) {
      throw new Problem(
          Code.PROFILE_NOT_FOUND,
          "expected a profile of the index (/v1/profiles lists them), found "
              + Problem.quote(text));
    }
    return profile;
  }
}
