package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.Machines;
import io.fleetcompat.query.lookup.Machines.Fit;
import io.fleetcompat.query.lookup.Machines.Fits;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Place;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/destinations}: where may all devices of a machine go at once? */
final class MachineRoutes {

  private static final int MAX_LIMIT = 1000;

  private final PairVerdicts verdicts;
  private final Machines machines;

  MachineRoutes(PairVerdicts verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.machines = new Machines(verdicts, sightings);
  }

  List<Route> routes() {
    return List.of(Route.index(Method.POST, "/v1/destinations", Set.of(), this::find));
  }

  private Answer find(Call call) {
    Bodies.Machine machine =
        Bodies.machine(call.body(), DestinationRoutes.DEFAULT_LIMIT, MAX_LIMIT);
    List<Place> sources = new ArrayList<>();
    for (EndpointReference reference : machine.sources()) {
      sources.add(
          References.place("sources[" + sources.size() + "]", Found.find(call.view(), reference)));
    }
    Membership scope = References.scope(call.view(), machine.pool());
    Optional<Collection<Host>> candidates =
        machine
            .candidates()
            .map(names -> names.stream().map(n -> References.host(call.view(), n)).toList());
    Fits fits = machines.find(call.view(), sources, scope, candidates, machine.limit());
    JsonBytes json = new JsonBytes().open().name("destinations").openArray();
    fits.fits().forEach(fit -> write(json, call, sources, fit));
    return call.answer(json.closeArray().name("complete").bool(fits.complete()));
  }

  private void write(JsonBytes json, Call call, List<Place> sources, Fit fit) {
    json.open().name("host").string(fit.host().name()).name("devices").openArray();
    for (int i = 0; i < sources.size(); i++) {
      Place source = sources.get(i);
      Place chosen = fit.chosen().get(i);
      json.open().name("source").string(source.reference());
      json.name("destination").string(chosen.reference());
      CheckRoutes.writeCapacity(json, chosen);
      verdicts.of(call.view(), source.slot(), chosen.slot()).writeRank(json);
      json.close();
    }
    json.closeArray().close();
  }
}
