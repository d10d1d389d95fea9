package io.fleetcompat.collector.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The publisher's meters. */
record PublisherMetrics(Counter sent, Counter bytes, Counter failures, Counter refused) {

  static PublisherMetrics of(MeterRegistry registry, Outbox outbox) {
    Gauge.builder("fleetcompat.collector.unsent.records", outbox, Outbox::size)
        .description("Records that Kafka does not have yet")
        .register(registry);
    return new PublisherMetrics(
        counter(registry, "sent.records", "Records that Kafka has"),
        counter(registry, "sent.bytes", "Bytes of those records, before compression"),
        counter(registry, "send.failures", "Sends that failed and are tried again"),
        counter(registry, "refused.records", "Records that are too large for their topic"));
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("fleetcompat.collector." + name)
        .description(description)
        .register(registry);
  }
}
