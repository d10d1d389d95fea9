package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.Machines;
import io.fleetcompat.query.lookup.Machines.Chosen;
import io.fleetcompat.query.lookup.Machines.Question;
import io.fleetcompat.query.lookup.Machines.Taker;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import java.util.ArrayList;
import java.util.List;
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
    return List.of(Route.index(Method.POST, "/v1/destinations", Set.of(), this::find));
  }

  private Answer find(Call call) {
    Bodies.Machine machine =
        Bodies.machine(call.body(), DestinationRoutes.DEFAULT_LIMIT, MAX_LIMIT);
    List<IndexedEndpoint> sources = new ArrayList<>();
    for (EndpointReference reference : machine.sources()) {
      String what = "sources[" + sources.size() + "]";
      sources.add(References.endpoint(what, Found.find(call.view(), reference)));
    }
    Question question =
        new Question(
            sources,
            References.scope(call.view(), machine.pool()),
            machine.candidates().map(List::copyOf),
            machine.limit(),
            machine.stale());
    Machines.Answer<WrittenVerdict> found =
        machines.find(call.view(), question, call::checkDeadline);
    long now = sightings.now();
    JsonBytes json = new JsonBytes().open().name("sources").openArray();
    sources.forEach(source -> write(json, source, now));
    json.closeArray().name("destinations").openArray();
    found.takers().forEach(taker -> write(json, taker, now));
    json.closeArray().name("total").number(found.total()).name("excluded").open();
    found.excluded().forEach((reason, count) -> json.name(reason).number(count));
    json.close().name("notIndexed").openArray();
    found.notIndexed().forEach(json::string);
    return call.answer(json.closeArray().name("complete").bool(found.complete()));
  }

  private void write(JsonBytes json, IndexedEndpoint source, long now) {
    json.open().name("source").string(source.reference());
    CheckRoutes.writeHost(json.name("sourceHost"), source.hostName(), sightings.of(source, now));
    json.close();
  }

  private void write(JsonBytes json, Taker<WrittenVerdict> taker, long now) {
    Sighting seen = sightings.of(taker.chosen().getFirst().destination(), now);
    json.open().name("host").string(taker.host());
    json.name("lastSeen").time(seen.lastSeen());
    json.name("liveness").string(seen.liveness().name()).name("devices").openArray();
    for (Chosen<WrittenVerdict> chosen : taker.chosen()) {
      boolean heard = seen.isFresh() && sightings.of(chosen.source(), now).isFresh();
      json.open().name("source").string(chosen.source().reference());
      json.name("destination").string(chosen.destination().reference());
      json.name("verdict").string(chosen.pair().outcome(heard).name());
      CheckRoutes.writeCapacity(json, chosen.destination().capacity());
      chosen.pair().form().writeRank(json);
      chosen.pair().form().writeBurdens(json, chosen.source().dynamic());
      json.close();
    }
    json.closeArray().close();
  }
}
