package io.fleetcompat.cli.execute;

import io.fleetcompat.cli.execute.PlanExecution.Played;
import io.fleetcompat.cli.execute.PlannedWaves.Wave;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.simulation.PlayedFleet;
import io.fleetcompat.simulation.UnplayableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A plan for one pool that is played: after every step the index must show what the trees do, and
 * every device keep what it must. One use, one thread.
 */
final class PoolExecution {
  private final Index index;
  private final PlayedFleet fleet;
  private final PlayableChange change;
  private final int keep;
  private final Patience patience;
  private final PrintWriter out;
  private final PlannedWaves plan;
  private final String pool;
  private final SortedSet<String> members;
  private final KeptDestinations kept;

  PoolExecution(
      Index index,
      PlayedFleet fleet,
      PlayableChange change,
      int keep,
      Patience patience,
      PlannedWaves plan,
      PrintWriter out) {
    this.index = index;
    this.fleet = fleet;
    this.change = change;
    this.keep = keep;
    this.patience = patience;
    this.out = out;
    this.plan = plan;
    this.pool = plan.pool();
    this.members = members();
    this.kept = new KeptDestinations(new PoolDestinations(index, pool), keep);
  }

  private SortedSet<String> members() {
    SortedSet<String> names = new TreeSet<>();
    index
        .get("/v1/pools/" + PercentCode.encode(pool), Map.of())
        .path("members")
        .forEach(host -> names.add(host.asText()));
    SortedSet<String> strange = new TreeSet<>(names);
    strange.removeAll(fleet.now().names());
    if (!strange.isEmpty()) {
      throw PlanExecution.refused(
          "expected a pool of simulated hosts alone, found %s in %s"
              .formatted(strange.first(), pool));
    }
    return names;
  }

  void play(List<Played> played) throws IOException {
    requireShown("before the first wave of " + pool + ", of which nothing is done yet");
    List<IndexedHost> hosts = hosts();
    kept.note(hosts);
    say(
        "%s: playing %d waves: each of %d mdev devices keeps %d other hosts with room%s"
            .formatted(
                pool,
                plan.waves().size(),
                kept.devices(),
                keep,
                kept.below() == 0
                    ? ""
                    : " (%d of them as many as they have now)".formatted(kept.below())));
    int moves = 0;
    int changed = 0;
    for (int i = 0; i < played.size(); i++) {
      Wave wave = plan.waves().get(i);
      play(i + 1, wave, played.get(i));
      moves += wave.moves().size();
      changed += wave.hosts().size();
    }
    say(
        "%s: played: %d waves, %d moves, %d hosts changed; the index was as planned after each step"
            .formatted(pool, played.size(), moves, changed));
  }

  private void play(int number, Wave wave, Played played) throws IOException {
    String name = "wave %d of %s".formatted(number, pool);
    fleet.play(played.moved());
    requireShown(name + ", moves");
    List<IndexedHost> moved = hosts();
    requireKept(name + ", moves", moved, wave.hosts());
    // A profile that is not judged yet is predicted as UNKNOWN, and is not so afterwards.
    patience.await(name + ", moves", this::unjudged);
    Prediction before = Prediction.ask(index, change, pool, wave.hosts());
    say(
        "  wave %d: %d moves; every device can go on to as many as it must, without %d hosts"
            .formatted(number, wave.moves().size(), wave.hosts().size()));
    fleet.play(played.changed());
    List<IndexedHost> leaving =
        moved.stream().filter(host -> wave.hosts().contains(host.name())).toList();
    patience.await(name + ", change", () -> changed(leaving, before));
    patience.await(
        name + ", change",
        () -> before.difference(Prediction.ask(index, change, pool, wave.hosts())));
    requireShown(name + ", change");
    List<IndexedHost> now = hosts();
    requireKept(name + ", change", now, new TreeSet<>());
    patience.await(name + ", change", () -> kept.stranded(now));
    say(
        "  wave %d: changed %s; devices that can move: %s before, %s now, none newly stranded"
            .formatted(
                number,
                String.join(", ", wave.hosts()),
                Prediction.movable(before.now()),
                Prediction.movable(before.then())));
  }

  private Optional<String> changed(List<IndexedHost> before, Prediction prediction) {
    for (IndexedHost host : before) {
      Optional<String> difference =
          IndexedHost.ask(index, host.name())
              .difference(host, prediction, change.software().kernel());
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** Profiles that are new are judged a moment after they are placed. */
  private Optional<String> unjudged() {
    int pending = index.get("/v1/status", Map.of()).path("pendingProfiles").asInt();
    return pending == 0
        ? Optional.empty()
        : Optional.of("expected profiles that are judged, found %d that wait".formatted(pending));
  }

  private void requireKept(String step, List<IndexedHost> hosts, SortedSet<String> out) {
    patience.await(step, () -> kept.lost(hosts, out));
  }

  /** Waits until the index has what the trees of the pool's hosts show. */
  private void requireShown(String step) {
    patience.await(
        step,
        () -> {
          for (String host : members) {
            Optional<String> difference = difference(host);
            if (difference.isPresent()) {
              return difference;
            }
          }
          return Optional.empty();
        });
  }

  private Optional<String> difference(String host) {
    try {
      return IndexedHost.ask(index, host).difference(fleet.now().shown(host));
    } catch (UnplayableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private List<IndexedHost> hosts() {
    return members.stream().map(host -> IndexedHost.ask(index, host)).toList();
  }

  private void say(String line) {
    out.println(Printable.line(line));
    out.flush();
  }
}
