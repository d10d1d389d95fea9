package io.fleetcompat.query.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The counts of what became of alerts that were sent to one Alertmanager. Any thread. */
final class AlertmanagerCounts {

  private static final String NAME = "fleetcompat.query.alertmanager.";

  private final Counter taken;
  private final Counter refused;
  private final Counter failed;

  AlertmanagerCounts(MeterRegistry registry, String member) {
    this.taken =
        Counter.builder(NAME + "alerts.sent")
            .description("Alerts that an Alertmanager took, each time that they were sent")
            .tag("member", member)
            .register(registry);
    this.refused =
        Counter.builder(NAME + "alerts.refused")
            .description("Alerts that an Alertmanager refused; the log names them")
            .tag("member", member)
            .register(registry);
    this.failed =
        Counter.builder(NAME + "requests.failed")
            .description("Requests to an Alertmanager that failed, and are tried again")
            .tag("member", member)
            .register(registry);
  }

  void taken(int alerts) {
    taken.increment(alerts);
  }

  void refused() {
    refused.increment();
  }

  void failed() {
    failed.increment();
  }
}
