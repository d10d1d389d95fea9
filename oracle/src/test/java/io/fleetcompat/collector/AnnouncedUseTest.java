package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.publish.HandSender;
import io.fleetcompat.collector.state.SpokenName;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which devices are in use, as the heartbeats of a collector tell it. */
class AnnouncedUseTest {

  private static final Topics TOPICS = new Topics("", 1, (short) 1);
  private static final Map<String, Boolean> USES =
      Map.of("0000:3b:00.4", true, "0000:3b:00.5", false);

  private final HandSender sender =
      new HandSender(TOPICS, HostKeys.none(), new SimpleMeterRegistry());
  private final Announcer announcer =
      new Announcer(
          CollectorConfig.parse(Map.of("bootstrap-servers", "unused:1", "host", "h", "root", "/")),
          SpokenName.unkept("h"),
          sender.publisher(),
          () -> Instant.EPOCH,
          1,
          false);

  private static HostReading reading(String kernel) {
    return new HostReading(
        Optional.of(kernel), List.of(), Attributes.NONE, List.of(), List.of(), Map.of(), List.of());
  }

  @BeforeEach
  void start() throws Exception {
    announcer.announce(reading("6.18"), Cause.START);
    assertThat(heartbeats())
        .singleElement()
        .satisfies(first -> assertThat(first.getInUse()).isEmpty());
  }

  /** The heartbeats since this was last asked. */
  private List<HostCapacity> heartbeats() throws Exception {
    List<HostCapacity> heartbeats = new ArrayList<>();
    for (Optional<HandSender.Sent> sent = sender.take(); sent.isPresent(); sent = sender.take()) {
      if (sent.get().topic().equals(TOPICS.hostCapacity().name())) {
        heartbeats.add(Codecs.HOST_CAPACITY.decode(sent.get().value()));
      }
      sender.arrived(sent.get());
    }
    return heartbeats;
  }

  @Test
  void whatChangesIsToldAtOnceAndThenWithEachHeartbeat() throws Exception {
    announcer.announceUse(new TreeMap<>(USES));
    assertThat(heartbeats()).extracting(HostCapacity::getInUse).containsExactly(USES);
    announcer.announceUse(new TreeMap<>(USES));
    assertThat(heartbeats()).as("nothing new").isEmpty();
    announcer.heartbeat();
    assertThat(heartbeats()).extracting(HostCapacity::getInUse).containsExactly(USES);
  }

  @Test
  void afterAnotherDocumentNothingIsFreeUntilTheNextLook() throws Exception {
    announcer.announceUse(new TreeMap<>(USES));
    heartbeats();
    announcer.announce(reading("6.19"), Cause.SCAN);
    assertThat(heartbeats())
        .extracting(HostCapacity::getInUse)
        .containsExactly(Map.of("0000:3b:00.4", true));
    announcer.announce(reading("6.19"), Cause.REFRESH);
    announcer.announceUse(new TreeMap<>(USES));
    assertThat(heartbeats().getLast().getInUse()).isEqualTo(USES);
  }
}
