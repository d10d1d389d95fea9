package io.fleetcompat.query.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.rollout.RolloutProblem.Device;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import io.fleetcompat.query.rollout.RolloutResult.Blocked;
import io.fleetcompat.query.rollout.RolloutResult.Found;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.RolloutResult.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders in which hosts can be changed, played move by move and held to trying everything. */
class RolloutSearchTest {

  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anOrderCanBePlayedAndWhereNoneIsSaidToBeThereIsNone(long seed, TestReporter reporter) {
    Random random = new Random(seed);
    int possible = 0;
    int found = 0;
    int certain = 0;
    int impossible = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RolloutProblem problem = problem(random);
      NaiveRollout naive = new NaiveRollout(problem);
      boolean is = naive.isPossible();
      String where = "seed %d, round %d: %s".formatted(seed, round, problem);
      possible += is ? 1 : 0;
      impossible += is ? 0 : 1;
      switch (RolloutSearch.of(problem, () -> {})) {
        case Found(List<RolloutStep> steps) -> {
          found++;
          assertThat(naive.play(steps)).as(where).isEmpty();
          assertThat(is).as(where).isTrue();
        }
        case Blocked blocked -> {
          assertThat(blocked.blocks()).as(where).isNotEmpty();
          if (blocked.certain()) {
            certain++;
            assertThat(is).as(where).isFalse();
          }
        }
      }
    }
    String share =
        "seed %d: %d of %d orders found, %d of %d told to be impossible"
            .formatted(seed, found, possible, certain, impossible);
    reporter.publishEntry("orders", share);
    assertThat(possible).as(share).isGreaterThan(ROUNDS / 5);
    assertThat(impossible).as(share).isGreaterThan(ROUNDS / 5);
    assertThat(found).as(share).isGreaterThanOrEqualTo(possible * 92 / 100);
    assertThat(certain).as(share).isGreaterThanOrEqualTo(impossible * 50 / 100);
  }

  private static RolloutProblem problem(Random random) {
    int profiles = 4;
    boolean[][] ways = new boolean[profiles][profiles];
    for (int from = 0; from < profiles; from++) {
      for (int to = 0; to < profiles; to++) {
        ways[from][to] = from == to ? random.nextInt(8) > 0 : random.nextInt(5) > 1;
      }
    }
    List<Stop> hosts = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int host = 0; host < count; host++) {
      boolean changes = random.nextInt(5) > 0;
      List<Place> places = new ArrayList<>();
      for (int place = 1 + random.nextInt(2); place > 0; place--) {
        int before = random.nextInt(2);
        int after = changes ? 2 + random.nextInt(2) : before;
        places.add(
            new Place(
                before,
                after,
                before,
                after,
                random.nextInt(3),
                host * 10 + random.nextInt(2),
                false));
      }
      hosts.add(new Stop(changes, places));
      for (int device = random.nextInt(3); device > 0 && devices.size() < 4; device--) {
        int of = random.nextInt(places.size());
        devices.add(
            new Device(
                host,
                places.get(of).before(),
                RolloutProblem.NONE,
                random.nextInt(4) == 0 ? RolloutProblem.NONE : of));
      }
    }
    return new RolloutProblem(hosts, devices, (from, to) -> ways[from][to], random.nextInt(3));
  }

  /** Hosts that all change from profile 0 to profile 1, each with a device and room for more. */
  private static RolloutProblem alike(int hosts, int room, int keep, boolean back, boolean forth) {
    List<Stop> stops = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      stops.add(new Stop(true, List.of(new Place(0, 1, 0, 1, room, host, false))));
      devices.add(new Device(host, 0, RolloutProblem.NONE, 0));
    }
    return new RolloutProblem(
        stops, devices, (from, to) -> from == to || (from == 0 ? forth : back), keep);
  }

  @Test
  void manyGoAtOnceWhereThereIsRoom() {
    RolloutResult result = RolloutSearch.of(alike(10, 1, 1, true, true), () -> {});
    assertThat(result).isInstanceOf(Found.class);
    assertThat(result.steps().getFirst().hosts()).hasSizeGreaterThan(3);
    assertThat(new NaiveRollout(alike(10, 1, 1, true, true)).play(result.steps())).isEmpty();
  }

  @Test
  void aCardThatHasReceivedADeviceOfOneTypeTakesNoneOfAnother() {
    Stop one = new Stop(true, List.of(new Place(0, 0, 0, 0, 0, 0, false)));
    Stop other = new Stop(true, List.of(new Place(1, 1, 1, 1, 0, 1, false)));
    List<Device> devices =
        List.of(
            new Device(0, 0, RolloutProblem.NONE, RolloutProblem.NONE),
            new Device(1, 1, RolloutProblem.NONE, RolloutProblem.NONE));
    RolloutProblem.Ways same = (from, to) -> from == to;
    List<RolloutResult> results = new ArrayList<>();
    for (int secondCard = 2; secondCard <= 3; secondCard++) {
      Stop spare =
          new Stop(
              false,
              List.of(
                  new Place(0, 0, 0, 0, 1, 2, false), new Place(1, 1, 1, 1, 1, secondCard, false)));
      results.add(
          RolloutSearch.of(
              new RolloutProblem(List.of(one, other, spare), devices, same, 0), () -> {}));
    }
    assertThat(results.getFirst()).isInstanceOf(Blocked.class);
    assertThat(results.getLast()).isInstanceOf(Found.class);
  }

  @Test
  void whatCannotGoToTheChangedSideBlocksTheLastHost() {
    RolloutResult result = RolloutSearch.of(alike(4, 8, 1, false, false), () -> {});
    assertThat(result)
        .isInstanceOfSatisfying(
            Blocked.class,
            blocked -> {
              assertThat(blocked.certain()).isTrue();
              assertThat(blocked.when()).isEqualTo(When.LAST);
              assertThat(blocked.blocks()).hasSize(4);
              assertThat(blocked.blocks().stream().flatMap(block -> block.devices().stream()))
                  .as("one device is enough: it has no place whichever host is the last one")
                  .containsOnly(0);
            });
  }

  @Test
  void aHostThatHoldsMoreThanTheOthersHaveRoomForCanNeverBeEmptied() {
    List<Stop> stops = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    for (int host = 0; host < 3; host++) {
      int room = host == 0 ? 3 : 1;
      stops.add(new Stop(true, List.of(new Place(0, 1, 0, 1, room, host, false))));
      for (int device = host == 0 ? 2 : 1; device > 0; device--) {
        devices.add(new Device(host, 0, RolloutProblem.NONE, 0));
      }
    }
    RolloutProblem one = new RolloutProblem(stops, devices, (_, _) -> true, 1);
    assertThat(RolloutSearch.of(one, () -> {}))
        .isInstanceOfSatisfying(
            Blocked.class,
            blocked -> {
              assertThat(blocked.certain()).isTrue();
              assertThat(blocked.when()).isEqualTo(When.ANY_TIME);
              assertThat(blocked.blocks())
                  .singleElement()
                  .satisfies(
                      block -> {
                        assertThat(block.host()).isZero();
                        assertThat(block.obstacle()).isEqualTo(Obstacle.ROOM_ELSEWHERE);
                        assertThat(block.devices()).containsExactly(0, 1);
                      });
            });
    RolloutProblem none = new RolloutProblem(stops, devices, (_, _) -> true, 0);
    assertThat(RolloutSearch.of(none, () -> {})).isInstanceOf(Found.class);
  }

  @Test
  void whatIsUnknownProvesNothing() {
    RolloutProblem known = alike(4, 8, 1, false, false);
    RolloutProblem.Ways unknown =
        new RolloutProblem.Ways() {
          @Override
          public boolean isCompatible(int source, int destination) {
            return source == destination;
          }

          @Override
          public boolean isPossible(int source, int destination) {
            return true;
          }
        };
    assertUnknown(new RolloutProblem(known.hosts(), known.devices(), unknown, 1));
    assertUnknown(alike(4, -1, 0, true, true));
    assertThat(RolloutSearch.of(alike(4, 0, 0, true, true), () -> {}))
        .isInstanceOfSatisfying(Blocked.class, found -> assertThat(found.certain()).isTrue());
  }

  private static void assertUnknown(RolloutProblem problem) {
    assertThat(RolloutSearch.of(problem, () -> {}))
        .isInstanceOfSatisfying(
            Blocked.class,
            blocked -> {
              assertThat(blocked.certain()).isFalse();
              assertThat(blocked.unknown()).isTrue();
              assertThat(blocked.blocks()).hasSize(4);
            });
  }

  @Test
  void aSearchThatHasSpentItsBoundEndsAtOnceWithTheFurthestOrder() {
    List<Stop> stops = new ArrayList<>();
    int hosts = 300;
    for (int host = 0; host < hosts; host++) {
      int type = host % 2;
      stops.add(new Stop(true, List.of(new Place(type, type, type, type, 0, host, false))));
    }
    stops.add(
        new Stop(
            false,
            List.of(
                new Place(0, 0, 0, 0, 1, hosts, false), new Place(1, 1, 1, 1, 1, hosts, false))));
    List<Device> devices =
        List.of(new Device(0, 0, RolloutProblem.NONE, 0), new Device(1, 1, RolloutProblem.NONE, 0));
    AtomicInteger trials = new AtomicInteger();
    RolloutResult result =
        RolloutSearch.of(
            new RolloutProblem(stops, devices, (from, to) -> from == to, 0),
            trials::incrementAndGet);
    assertThat(result)
        .isInstanceOfSatisfying(
            Blocked.class,
            blocked -> {
              assertThat(blocked.certain()).isFalse();
              assertThat(blocked.blocks()).isNotEmpty();
            });
    assertThat(result.steps().stream().mapToInt(step -> step.hosts().size()).sum())
        .isEqualTo(hosts - 1);
    assertThat(trials.get()).isLessThan(20_000);
  }

  @Test
  void twoHostsCannotKeepOneWhileOneIsOut() {
    assertThat(RolloutSearch.of(alike(2, 8, 1, true, true), () -> {}))
        .isInstanceOfSatisfying(
            Blocked.class,
            blocked -> {
              assertThat(blocked.certain()).isTrue();
              assertThat(blocked.blocks())
                  .allSatisfy(
                      block -> assertThat(block.obstacle()).isEqualTo(Obstacle.OTHERS_KEPT));
            });
    assertThat(RolloutSearch.of(alike(2, 8, 0, true, true), () -> {})).isInstanceOf(Found.class);
  }

  @Test
  void devicesThatMayBeUnusedArePlacesOfLastResort() {
    List<Stop> stops = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    for (int host = 0; host < 4; host++) {
      stops.add(new Stop(true, List.of(new Place(0, 1, 0, 1, 1, host, true))));
      devices.add(new Device(host, 0, 0, RolloutProblem.NONE));
    }
    RolloutProblem problem = new RolloutProblem(stops, devices, (_, _) -> true, 1);
    RolloutResult result = RolloutSearch.of(problem, () -> {});
    assertThat(result).isInstanceOf(Found.class);
    assertThat(result.steps().getFirst().moves())
        .isNotEmpty()
        .allMatch(RolloutStep.Move::mayBeInUse);
  }
}
