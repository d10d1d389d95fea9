package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Placement;
import java.util.HashMap;
import java.util.Map;

/**
 * Changes to the fleet on the way from one image to the next. What it costs depends on what they
 * change. One thread.
 */
final class FleetEdit {

  private final PlacementReader reader;
  private FleetImage base;
  private Map<Integer, HostEntry> touched = new HashMap<>();

  FleetEdit(FleetImage base, PlacementReader reader) {
    this.base = base;
    this.reader = reader;
  }

  void place(String host, Placement placement) {
    PlacedHost placed = reader.read(placement);
    // Numbers are given here, where a full dictionary rejects one record.
    placed.pool().ifPresent(base.names()::poolNumber);
    touch(entry(base.names().number(host), host).withPlaced(placed));
  }

  void unplace(String host) {
    int id = base.names().hosts().find(host);
    if (id >= 0) {
      touch(entry(id, host).withPlaced(null));
    }
  }

  /** A mere heartbeat changes nothing. */
  void setCapacity(String host, HostCapacity heartbeat) {
    int id = base.names().number(host);
    ToldCapacities old = entry(id, host).told();
    if (old.epoch() != heartbeat.getEpoch() || !old.capacities().areOf(heartbeat)) {
      tell(id, host, new ToldCapacities(heartbeat.getEpoch(), reader.read(heartbeat)));
    }
  }

  void forgetCapacity(String host) {
    int id = base.names().hosts().find(host);
    if (id >= 0) {
      tell(id, host, ToldCapacities.NONE);
    }
  }

  private void tell(int id, String host, ToldCapacities told) {
    HostEntry old = entry(id, host);
    if (!old.told().equals(told)) {
      touch(old.withTold(told));
    }
  }

  private HostEntry entry(int id, String host) {
    HostEntry pending = touched.get(id);
    if (pending != null) {
      return pending;
    }
    Host old = base.hosts().get(id);
    if (old != null) {
      return HostEntry.of(old);
    }
    ToldCapacities told = base.unplaced().get(id);
    return new HostEntry(id, host, null, told == null ? ToldCapacities.NONE : told);
  }

  private void touch(HostEntry entry) {
    touched.put(entry.id(), entry);
  }

  /** The image after everything so far; the same object where nothing was changed. */
  FleetImage build() {
    if (!touched.isEmpty()) {
      base = new HostChanges(base, touched.values()).build();
      touched = new HashMap<>(); // cleared, it would cost for ever what its largest batch did
    }
    return base;
  }
}
