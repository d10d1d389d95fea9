package io.fleetcompat.query.http;

import io.fleetcompat.query.QueryConfig;
import java.util.HashMap;
import java.util.Map;

/** Bounds of the server as settings make them. */
final class Bounds {

  private Bounds() {}

  /**
   * The defaults, but for some.
   *
   * @param settings names and values by turns
   */
  static HttpBounds with(String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("bootstrap-servers", "none:1"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return QueryConfig.parse(all).http();
  }
}
