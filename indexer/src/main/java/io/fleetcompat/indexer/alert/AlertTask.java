package io.fleetcompat.indexer.alert;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.alerts.AlertSteps;
import io.fleetcompat.alerts.Silence;
import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The alerts while the task runs. An alert is looked at when the health of its pool changes, when
 * rules or silences do, and every second while time alone may change it. One stream thread; the
 * counts are read by any.
 */
final class AlertTask {

  /** The longest that one tick may work: the task must commit, and answer the group, in between. */
  private static final Duration TICK_BUDGET = Duration.ofMillis(100);

  private final AlertStores stores;
  private final TopicSink<AlertKey> sink;
  private final WantedAlertRules wanted;
  private AlertRules rules;
  private AlertSteps steps;
  private List<Silence> silences;

  /** All alerts that are told, by pool, and of each when time alone may change it. */
  private final Map<String, Map<AlertKey, Told>> told = new HashMap<>();

  /** The pools of which every rule is to be looked at, since rules or silences are others. */
  private final Set<String> waiting = new LinkedHashSet<>();

  private final Map<AlertState, AtomicInteger> counts = new EnumMap<>(AlertState.class);

  /**
   * @param due when time alone may change it, in milliseconds
   */
  private record Told(AlertState state, long due) {}

  private AlertTask(AlertStores stores, TopicSink<AlertKey> sink, WantedAlertRules wanted) {
    this.stores = stores;
    this.sink = sink;
    this.wanted = wanted;
    this.rules = wanted.now();
    this.steps = new AlertSteps(rules);
    this.silences = List.of();
    for (AlertState state : AlertState.values()) {
      counts.put(state, new AtomicInteger());
    }
  }

  /** Takes up what is stored; the rules may be others than before, so every pool is looked at. */
  static AlertTask load(AlertStores stores, TopicSink<AlertKey> sink, WantedAlertRules wanted) {
    AlertTask task = new AlertTask(stores, sink, wanted);
    stores.forEachAlert((key, alert) -> task.put(key, task.told(alert)));
    task.wakeAll();
    return task;
  }

  /** Takes up an alert as it was told, unless another was told since it was lost. */
  void restore(AlertKey key, Optional<AlertRecord> alert) {
    if (stores.alert(key).isEmpty()) {
      alert.ifPresentOrElse(
          found -> {
            stores.putAlert(key, found);
            put(key, told(found));
            waiting.add(key.pool());
          },
          () -> stores.removeAlert(key));
    }
  }

  private void wakeAll() {
    stores.forEachPool(waiting::add);
    waiting.addAll(told.keySet());
  }

  /** Takes the health of a pool; empty where no host is in it any more. */
  void health(String pool, Optional<PoolHealthRecord> health, long now) {
    health.ifPresentOrElse(stores::putHealth, () -> stores.removeHealth(pool));
    look(pool, now);
  }

  /** Looks at what time may have changed, and at as many other pools as there is time for. */
  void tick(long now) {
    if (!rules.equals(wanted.now())) {
      rules = wanted.now();
      steps = new AlertSteps(rules);
      wakeAll();
    }
    List<Silence> current = rules.silencesAt(Instant.ofEpochMilli(now));
    if (!current.equals(silences)) {
      silences = current;
      waiting.addAll(told.keySet());
    }
    long end = System.nanoTime() + TICK_BUDGET.toNanos();
    for (String pool : List.copyOf(waiting)) {
      look(pool, now);
      waiting.remove(pool);
      if (System.nanoTime() > end) {
        break;
      }
    }
    for (String pool : List.copyOf(told.keySet())) {
      if (System.nanoTime() > end) {
        break; // the others in the next tick
      }
      List<AlertKey> due =
          told.getOrDefault(pool, Map.of()).entrySet().stream()
              .filter(each -> each.getValue().due() <= now)
              .map(Map.Entry::getKey)
              .toList();
      if (!due.isEmpty()) {
        step(pool, due, now);
      }
    }
  }

  /** Looks at all rules of a pool, and at alerts of rules that are gone. */
  private void look(String pool, long now) {
    Set<AlertKey> keys = new LinkedHashSet<>();
    steps.names().forEach(name -> keys.add(new AlertKey(name, pool)));
    keys.addAll(told.getOrDefault(pool, Map.of()).keySet());
    step(pool, keys, now);
  }

  private void step(String pool, Collection<AlertKey> keys, long now) {
    Optional<PoolHealthRecord> health = stores.health(pool);
    for (AlertKey key : keys) {
      Optional<AlertRecord> before = stores.alert(key);
      Optional<AlertRecord> after = steps.next(key, before, health, Instant.ofEpochMilli(now));
      if (!after.equals(before)) {
        tell(key, after, now);
      } else {
        after.ifPresent(
            alert -> put(key, told(alert))); // by other rules it may be due at another time
      }
    }
  }

  private void tell(AlertKey key, Optional<AlertRecord> alert, long now) {
    if (alert.isPresent()) {
      put(key, told(alert.get()));
      sink.send(key, stores.putAlert(key, alert.get()), now);
    } else {
      remove(key);
      stores.removeAlert(key);
      sink.send(key, null, now);
    }
  }

  private void remove(AlertKey key) {
    Map<AlertKey, Told> of = told.getOrDefault(key.pool(), Map.of());
    if (of.containsKey(key)) {
      count(Optional.ofNullable(of.remove(key)), -1);
    }
    if (of.isEmpty()) {
      told.remove(key.pool());
    }
  }

  private Told told(AlertRecord alert) {
    return new Told(
        alert.getState(), steps.due(alert).map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
  }

  private void put(AlertKey key, Told alert) {
    Map<AlertKey, Told> of = told.computeIfAbsent(key.pool(), _ -> new HashMap<>());
    count(Optional.ofNullable(of.put(key, alert)), -1);
    count(Optional.of(alert), 1);
  }

  private void count(Optional<Told> alert, int more) {
    alert.ifPresent(one -> Objects.requireNonNull(counts.get(one.state())).addAndGet(more));
  }

  /** The number of alerts in a state; asked by any thread. */
  int count(AlertState state) {
    return Objects.requireNonNull(counts.get(state)).get();
  }
}
