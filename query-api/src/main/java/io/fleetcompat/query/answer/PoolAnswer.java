package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Pools.Pool;
import io.fleetcompat.query.lookup.Pools.PoolProfile;
import io.fleetcompat.query.lookup.Pools.PoolSize;
import java.util.List;

/** The answers of {@code /v1/pools}. */
public final class PoolAnswer {

  private PoolAnswer() {}

  /** All pools. */
  public static JsonBytes of(List<PoolSize> pools, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("pools").openArray();
    for (PoolSize pool : pools) {
      json.open().name("pool").string(pool.name()).name("hosts").number(pool.hosts()).close();
    }
    return basis.end(json.closeArray());
  }

  /** One pool: its hosts and profiles. */
  public static JsonBytes of(String name, Pool pool, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("pool").string(name);
    json.name("hosts").number(pool.hosts()).name("members").openArray();
    pool.members().forEach(json::string);
    json.closeArray().name("profiles").openArray();
    for (PoolProfile profile : pool.profiles()) {
      json.open().name("profile").string(profile.profile().toString());
      json.name("hosts").number(profile.hosts()).close();
    }
    return basis.end(json.closeArray());
  }
}
