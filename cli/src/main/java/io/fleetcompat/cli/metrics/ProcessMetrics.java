package io.fleetcompat.cli.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;

/**
 * The metrics that a process has whatever it does: {@code jvm_*} and {@code process_*} under the
 * names of Prometheus's own client, and {@code fleetcompat_build_info}.
 */
public final class ProcessMetrics {

  private ProcessMetrics() {}

  /** A registry that has them, for the meters of the parts of a process. Its maker closes it. */
  public static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new KafkaIds());
    JvmMetrics.builder().register(registry.getPrometheusRegistry());
    Build build = Build.running();
    Gauge.builder("fleetcompat.build.info", () -> 1)
        .description("1; its labels say what was built")
        .tag("version", build.version())
        .tag("revision", build.revision())
        .register(registry);
    return registry;
  }
}
