package io.fleetcompat.query.http;

import io.fleetcompat.query.http.HttpApi.Watched;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Index;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.http.Watchers.Watcher;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.query.watch.ChangeFeed;
import io.fleetcompat.query.watch.FeedCursor;
import io.fleetcompat.query.watch.FeedStart;
import io.fleetcompat.query.watch.WatchFilter;
import io.fleetcompat.query.watch.WatchKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /v1/watch}: what changes, as it changes. */
final class WatchRoute {

  static final String EVENT_STREAM = "text/event-stream";
  static final String BEGIN_ANEW =
      "watch without an id, read the state when the first bookmark is there, and go on from it";

  private static final Duration LONGEST_BEHIND = Duration.ofSeconds(5);
  private static final List<String> PARAMETERS =
      ChangeParameters.and("after", "destination", "kind", "source");

  private final Optional<Watched> watched;
  private final Replica replica;
  private final Watchers watchers;
  private final Route.Handler check;
  private final Predicate<Snapshot> isStale;

  /**
   * @param watched empty where this process follows no changes
   * @param check answers {@code /v1/check}
   * @param isStale whether its answers by a snapshot are to say so
   */
  WatchRoute(
      Optional<Watched> watched,
      Replica replica,
      Watchers watchers,
      Route.Handler check,
      Predicate<Snapshot> isStale) {
    this.watched = watched;
    this.replica = replica;
    this.watchers = watchers;
    this.check = check;
    this.isStale = isStale;
  }

  List<Route> routes() {
    return List.of(new Route(Method.GET, "/v1/watch", PARAMETERS, Index.NEVER, this::watch));
  }

  private Response watch(Call call) {
    Parameters parameters = call.parameters();
    WatchFilter filter =
        new WatchFilter(
            parameters.find("kind").map(WatchRoute::kinds).orElse(Set.of()),
            ChangeParameters.filter(parameters));
    // A browser that connects again repeats the address, and adds the header.
    Optional<String> after = call.lastEventId().or(() -> parameters.find("after"));
    Optional<WatchedVerdict> verdict = verdict(call, filter);
    Watcher watcher = watchers.enter();
    boolean begun = false;
    try {
      Watched from = watched.orElseThrow(() -> notReady("this process follows none"));
      FeedCursor cursor = cursor(from.feed(), after, filter);
      Optional<Long> revision =
          after.isPresent() ? Optional.empty() : Optional.of(revision(from.indexEnd()));
      WatchStream stream =
          new WatchStream(from.feed(), cursor, revision, verdict, watchers, watcher);
      begun = true;
      return new Response.Stream(EVENT_STREAM, stream);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(Code.NOT_READY, "the server is stopping; ask another");
    } finally {
      if (!begun) {
        watcher.close();
      }
    }
  }

  /** The check that the watcher names; empty where it names none. */
  private Optional<WatchedVerdict> verdict(Call call, WatchFilter filter) {
    Parameters parameters = call.parameters();
    boolean named =
        parameters.find("source").isPresent()
            || parameters.find("destination").isPresent()
            || filter.kinds().contains(WatchKind.VERDICT);
    if (!named) {
      return Optional.empty();
    }
    parameters.require("source");
    parameters.require("destination");
    if (!replica.snapshot().ready()) {
      throw notReady("its index is still being read");
    }
    WatchedVerdict verdict =
        new WatchedVerdict(
            replica, snapshot -> check.answer(call.with(snapshot, isStale.test(snapshot))));
    verdict.begin();
    return Optional.of(verdict).filter(_ -> filter.tells(WatchKind.VERDICT));
  }

  private static FeedCursor cursor(ChangeFeed feed, Optional<String> after, WatchFilter filter)
      throws InterruptedException {
    FeedStart start = after.isPresent() ? feed.resume(after.get(), filter) : feed.begin(filter);
    return switch (start) {
      case FeedStart.Begun(FeedCursor cursor) -> cursor;
      case FeedStart.Malformed() ->
          throw new Problem(
              Code.BAD_REQUEST,
              "after: expected the id of an event of /v1/watch, found "
                  + Problem.quote(after.orElse("")));
      case FeedStart.TooOld(String found) ->
          throw new Problem(
              Code.WATCH_TOO_OLD,
              "expected an id since which all events are kept, found %s; %s"
                  .formatted(found, BEGIN_ANEW));
      case FeedStart.NotReady(String reason) -> throw notReady(reason);
    };
  }

  private static Problem notReady(String reason) {
    return new Problem(
        Code.NOT_READY,
        "expected a replica that has read the newest changes, found that %s; ask again, or another"
            .formatted(reason));
  }

  /** The revision of an index that holds all that came before this is asked. */
  private long revision(HttpApi.IndexEnd index) throws InterruptedException {
    if (!index.await(LONGEST_BEHIND) || !replica.snapshot().ready()) {
      throw new Problem(
          Code.NOT_READY,
          "expected an index that holds all that Kafka has now within %d s; ask again"
              .formatted(LONGEST_BEHIND.toSeconds()));
    }
    return replica.snapshot().revision();
  }

  private static Set<WatchKind> kinds(String text) {
    EnumSet<WatchKind> kinds = EnumSet.noneOf(WatchKind.class);
    for (String kind : text.split(",", -1)) {
      kinds.add(
          Arrays.stream(WatchKind.values())
              .filter(each -> each.spelling().equals(kind.strip()))
              .findFirst()
              .orElseThrow(() -> noKind(kind)));
    }
    return kinds;
  }

  private static Problem noKind(String kind) {
    List<String> all = Arrays.stream(WatchKind.values()).map(WatchKind::spelling).toList();
    return new Problem(
        Code.BAD_REQUEST,
        "kind: expected some of %s, with commas between them, found %s"
            .formatted(String.join(", ", all), Problem.quote(kind)));
  }
}
