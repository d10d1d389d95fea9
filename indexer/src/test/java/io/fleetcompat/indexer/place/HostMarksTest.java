package io.fleetcompat.indexer.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.schemas.BadRecordException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The memory of hosts' marks does not grow by names that somebody invents. */
class HostMarksTest {

  private static final int INVENTED = 1_000;
  private static final String TOPIC = "host-capacity";

  private final FleetKey fleet = FleetKey.random(new SecureRandom());
  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private final HostMarks marks = marks();

  private HostMarks marks() {
    for (String name : List.of(PlaceNodes.KEY_STORE, PlaceNodes.MARK_STORE)) {
      KeyValueStore<String, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
    }
    Rejection rejection = new Rejection(new IndexerMetrics(new SimpleMeterRegistry()));
    return HostMarks.load(
        context,
        Optional.of(fleet),
        new UnreadableEntries(context, PlaceNodes.REJECTED, rejection),
        _ -> {});
  }

  private static Record<byte[], byte[]> record(String host, Optional<HostKey> by) {
    byte[] name = host.getBytes(UTF_8);
    HostRecord sent = new HostRecord(TOPIC, name, name);
    Header[] headers =
        by.map(key -> new Header[] {key.markHeartbeat(sent, 1, 1)}).orElseGet(() -> new Header[0]);
    return new Record<>(name, name, 0, new RecordHeaders(headers));
  }

  @Test
  void namesThatSomebodyInventsAreNotKept() throws BadRecordException {
    HostKey own = fleet.host("own", 1);
    marks.register("own", Optional.of(Generations.NONE.rotated().record(Instant.EPOCH, "")));
    marks.heartbeat("own", record("own", Optional.of(own)), TOPIC, 0);
    for (int i = 0; i < INVENTED; i++) {
      String invented = "invented-" + i;
      refuse(invented, record(invented, Optional.empty()));
      refuse(invented, record(invented, Optional.of(own)));
    }
    assertThat(marks.kept()).isOne();
  }

  /** All that the indexer asks of a host on the way of its records. */
  private void refuse(String host, Record<byte[], byte[]> record) {
    assertThat(marks.generation(host)).isZero();
    assertThat(marks.hasKey(host)).isFalse();
    assertThatThrownBy(() -> marks.heartbeat(host, record, TOPIC, 0))
        .isInstanceOf(BadRecordException.class);
    assertThatThrownBy(() -> marks.document(host, record, TOPIC))
        .isInstanceOf(BadRecordException.class);
    assertThat(marks.isEarly(host)).isFalse();
    assertThat(marks.wasEarly(host)).isFalse();
  }

  @Test
  void aHostWhoseKeyIsNotRegisteredYetIsKeptUntilItIs() throws BadRecordException {
    Record<byte[], byte[]> early = record("own", Optional.of(fleet.host("own", 1)));
    refuseEarly(early);
    refuseEarly(early);
    assertThat(marks.kept()).isOne();
    marks.register("own", Optional.of(Generations.NONE.rotated().record(Instant.EPOCH, "")));
    assertThat(marks.wasEarly("own")).isTrue();
    assertThat(marks.isEarly("own")).isFalse();
    assertThat(marks.heartbeat("own", early, TOPIC, 0)).isEqualTo(HostMarks.Order.NEWER);
    assertThat(marks.kept()).isOne();
  }

  private void refuseEarly(Record<byte[], byte[]> record) {
    assertThatThrownBy(() -> marks.heartbeat("own", record, TOPIC, 0))
        .isInstanceOf(BadRecordException.class);
    assertThat(marks.isEarly("own")).isTrue();
  }
}
