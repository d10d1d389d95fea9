package io.fleetcompat.query.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Waves that went at the same time, as where hosts of many versions went to one: what came of them
 * cannot be told apart, so the fleet before the first and after the last of them is compared once
 * for all. One thread.
 */
final class WaveSpan {

  private final List<UpgradeWave> waves = new ArrayList<>();
  private final Set<String> hosts = new TreeSet<>();
  private final Set<String> pools = new TreeSet<>();
  private final long begin;
  private long firstEnd;
  private long end;

  private WaveSpan(UpgradeWave first) {
    begin = first.begin();
    firstEnd = first.end();
    end = first.end();
    add(first);
  }

  /**
   * The spans of some waves.
   *
   * @param close waves go together where they overlap, and begin and end so soon after each other
   */
  static List<WaveSpan> of(List<UpgradeWave> waves, Duration close) {
    List<WaveSpan> spans = new ArrayList<>();
    waves.stream()
        .sorted(Comparator.comparingLong(UpgradeWave::begin).thenComparingLong(UpgradeWave::end))
        .forEach(
            wave ->
                spans.stream()
                    .filter(span -> span.fits(wave, close.toMillis()))
                    .findFirst()
                    .ifPresentOrElse(span -> span.add(wave), () -> spans.add(new WaveSpan(wave))));
    return spans;
  }

  private boolean fits(UpgradeWave wave, long close) {
    return wave.begin() <= firstEnd
        && wave.begin() - begin <= close
        && Math.max(end, wave.end()) - Math.min(firstEnd, wave.end()) <= close;
  }

  private void add(UpgradeWave wave) {
    waves.add(wave);
    hosts.addAll(wave.hosts());
    pools.addAll(wave.pools());
    firstEnd = Math.min(firstEnd, wave.end());
    end = Math.max(end, wave.end());
  }

  List<UpgradeWave> waves() {
    return waves;
  }

  /** The hosts of all of them. */
  Set<String> hosts() {
    return hosts;
  }

  Set<String> pools() {
    return pools;
  }

  /** The first change of the first of them, in milliseconds since 1970. */
  long begin() {
    return begin;
  }

  /** The last change of the last of them. */
  long end() {
    return end;
  }
}
