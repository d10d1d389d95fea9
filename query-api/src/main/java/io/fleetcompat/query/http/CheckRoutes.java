package io.fleetcompat.query.http;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.answer.CheckAnswer;
import io.fleetcompat.query.answer.Field;
import io.fleetcompat.query.answer.Fields;
import io.fleetcompat.query.answer.OutcomesAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.BestEndpoint;
import io.fleetcompat.query.lookup.BestEndpoint.Result;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Checks.Unmatched;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/check}: may this device go there? */
final class CheckRoutes {

  static final String FIELDS = "fields";

  private final Checks<WrittenVerdict> checks;
  private final BestEndpoint bestEndpoint;

  CheckRoutes(Checks<WrittenVerdict> checks, BestEndpoint bestEndpoint) {
    this.checks = checks;
    this.bestEndpoint = bestEndpoint;
  }

  List<Route> routes() {
    return List.of(
        Route.index(
                Method.GET,
                "/v1/check",
                Set.of("source", "destination", FIELDS),
                call -> one(call, fields(call, Field.OF_CHECK)))
            .orPast()
            .orWithin(),
        Route.index(Method.POST, "/v1/check", Set.of(FIELDS), this::many).orPast().orWithin());
  }

  /** The members of an answer's entries that a caller wants. */
  static Fields fields(Call call, Set<Field> known) {
    try {
      return Fields.parse(call.parameters().find(FIELDS), known);
    } catch (IllegalArgumentException e) {
      throw new Problem(Code.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  /** The whole answer to one pair. */
  Response one(Call call) {
    return one(call, Fields.ALL);
  }

  private Response one(Call call, Fields fields) {
    EndpointReference from =
        References.parseEndpoint("source", call.parameters().require("source"));
    IndexedEndpoint source =
        References.endpoint(call.view(), "source", Found.find(call.view(), from));
    EndpointReference to =
        References.parse("destination", call.parameters().require("destination"));
    return to.endpoint().isEmpty()
        ? ofHost(new Asked(call, source, from, to, fields))
        : ofPair(new Asked(call, source, from, to, fields));
  }

  /** The pair that is asked about. */
  private record Asked(
      Call call,
      IndexedEndpoint source,
      EndpointReference from,
      EndpointReference to,
      Fields fields) {}

  private Response ofPair(Asked asked) {
    IndexView view = asked.call.view();
    Found there = Found.find(view, asked.to);
    Optional<Unmatched<WrittenVerdict>> unmatched = checks.unmatched(view, asked.source, there);
    if (unmatched.isPresent()) {
      return unmatched(asked, unmatched.get(), asked.to.spelled());
    }
    IndexedEndpoint destination = References.endpoint(view, "destination", there);
    return answer(asked, destination, destination.spelledAs(asked.to));
  }

  private Response ofHost(Asked asked) {
    IndexView view = asked.call.view();
    String name = References.host(view, "destination: ", asked.to.host());
    return switch (bestEndpoint.find(checks.overrides(view), asked.source, name)) {
      case Result.Best(IndexedEndpoint best) -> answer(asked, best, best.reference());
      case Result.NoHost(String host) -> throw References.noHost(view, "destination: ", host);
      case Result.NoEndpoints(String host) ->
          throw new Problem(
              Code.ENDPOINT_NOT_FOUND,
              "destination: expected a host with endpoints, found %s, the source's own host, which has"
                      .formatted(host)
                  + " none but the source");
      case Result.NotOffered(String host) ->
          unmatched(asked, checks.notOffered(view, asked.source, host), EndpointName.encode(host));
    };
  }

  private Response answer(Asked asked, IndexedEndpoint destination, String to) {
    Check<WrittenVerdict> check = checks.check(asked.call.view(), asked.source, destination);
    String from = asked.source.spelledAs(asked.from);
    return Response.json(CheckAnswer.of(check, from, to, asked.fields, asked.call.basis()));
  }

  private static Response unmatched(Asked asked, Unmatched<WrittenVerdict> unmatched, String to) {
    String from = asked.source.spelledAs(asked.from);
    return Response.json(CheckAnswer.of(unmatched, from, to, asked.fields, asked.call.basis()));
  }

  private Response many(Call call) {
    Fields fields = fields(call, Field.OF_PAIRS);
    CheckBody body = CheckBody.parse(call.body());
    if (body instanceof CheckBody.OneSource one) {
      Found found = Found.find(call.view(), one.source());
      IndexedEndpoint source = References.endpoint(call.view(), "source", found);
      if (fields.needsNoReasons()) {
        return outcomes(call, one, source, fields);
      }
    }
    return Response.json(
        CheckAnswer.of(
            checks.check(call.view(), body.pairs(), call::checkDeadline), fields, call.basis()));
  }

  /** Outcomes alone, for which no verdict is put into words. */
  private Response outcomes(
      Call call, CheckBody.OneSource one, IndexedEndpoint source, Fields fields) {
    OutcomesAnswer answer = new OutcomesAnswer(source.spelledAs(one.source()), fields);
    checks.outcomes(call.view(), source, one.destinations(), answer, call::checkDeadline);
    return Response.json(answer.end(call.basis()));
  }
}
