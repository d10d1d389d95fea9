package io.fleetcompat.oracle.simulated;

import io.fleetcompat.collector.publish.HandSender;
import io.fleetcompat.schemas.RecordKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * The way between collectors and Kafka: what is on it may be lost, doubled and late. One thread.
 */
final class Network {

  /** Longest that a record may be on its way to Kafka. */
  static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

  private final FakeLog log;
  private final LongSupplier clock;
  private final Arrivals arrivals;
  private final List<OnItsWay> onItsWay = new ArrayList<>();

  /** Those of collectors that have removed their host, and say so. */
  private final List<HandSender> leaving = new ArrayList<>();

  /**
   * A record between a collector and Kafka.
   *
   * @param from whom it is told what became of it; nobody where that has ended
   */
  private record OnItsWay(HandSender from, HandSender.Sent sent, long since) {}

  /** A listener that hears of records that have arrived. */
  interface Arrivals {
    void arrived(HandSender.Sent sent, long offset);
  }

  Network(FakeLog log, LongSupplier clock, Arrivals arrivals) {
    this.arrivals = arrivals;
    this.log = log;
    this.clock = clock;
  }

  /** One of the host's collectors hands over what it has; nothing is lost yet. */
  void send(SimulatedHost host, SplittableRandom random) {
    List<HandSender> senders = new ArrayList<>(leaving);
    host.collectors().forEach(collector -> senders.add(collector.sender()));
    if (!senders.isEmpty()) {
      HandSender sender = senders.get(random.nextInt(senders.size()));
      sender.take().ifPresent(sent -> onItsWay.add(new OnItsWay(sender, sent, clock.getAsLong())));
    }
  }

  /** Any record may arrive next, with or without its answer, or never. */
  void deliver(SplittableRandom random) {
    if (onItsWay.isEmpty()) {
      return;
    }
    OnItsWay next = onItsWay.remove(random.nextInt(onItsWay.size()));
    int fate = random.nextInt(20);
    if (fate > 0) {
      append(next.sent);
    }
    if (fate > 1) {
      next.from.arrived(next.sent);
    } else {
      next.from.failed(next.sent);
    }
  }

  private void append(HandSender.Sent sent) {
    byte[] key = RecordKeys.HOST.encode(sent.host());
    arrivals.arrived(
        sent, log.append(sent.topic(), key, sent.value(), clock.getAsLong(), Origin.of(sent)));
  }

  /** Gives up what has been on its way for too long. */
  void giveUpLate() {
    long now = clock.getAsLong();
    List<OnItsWay> late =
        onItsWay.stream().filter(each -> now - each.since > ON_ITS_WAY.toMillis()).toList();
    onItsWay.removeAll(late);
    late.forEach(each -> each.from.failed(each.sent));
  }

  /** A collector removes its host, and ends. */
  void remove(SimulatedHost host) {
    if (!host.collectors().isEmpty()) {
      SimulatedHost.Collector last = host.collectors().getLast();
      leaving.add(last.sender());
      host.remove(clock.getAsLong());
      last.sender().publisher().remove(host.name(), last.voice().epoch());
    }
  }

  /** Nothing is lost any more: what is on its way, and what collectors had left, arrives. */
  long heal() {
    onItsWay.forEach(each -> each.from.failed(each.sent));
    onItsWay.clear();
    long sent = leaving.stream().mapToLong(this::sendAll).sum();
    leaving.clear();
    return sent;
  }

  /** Sends all that a collector has; gives how many records. */
  long sendAll(HandSender sender) {
    long count = 0;
    for (var next = sender.take(); next.isPresent(); next = sender.take()) {
      count++;
      append(next.get());
      sender.arrived(next.get());
    }
    return count;
  }
}
