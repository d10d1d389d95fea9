package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.OrderedKeys;
import java.util.List;
import java.util.Set;

/** {@code /v1/pools}: members and profiles. */
final class PoolRoutes {

  /** Most members listed; {@code /v1/hosts?pool=} pages through all. */
  static final int MAX_MEMBERS = 1000;

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/pools", Set.of(), this::list),
        Route.index(Method.GET, "/v1/pools/{pool}", Set.of(), this::one));
  }

  private Answer list(Call call) {
    JsonBytes json = new JsonBytes().open().name("pools").openArray();
    call.view()
        .fleet()
        .pools()
        .forEach(
            (name, members) ->
                json.open().name("pool").string(name).name("hosts").number(members.size()).close());
    return call.answer(json.closeArray());
  }

  private Answer one(Call call) {
    IndexView view = call.view();
    Membership pool = References.pool(view, call.variable());
    JsonBytes json = new JsonBytes().open().name("pool").string(call.variable());
    json.name("hosts").number(pool.size()).name("members").openArray();
    OrderedKeys.Walk walk = pool.byName().from(0);
    for (int i = 0; i < MAX_MEMBERS && walk.hasNext(); i++) {
      json.string(view.fleet().hostOf(walk.next()).name());
    }
    json.closeArray().name("profiles").openArray();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      Members members = pool.members(slot);
      if (members != null) {
        json.open().name("profile").string(view.matrix().fingerprint(slot).toString());
        json.name("hosts").number(members.hosts()).close();
      }
    }
    return call.answer(json.closeArray());
  }
}
