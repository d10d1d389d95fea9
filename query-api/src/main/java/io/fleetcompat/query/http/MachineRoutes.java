package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.Field;
import io.fleetcompat.query.answer.Fields;
import io.fleetcompat.query.answer.MachineAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.MachineQuestion;
import io.fleetcompat.query.lookup.Machines;
import io.fleetcompat.query.lookup.Sightings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/destinations}: where may all devices of a machine go at once? */
final class MachineRoutes {

  private static final int MAX_LIMIT = 1000;

  private final Machines<WrittenVerdict> machines;
  private final Sightings sightings;

  MachineRoutes(Machines<WrittenVerdict> machines, Sightings sightings) {
    this.machines = machines;
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.POST, "/v1/destinations", Set.of(CheckRoutes.FIELDS), this::find)
            .orPast()
            .orWithin());
  }

  private Response find(Call call) {
    Fields fields = CheckRoutes.fields(call, Field.OF_MACHINES);
    Bodies.Machine machine =
        Bodies.machine(call.body(), DestinationRoutes.DEFAULT_LIMIT, MAX_LIMIT);
    List<IndexedEndpoint> sources = new ArrayList<>();
    for (EndpointReference reference : machine.sources()) {
      String what = "sources[" + sources.size() + "]";
      sources.add(References.endpoint(call.view(), what, Found.find(call.view(), reference)));
    }
    MachineQuestion question =
        new MachineQuestion(
            sources,
            References.scope(call.view(), machine.pool()),
            machine.candidates().map(List::copyOf),
            machine.limit(),
            machine.stale());
    Machines.Result<WrittenVerdict> found =
        machines.find(call.view(), question, call::checkDeadline);
    return fields.namesOnly()
        ? Response.names(
            MachineAnswer.names(found),
            call.basis(),
            found.certain(),
            found.complete(),
            Optional.empty())
        : Response.json(MachineAnswer.of(sources, found, sightings, fields, call.basis()));
  }
}
