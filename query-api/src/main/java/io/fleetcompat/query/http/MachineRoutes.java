package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.Machines;
import io.fleetcompat.query.lookup.Machines.Fit;
import io.fleetcompat.query.lookup.Machines.Fits;
import io.fleetcompat.query.lookup.Machines.Question;
import io.fleetcompat.query.lookup.PairVerdict;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Place;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code POST /v1/destinations}: where may all devices of a machine go at once? */
final class MachineRoutes {

  private static final int MAX_LIMIT = 1000;

  private final PairVerdicts verdicts;
  private final Sightings sightings;
  private final Machines machines;

  MachineRoutes(PairVerdicts verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
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
    List<String> notIndexed = new ArrayList<>();
    Question question =
        new Question(
            sources,
            References.scope(call.view(), machine.pool()),
            machine.candidates().map(names -> hosts(call.view(), names, notIndexed)),
            machine.limit(),
            machine.stale());
    Fits fits = machines.find(call.view(), question, call::checkDeadline);
    long now = sightings.now();
    JsonBytes json = new JsonBytes().open().name("sources").openArray();
    sources.forEach(source -> write(json, source, now));
    json.closeArray().name("destinations").openArray();
    fits.fits().forEach(fit -> write(json, call, sources, fit, now));
    json.closeArray().name("total").number(fits.total()).name("excluded").open();
    fits.excluded().forEach((reason, count) -> json.name(reason).number(count));
    json.close().name("notIndexed").openArray();
    notIndexed.forEach(json::string);
    return call.answer(json.closeArray().name("complete").bool(fits.complete()));
  }

  /** The hosts of these names; those that the index does not have go to the last. */
  private static Collection<Host> hosts(
      IndexView view, List<String> names, List<String> notIndexed) {
    Set<Host> hosts = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (String name : names) {
      Host host = view.fleet().find(name);
      if (host == null) {
        others.add(name);
      } else {
        hosts.add(host);
      }
    }
    notIndexed.addAll(others);
    return hosts;
  }

  private void write(JsonBytes json, Place source, long now) {
    json.open().name("source").string(source.reference());
    CheckRoutes.writeHost(json.name("sourceHost"), source.host(), sightings.of(source.host(), now));
    json.close();
  }

  private void write(JsonBytes json, Call call, List<Place> sources, Fit fit, long now) {
    Sighting seen = sightings.of(fit.host(), now);
    json.open().name("host").string(fit.host().name());
    json.name("lastSeen").time(seen.lastSeen());
    json.name("liveness").string(seen.liveness().name()).name("devices").openArray();
    for (int i = 0; i < sources.size(); i++) {
      Place source = sources.get(i);
      Place chosen = fit.chosen().get(i);
      boolean heard = seen.isFresh() && sightings.of(source.host(), now).isFresh();
      PairVerdict pair = verdicts.of(call.view(), source.slot(), chosen.slot());
      json.open().name("source").string(source.reference());
      json.name("destination").string(chosen.reference());
      json.name("verdict").string(pair.outcome(heard).name());
      CheckRoutes.writeCapacity(json, chosen);
      pair.writeRank(json);
      pair.writeBurdens(json, source.dynamic());
      json.close();
    }
    json.closeArray().close();
  }
}
