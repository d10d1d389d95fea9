package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.indexer.PackDirectory.Look;
import io.fleetcompat.indexer.PackDirectory.Texts;
import io.fleetcompat.indexer.PackDirectory.Unreadable;
import io.fleetcompat.indexer.judge.WantedRules;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch over the directory of rule packs. A change counts once two looks in a row saw the same:
 * who is in the middle of writing is not read. What is refused changes nothing but what is said of
 * it.
 *
 * <p>Threads: one of its own.
 */
final class RulesWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  /** A file system that is not mounted looks so: the operator's demands would go with it. */
  private static final String NONE_LEFT =
      "expected at least one rule pack, as before, found an empty directory: start the indexer"
          + " again to go without";

  private final RuleSource source;
  private final WantedRules wanted;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Optional<Look> before = Optional.empty();
  private Optional<Look> taken = Optional.empty();

  RulesWatch(RuleSource source, WantedRules wanted, InstantSource clock) {
    this.source = source;
    this.wanted = wanted;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("rules-watch").unstarted(this::run);
  }

  /** Starts, where rules may change; the metric is there in any case. */
  static RulesWatch start(RuleSource source, WantedRules wanted, MeterRegistry registry) {
    Gauge.builder(
            "fleetcompat.indexer.rules.refused", wanted, w -> w.now().refused().isPresent() ? 1 : 0)
        .description("1 while the rule packs of the directory are refused, and others in force")
        .register(registry);
    RulesWatch watch = new RulesWatch(source, wanted, InstantSource.system());
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
    } catch (RuntimeException | StackOverflowError e) {
      refuse("a fault of ours on reading the rule packs, please report it: " + e);
    }
  }

  /** One look, which takes what it sees if the one before saw the same. */
  void look() {
    Optional<Look> now = Optional.of(source.look());
    boolean steady = now.equals(before);
    before = now;
    if (steady && !now.equals(taken)) {
      taken = now;
      take(now.get());
    }
  }

  private void take(Look look) {
    switch (look) {
      case Unreadable(String problem) -> refuse(problem);
      case Texts texts when texts.packs().isEmpty() && hasOwnPacks() -> refuse(NONE_LEFT);
      case Texts texts -> {
        RuleSet rules;
        try {
          rules = source.parse(texts);
        } catch (IllegalArgumentException e) {
          refuse(String.valueOf(e.getMessage()));
          return;
        }
        accept(rules);
      }
    }
  }

  private boolean hasOwnPacks() {
    return !wanted.now().rules().packs().files().isEmpty();
  }

  private void accept(RuleSet rules) {
    WantedRules.State now = wanted.now();
    if (now.refused().isPresent() || !rules.equals(now.rules())) {
      LOG.info("the rule packs were read anew: the rules are {}", rules);
      wanted.accept(rules);
    }
  }

  private void refuse(String reason) {
    if (wanted.now().refused().map(known -> known.reason().equals(reason)).orElse(false)) {
      return;
    }
    LOG.warn(
        "the rule packs were read anew and are refused, the rules {} stay: {}",
        wanted.now().rules(),
        reason);
    wanted.refuse(reason, clock.instant());
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        LOG.warn("the watch over rule packs did not stop within {}", CLOSE_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
