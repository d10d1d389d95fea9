package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.answer.ProfileAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.IndexSize;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Profiles;
import io.fleetcompat.query.lookup.Profiles.KnownProfile;
import io.fleetcompat.query.lookup.Profiles.MatrixLine;
import io.fleetcompat.query.lookup.Profiles.Page;
import io.fleetcompat.query.lookup.Profiles.Position;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/profiles} and {@code /v1/matrix}: the matrix itself. */
final class ProfileRoutes {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final PairVerdicts<WrittenVerdict> verdicts;
  private final Sightings sightings;

  ProfileRoutes(PairVerdicts<WrittenVerdict> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/profiles", Set.of("limit", "cursor"), this::list),
        Route.index(Method.GET, "/v1/profiles/{profile}", Set.of(), this::one),
        Route.index(Method.GET, "/v1/matrix", Set.of("source", "limit", "cursor"), this::matrix));
  }

  private Response list(Call call) {
    Page<KnownProfile> page = page(call, Profiles::list);
    long total = IndexSize.profiles(call.view());
    return Response.tagged(ProfileAnswer.of(page.found(), total, next(page), call.basis()));
  }

  private Response one(Call call) {
    Fingerprint id = fingerprint(call.variable());
    KnownProfile profile =
        Profiles.find(call.view(), id).orElseThrow(() -> notFound(call.variable()));
    return Response.tagged(ProfileAnswer.of(profile, call.basis()));
  }

  private Response matrix(Call call) {
    Optional<String> source = call.parameters().find("source");
    Page<MatrixLine> page = source.isEmpty() ? page(call, this::lines) : line(call);
    int generation = IndexSize.generation(call.view());
    return Response.tagged(
        ProfileAnswer.matrix(page.found(), generation, next(page), call.basis()));
  }

  private Page<MatrixLine> lines(
      IndexView view, Optional<Position> after, int limit, Deadline deadline) {
    ViewOverrides overrides = ViewOverrides.of(view, sightings.now());
    return Profiles.lines(overrides, verdicts, after, limit, deadline);
  }

  private Page<MatrixLine> line(Call call) {
    String source = call.parameters().require("source");
    MatrixLine line =
        Profiles.line(
                ViewOverrides.of(call.view(), sightings.now()),
                verdicts,
                fingerprint(source),
                call::checkDeadline)
            .orElseThrow(() -> notFound(source));
    return new Page<>(List.of(line), Optional.empty());
  }

  /** A question for a page of something. */
  private interface Question<T> {
    Page<T> page(IndexView view, Optional<Position> after, int limit, Deadline deadline);
  }

  private static <T> Page<T> page(Call call, Question<T> question) {
    int limit = (int) call.parameters().number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    Optional<Position> after = call.parameters().find("cursor").map(Cursors::profile);
    return question.page(call.view(), after, limit, call::checkDeadline);
  }

  private static Optional<String> next(Page<?> page) {
    return page.last().map(Cursors::ofProfile);
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
