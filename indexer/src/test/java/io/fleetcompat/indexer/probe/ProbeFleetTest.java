package io.fleetcompat.indexer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.ProbeSide;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The number of probes that a fleet costs: of the order of strings × classes, whatever its size.
 */
class ProbeFleetTest {

  private static final int TICK = 100;
  private static final int ANSWERED_AFTER = 200;
  private static final long MOST_MILLIS = 6L * 3_600_000;
  private static final int BUSY_PERCENT = 3;
  private static final int DEAF_PERCENT = 1;

  private record Due(long at, Question question) {}

  /**
   * Strings in hosts, each of which has one: so there are as many classes. Some hosts never answer,
   * though they say that they probe, and some answers are that the driver is busy.
   */
  @ParameterizedTest
  @CsvSource({"20, 1000", "20, 10000", "200, 10000"})
  void aStringCostsTwoProbesForEachClass(int strings, int hosts) {
    Random random = new Random(7);
    ProbeSchedule schedule = new ProbeSchedule(ProbeLimits.DEFAULT, 0);
    List<ProbeSide> sides = new ArrayList<>();
    for (int i = 0; i < strings; i++) {
      ProbeSide side = Sides.of("release " + i);
      sides.add(side);
      schedule.add(side, 0);
    }
    for (int host = 0; host < hosts; host++) {
      schedule.setProber(
          name(host), new TreeMap<>(Map.of(sides.get(host % strings).destination(), "p/t")), 0);
    }
    Deque<Due> due = new ArrayDeque<>();
    Map<String, Integer> perHost = new HashMap<>();
    int asked = 0;
    long now = 0;
    int pairs = strings * strings;
    for (; now < MOST_MILLIS && (schedule.hasWork(now) || !due.isEmpty()); now += TICK) {
      while (!due.isEmpty() && due.getFirst().at() <= now) {
        Question question = due.removeFirst().question();
        boolean conclusive = random.nextInt(100) >= BUSY_PERCENT;
        schedule.take(question.pair(), question.host(), question.number(), conclusive, now);
      }
      for (Question question : schedule.next(now).questions()) {
        asked++;
        perHost.merge(question.host(), 1, Integer::sum);
        if (question.host().hashCode() % 100 >= DEAF_PERCENT) {
          due.add(new Due(now + ANSWERED_AFTER, question));
        }
      }
      while (due.isEmpty() && !schedule.hasWork(now) && isWaiting(schedule, now)) {
        now += TICK;
      }
    }
    int most = perHost.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    System.out.printf(
        "%d strings, %d hosts: %d pairs, %d probes, at most %d of one host, after %d s%n",
        strings, hosts, pairs, asked, most, now / 1000);
    assertThat(schedule.hasWork(now)).isFalse();
    assertThat(asked).isBetween(2 * pairs, 2 * pairs * 11 / 10);
  }

  /** True where a question waits for the end of its back-off. */
  private static boolean isWaiting(ProbeSchedule schedule, long now) {
    return schedule.hasWork(now + 3_600_000);
  }

  private static String name(int host) {
    return "host-%05d".formatted(host);
  }
}
