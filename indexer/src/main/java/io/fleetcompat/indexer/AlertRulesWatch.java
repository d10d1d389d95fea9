package io.fleetcompat.indexer;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.indexer.alert.WantedAlertRules;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch over the file of alert rules. A change counts once two looks in a row saw the same; what
 * is refused changes nothing but the metric, and is said once.
 *
 * <p>Threads: one of its own.
 */
final class AlertRulesWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlertRulesWatch.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private final AlertRuleSource source;
  private final WantedAlertRules wanted;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Optional<String> before = Optional.empty();
  private Optional<String> taken = Optional.empty();
  private volatile Optional<String> refused = Optional.empty();

  AlertRulesWatch(AlertRuleSource source, WantedAlertRules wanted) {
    this.source = source;
    this.wanted = wanted;
    this.thread = Thread.ofPlatform().daemon().name("alert-rules-watch").unstarted(this::run);
  }

  /** Starts, where rules may change; the metric is there in any case. */
  static AlertRulesWatch start(
      AlertRuleSource source, WantedAlertRules wanted, MeterRegistry registry) {
    AlertRulesWatch watch = new AlertRulesWatch(source, wanted);
    Gauge.builder(
            "fleetcompat.indexer.alert.rules.refused",
            watch,
            each -> each.refused().isPresent() ? 1 : 0)
        .description("1 while the file of alert rules is refused, and those before it count")
        .register(registry);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (source.isReloaded()
          && !closed.await(source.reloadEvery().toNanos(), TimeUnit.NANOSECONDS)) {
        lookWithCare();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever a file makes of our own code: the rules before it stay, and the next look comes. */
  @SuppressWarnings("IllegalCatch")
  private void lookWithCare() {
    try {
      look();
    } catch (IllegalArgumentException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      refuse("a fault of ours on reading the alert rules, please report it: " + e);
    }
  }

  /**
   * One look, which takes what it sees if the one before saw the same.
   *
   * @throws IllegalArgumentException for what is refused
   */
  void look() {
    Optional<String> now = Optional.of(source.text());
    boolean steady = now.equals(before);
    before = now;
    if (steady && !now.equals(taken)) {
      AlertRules rules = source.parse(now.get());
      taken = now;
      refused = Optional.empty();
      if (!rules.equals(wanted.now())) {
        LOG.info("the alert rules were read anew: there are {}", rules.rules().size());
        wanted.set(rules);
      }
    } else if (now.equals(taken)) {
      refused = Optional.empty();
    }
  }

  private void refuse(String reason) {
    if (!refused.equals(Optional.of(reason))) {
      LOG.warn("the alert rules were read anew and are refused, those before stay: {}", reason);
      refused = Optional.of(reason);
    }
  }

  /** The reason why the file is refused; asked by any thread. */
  Optional<String> refused() {
    return refused;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        LOG.warn("the watch over alert rules did not stop within {}", CLOSE_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
