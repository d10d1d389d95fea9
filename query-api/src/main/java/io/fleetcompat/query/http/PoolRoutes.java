package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Pools;
import io.fleetcompat.query.lookup.Pools.Pool;
import io.fleetcompat.query.lookup.Pools.PoolProfile;
import io.fleetcompat.query.lookup.Pools.PoolSize;
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
    for (PoolSize pool : Pools.list(call.view())) {
      json.open().name("pool").string(pool.name()).name("hosts").number(pool.hosts()).close();
    }
    return call.answer(json.closeArray());
  }

  private Answer one(Call call) {
    Pool pool =
        Pools.find(call.view(), call.variable(), MAX_MEMBERS)
            .orElseThrow(() -> References.noPool(call.variable()));
    JsonBytes json = new JsonBytes().open().name("pool").string(call.variable());
    json.name("hosts").number(pool.hosts()).name("members").openArray();
    pool.members().forEach(json::string);
    json.closeArray().name("profiles").openArray();
    for (PoolProfile profile : pool.profiles()) {
      json.open().name("profile").string(profile.profile().toString());
      json.name("hosts").number(profile.hosts()).close();
    }
    return call.answer(json.closeArray());
  }
}
