package io.fleetcompat.collector;

import io.fleetcompat.collector.publish.HandSender;
import io.fleetcompat.collector.state.SpokenName;
import io.fleetcompat.inventory.HostReading;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** One start of one host's collector: what it announces, without what looks and what sends. */
public final class SimulatedVoice {

  private final Announcer announcer;
  private final long epoch;
  private long sequence;

  public SimulatedVoice(
      String host, String pool, HandSender sender, InstantSource clock, long epoch) {
    this.epoch = epoch;
    CollectorConfig config =
        CollectorConfig.parse(
            Map.of(
                "bootstrap-servers",
                "unused:1",
                "host",
                host,
                "label.pool",
                pool,
                "root",
                Path.of("/").toString()));
    this.announcer =
        new Announcer(config, SpokenName.unkept(host), sender.publisher(), clock, epoch, false);
  }

  /** Says what was read; gives whether a document was made of it. */
  public boolean announce(HostReading reading, boolean refresh) {
    boolean changed = announcer.announce(reading, refresh ? Cause.REFRESH : Cause.HINT);
    if (changed || refresh) {
      sequence++;
    }
    return changed || refresh;
  }

  public void heartbeat() {
    announcer.heartbeat();
  }

  public void fallSilent() {
    announcer.fallSilent();
  }

  public long epoch() {
    return epoch;
  }

  /** The sequence of its newest document. */
  public long sequence() {
    return sequence;
  }
}
