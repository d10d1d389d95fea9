package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.CheckAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.BestEndpoint;
import io.fleetcompat.query.lookup.BestEndpoint.Result;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Checks.Pair;
import io.fleetcompat.query.lookup.Checks.Unmatched;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/check}: may this device go there? */
final class CheckRoutes {

  private final Checks<WrittenVerdict> checks;
  private final BestEndpoint bestEndpoint;

  CheckRoutes(Checks<WrittenVerdict> checks, BestEndpoint bestEndpoint) {
    this.checks = checks;
    this.bestEndpoint = bestEndpoint;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/check", Set.of("source", "destination"), this::one)
            .orPast()
            .orWithin(),
        Route.index(Method.POST, "/v1/check", Set.of(), this::many).orPast().orWithin());
  }

  /** The answer to one pair. */
  Response one(Call call) {
    EndpointReference from =
        References.parseEndpoint("source", call.parameters().require("source"));
    IndexedEndpoint source = References.endpoint("source", Found.find(call.view(), from));
    EndpointReference to =
        References.parse("destination", call.parameters().require("destination"));
    return to.endpoint().isEmpty()
        ? ofHost(call, source, from, to)
        : ofPair(call, source, from, to);
  }

  private Response ofPair(
      Call call, IndexedEndpoint source, EndpointReference from, EndpointReference to) {
    Found there = Found.find(call.view(), to);
    Optional<Unmatched<WrittenVerdict>> hidden = checks.hidden(call.view(), source, there);
    return hidden.isPresent()
        ? unmatched(call, hidden.get(), from, to)
        : answer(call, source, References.endpoint("destination", there), from, to.spelled());
  }

  private Response ofHost(
      Call call, IndexedEndpoint source, EndpointReference from, EndpointReference to) {
    return switch (bestEndpoint.find(checks.overrides(call.view()), source, to.host())) {
      case Result.Best(IndexedEndpoint best) -> answer(call, source, best, from, best.reference());
      case Result.NoHost(String host) -> throw References.noHost("", host);
      case Result.NoEndpoints(String host) ->
          throw new Problem(
              Code.ENDPOINT_NOT_FOUND,
              "destination: expected a host with endpoints, found none but the source at " + host);
      case Result.NotOffered(String host) ->
          unmatched(call, checks.notOffered(call.view(), source, host), from, to);
    };
  }

  private Response answer(
      Call call,
      IndexedEndpoint source,
      IndexedEndpoint destination,
      EndpointReference from,
      String to) {
    Check<WrittenVerdict> check = checks.check(call.view(), source, destination);
    return Response.json(CheckAnswer.of(check, from.spelled(), to, call.basis()));
  }

  private static Response unmatched(
      Call call,
      Unmatched<WrittenVerdict> unmatched,
      EndpointReference from,
      EndpointReference to) {
    return Response.json(CheckAnswer.of(unmatched, from.spelled(), to.spelled(), call.basis()));
  }

  private Response many(Call call) {
    List<Pair> pairs = Bodies.pairs(call.body());
    return Response.json(
        CheckAnswer.of(checks.check(call.view(), pairs, call::checkDeadline), call.basis()));
  }
}
