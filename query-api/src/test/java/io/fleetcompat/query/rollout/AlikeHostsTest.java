package io.fleetcompat.query.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.rollout.RolloutProblem.Device;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.WaveTrial.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlikeHostsTest {

  /** The devices of each host: of profile 7 and 8, on the first in that order, then the other. */
  private static final List<Device> DEVICES =
      List.of(device(0, 7), device(0, 8), device(1, 8), device(1, 7), device(2, 7), device(2, 8));

  private final List<Integer> tried = new ArrayList<>();

  private static Device device(int host, int profile) {
    return new Device(host, profile, RolloutProblem.NONE, RolloutProblem.NONE);
  }

  private static Stop host(int card, int room) {
    return new Stop(true, List.of(new Place(7, 7, 7, 7, room, card, false)));
  }

  private static AlikeHosts hosts() {
    IndexedProblem problem =
        new IndexedProblem(
            new RolloutProblem(
                List.of(host(0, 1), host(1, 1), host(2, 3)), DEVICES, (_, _) -> true, 1));
    return new AlikeHosts(problem, KeptHosts.of(problem), new RolloutState(problem));
  }

  /** The second device of the host, whichever it is, has nowhere to go. */
  private Outcome second(int host) {
    tried.add(host);
    return kept(new Block(host, Obstacle.NO_ROOM, List.of(2 * host + 1), 8));
  }

  private static Outcome kept(Block block) {
    return new Outcome.Not(block, true);
  }

  @Test
  void whatKeepsAHostKeepsAnAlikeOneByItsOwnDevice() {
    AlikeHosts hosts = hosts();
    assertThat(hosts.block(0, this::second))
        .contains(new Block(0, Obstacle.NO_ROOM, List.of(1), 8));
    assertThat(hosts.block(1, this::second))
        .as("its device of profile 8 is the other one")
        .contains(new Block(1, Obstacle.NO_ROOM, List.of(2), 8));
    assertThat(tried).containsExactly(0);
  }

  @Test
  void aDeviceElsewhereIsTheSameForAll() {
    AlikeHosts hosts = hosts();
    Block elsewhere = new Block(0, Obstacle.OTHERS_KEPT, List.of(4), 7);
    assertThat(hosts.block(0, _ -> kept(elsewhere))).contains(elsewhere);
    assertThat(hosts.block(1, this::second))
        .contains(new Block(1, Obstacle.OTHERS_KEPT, List.of(4), 7));
  }

  @Test
  void aDeviceOfTheAlikeHostThatKeepsTheFirstIsTheFirstOnesDeviceThatKeepsTheAlikeHost() {
    AlikeHosts hosts = hosts();
    Block other = new Block(0, Obstacle.OTHERS_KEPT, List.of(2), 8);
    assertThat(hosts.block(0, _ -> kept(other))).contains(other);
    assertThat(hosts.block(1, this::second))
        .contains(new Block(1, Obstacle.OTHERS_KEPT, List.of(1), 8));
  }

  @Test
  void whatIsNotCertainIsNotTakenFromAnAlikeHost() {
    AlikeHosts hosts = hosts();
    Block doubtful = new Block(0, Obstacle.OTHERS_KEPT, List.of(4), 7);
    assertThat(hosts.block(0, _ -> new Outcome.Not(doubtful, false))).contains(doubtful);
    assertThat(hosts.block(1, this::second))
        .contains(new Block(1, Obstacle.NO_ROOM, List.of(3), 8));
    assertThat(tried).containsExactly(1);
  }

  @Test
  void aHostWithOtherRoomIsTriedItself() {
    AlikeHosts hosts = hosts();
    assertThat(hosts.block(0, _ -> new Outcome.Done(new RolloutStep(List.of(0), List.of()))))
        .isEmpty();
    assertThat(hosts.block(1, this::second)).isEmpty();
    assertThat(hosts.block(2, this::second)).isPresent();
    assertThat(tried).containsExactly(2);
  }
}
