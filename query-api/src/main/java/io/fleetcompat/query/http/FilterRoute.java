package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.Field;
import io.fleetcompat.query.answer.Fields;
import io.fleetcompat.query.answer.FilterAnswer;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.HostFilter;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/filter}: which of these hosts may take a device, or a whole machine? */
final class FilterRoute {

  private final HostFilter filter;

  FilterRoute(HostFilter filter) {
    this.filter = filter;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.POST, "/v1/filter", Set.of(CheckRoutes.FIELDS), this::find)
            .orPast()
            .orWithin());
  }

  private Response find(Call call) {
    Fields fields = CheckRoutes.fields(call, Field.OF_FILTER);
    FilterBody body = FilterBody.parse(call.body());
    List<IndexedEndpoint> sources = new ArrayList<>();
    for (EndpointReference source : body.sources()) {
      String what = "sources[" + sources.size() + "]";
      sources.add(References.endpoint(call.view(), what, Found.find(call.view(), source)));
    }
    HostFilter.Result found = filter.find(call.view(), sources, body.hosts(), call::checkDeadline);
    return fields.namesOnly()
        ? Response.names(
            FilterAnswer.names(found), call.basis(), found.takers().size(), true, Optional.empty())
        : Response.json(FilterAnswer.of(found, call.basis()));
  }
}
