package io.fleetcompat.query.audit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.VersionAttributes;
import io.fleetcompat.query.audit.UpgradeWave.Moved;
import io.fleetcompat.query.audit.UpgradeWave.Transition;
import io.fleetcompat.query.history.KeptChange;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The waves of upgrades that a history shows: changes of hosts with the cause {@code
 * driver-upgrade}, by the versions that became others. A wave ends where no host follows for a
 * while. Pure.
 */
public final class UpgradeWaves {

  private static final Comparator<Transition> ORDER =
      comparing(Transition::name)
          .thenComparing(transition -> transition.from().orElse(""))
          .thenComparing(transition -> transition.to().orElse(""));

  private final Duration gap;
  private final List<UpgradeWave> ended = new ArrayList<>();
  private final Map<List<Transition>, Open> open = new HashMap<>();

  /** A wave that may go on. */
  private static final class Open {
    private final long begin;
    private long end;
    private final SortedSet<String> hosts = new TreeSet<>();
    private final SortedSet<String> pools = new TreeSet<>();
    private final Map<List<Fingerprint>, long[]> moves = new HashMap<>();

    Open(long begin) {
      this.begin = begin;
      this.end = begin;
    }

    void add(KeptChange change) {
      end = change.position().at();
      hosts.add(change.subject().name());
      pools.addAll(change.change().getPools());
      for (EndpointMove move : change.change().getMoves()) {
        FingerprintBytes from = move.getFrom();
        FingerprintBytes to = move.getTo();
        if (from != null && to != null) {
          long[] counts =
              moves.computeIfAbsent(
                  List.of(Fingerprint.of(from.bytes()), Fingerprint.of(to.bytes())),
                  _ -> new long[2]);
          counts[0] += move.getDevices();
          counts[1] += move.getTypes();
        }
      }
    }

    UpgradeWave wave(List<Transition> transition) {
      List<Moved> moved = new ArrayList<>();
      moves.forEach(
          (ends, counts) ->
              moved.add(new Moved(ends.getFirst(), ends.getLast(), counts[0], counts[1])));
      moved.sort(
          comparingLong((Moved move) -> -move.devices())
              .thenComparingLong(move -> -move.types())
              .thenComparing(Moved::from)
              .thenComparing(Moved::to));
      return new UpgradeWave(
          transition,
          begin,
          end,
          Collections.unmodifiableSortedSet(hosts),
          Collections.unmodifiableSortedSet(pools),
          moved);
    }
  }

  private UpgradeWaves(Duration gap) {
    this.gap = gap;
  }

  /**
   * The waves, the newest first.
   *
   * @param changes in any order; those that are no upgrades do not count
   * @param gap the time without another host after which a wave has ended
   */
  public static List<UpgradeWave> of(Collection<KeptChange> changes, Duration gap) {
    UpgradeWaves waves = new UpgradeWaves(gap);
    changes.stream()
        .filter(UpgradeWaves::isUpgrade)
        .sorted(comparing(KeptChange::position))
        .forEach(waves::add);
    waves.open.forEach((transition, wave) -> waves.ended.add(wave.wave(transition)));
    waves.ended.sort(
        comparingLong((UpgradeWave wave) -> -wave.begin())
            .thenComparing(wave -> wave.transition().toString()));
    return List.copyOf(waves.ended);
  }

  private static boolean isUpgrade(KeptChange change) {
    return change.subject().kind() == ChangeKey.Kind.HOST
        && change.change().getCauses().contains(ChangeCause.DRIVER_UPGRADE);
  }

  private void add(KeptChange change) {
    List<Transition> transition = transition(change);
    long at = change.position().at();
    Open last = open.get(transition);
    if (last != null && at - last.end > gap.toMillis()) {
      ended.add(last.wave(transition));
      last = null;
    }
    if (last == null) {
      last = new Open(at);
      open.put(transition, last);
    }
    last.add(change);
  }

  /** The versions that differ: of the host, and of what its endpoints show. */
  private static List<Transition> transition(KeptChange change) {
    TreeSet<Transition> transitions = new TreeSet<>(ORDER);
    Stream.concat(
            change.change().getValues().stream().filter(UpgradeWaves::isOfSoftware),
            change.change().getMoves().stream()
                .flatMap(move -> move.getValues().stream())
                .filter(value -> VersionAttributes.contains(value.getName())))
        .forEach(
            value ->
                transitions.add(
                    new Transition(
                        value.getName(),
                        Optional.ofNullable(value.getFrom()),
                        Optional.ofNullable(value.getTo()))));
    return List.copyOf(transitions);
  }

  private static boolean isOfSoftware(ChangedValue value) {
    return value.getName().equals("kernel")
        || value.getName().startsWith("driver/")
        || VersionAttributes.contains(value.getName());
  }
}
