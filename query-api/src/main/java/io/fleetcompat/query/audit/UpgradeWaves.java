package io.fleetcompat.query.audit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.VersionAttributes;
import io.fleetcompat.query.audit.UpgradeWave.Moved;
import io.fleetcompat.query.audit.UpgradeWave.Transition;
import io.fleetcompat.query.history.ChangePosition;
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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The waves of upgrades that a history shows: changes of hosts with the cause {@code
 * driver-upgrade}, by the versions that became others. A wave ends where no host follows for a
 * while. Pure.
 */
public final class UpgradeWaves {

  static final Comparator<UpgradeWave> NEWEST_FIRST =
      comparingLong((UpgradeWave wave) -> -wave.begin())
          .thenComparing(wave -> wave.transition().toString());

  private static final Comparator<Transition> ORDER =
      comparing(Transition::name)
          .thenComparing(transition -> transition.from().orElse(""))
          .thenComparing(transition -> transition.to().orElse(""));

  private final Duration gap;
  private final List<UpgradeWave> ended = new ArrayList<>();
  private final Map<List<Transition>, Open> open = new HashMap<>();

  /** An upgrade of one host: what is needed of its change, which may be large. */
  public record Upgrade(
      ChangePosition at,
      String host,
      List<String> pools,
      List<Transition> transition,
      List<Moved> moves) {

    /** Empty where the change is no upgrade. */
    public static Optional<Upgrade> of(KeptChange change) {
      if (change.subject().kind() != ChangeKey.Kind.HOST
          || !change.change().getCauses().contains(ChangeCause.DRIVER_UPGRADE)) {
        return Optional.empty();
      }
      return Optional.of(
          new Upgrade(
              change.position(),
              change.subject().name(),
              List.copyOf(change.change().getPools()),
              versions(change),
              moves(change)));
    }

    private static List<Moved> moves(KeptChange change) {
      List<Moved> moves = new ArrayList<>();
      for (EndpointMove move : change.change().getMoves()) {
        FingerprintBytes from = move.getFrom();
        FingerprintBytes to = move.getTo();
        if (from != null && to != null) {
          moves.add(
              new Moved(
                  Fingerprint.of(from.bytes()),
                  Fingerprint.of(to.bytes()),
                  move.getDevices(),
                  move.getTypes()));
        }
      }
      return List.copyOf(moves);
    }
  }

  /** A wave that may go on. */
  private static final class Open {
    private final long begin;
    private long end;
    private final SortedSet<String> pools = new TreeSet<>();

    /** The last upgrade of each host: one that went back and forth counts once. */
    private final SortedMap<String, List<Moved>> moves = new TreeMap<>();

    Open(long begin) {
      this.begin = begin;
      this.end = begin;
    }

    void add(Upgrade upgrade) {
      end = upgrade.at().at();
      pools.addAll(upgrade.pools());
      moves.put(upgrade.host(), upgrade.moves());
    }

    UpgradeWave wave(List<Transition> transition) {
      Map<List<Fingerprint>, Moved> together = new HashMap<>();
      for (List<Moved> ofHost : moves.values()) {
        ofHost.forEach(move -> together.merge(List.of(move.from(), move.to()), move, Open::sum));
      }
      List<Moved> moved = new ArrayList<>(together.values());
      moved.sort(
          comparingLong((Moved move) -> -move.devices())
              .thenComparingLong(move -> -move.types())
              .thenComparing(Moved::from)
              .thenComparing(Moved::to));
      return new UpgradeWave(
          transition,
          begin,
          end,
          Collections.unmodifiableSortedSet(new TreeSet<>(moves.keySet())),
          Collections.unmodifiableSortedSet(pools),
          moved);
    }

    private static Moved sum(Moved a, Moved b) {
      return new Moved(a.from(), a.to(), a.devices() + b.devices(), a.types() + b.types());
    }
  }

  private UpgradeWaves(Duration gap) {
    this.gap = gap;
  }

  /**
   * The waves, the newest first.
   *
   * @param upgrades in any order
   * @param gap the time without another host after which a wave has ended
   */
  public static List<UpgradeWave> of(Collection<Upgrade> upgrades, Duration gap) {
    UpgradeWaves waves = new UpgradeWaves(gap);
    upgrades.stream().sorted(comparing(Upgrade::at)).forEach(waves::add);
    waves.open.forEach((transition, wave) -> waves.ended.add(wave.wave(transition)));
    waves.ended.sort(NEWEST_FIRST);
    return List.copyOf(waves.ended);
  }

  private void add(Upgrade upgrade) {
    List<Transition> transition = upgrade.transition();
    long at = upgrade.at().at();
    Open last = open.get(transition);
    if (last != null && at - last.end > gap.toMillis()) {
      ended.add(last.wave(transition));
      last = null;
    }
    if (last == null) {
      last = new Open(at);
      open.put(transition, last);
    }
    last.add(upgrade);
  }

  /** The versions that differ: of the host, and of what its endpoints show. */
  private static List<Transition> versions(KeptChange change) {
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
