package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.settings.Times;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes for callers who say how far the index may be behind a host ({@code max-behind}): the
 * same routes, with sightings that go by that. Any thread.
 */
final class WithinApi {

  private final Sightings sightings;
  private final Function<Sightings, List<Route>> routes;

  /** Those that answered last: most callers who say anything say zero. */
  private volatile @Nullable Within last;

  private record Within(Duration maxBehind, Router router) {}

  /**
   * @param routes of questions, by the sightings that they go by
   */
  WithinApi(Sightings sightings, Function<Sightings, List<Route>> routes) {
    this.sightings = sightings;
    this.routes = routes;
  }

  /** The router that answers for what a request says. */
  Router within(String text) {
    Duration maxBehind = parse(text);
    Within known = last;
    if (known != null && known.maxBehind.equals(maxBehind)) {
      return known.router;
    }
    Within made = new Within(maxBehind, new Router(routes.apply(sightings.within(maxBehind))));
    last = made;
    return made.router;
  }

  private static Duration parse(String text) {
    try {
      Duration maxBehind = text.equals("0") ? Duration.ZERO : Times.parse(text);
      if (maxBehind.compareTo(HeardSightings.MAX_BEHIND) <= 0) {
        return maxBehind;
      }
    } catch (IllegalArgumentException e) {
      // said below, with the bounds
    }
    throw new Problem(
        Code.BAD_REQUEST,
        "%s: expected a time from 0 to %s, such as 0 or 500ms, found %s"
            .formatted(
                Route.MAX_BEHIND, Times.print(HeardSightings.MAX_BEHIND), Problem.quote(text)));
  }
}
