package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.IndexChange.CapacityUnknown;
import io.fleetcompat.query.replica.IndexChange.HostHeard;
import io.fleetcompat.query.replica.IndexChange.HostPlaced;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.query.replica.IndexChange.HostUnplaced;
import io.fleetcompat.query.replica.IndexChange.Nothing;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.query.replica.IndexChange.ProfileKnown;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RowJudged;
import io.fleetcompat.query.replica.IndexChange.RulesChanged;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Placement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch of records on the way from one view to the next. What it costs depends on what the batch
 * changes. One thread, and one edit at a time for all views of a replica.
 */
public final class ViewEdit {

  private final PlacementReader reader;
  private IndexView base;
  private Map<Integer, HostEntry> touched = new HashMap<>();
  private Chunks.Editor<ProfileEntry> profiles;
  private Chunks.Editor<JudgedRow> rows;
  private Chunks.Editor<Integer> slotByNumber;
  private int profileCount;
  private MatrixRules rules;
  private boolean changed;

  public ViewEdit(IndexView base) {
    this.base = base;
    reader = new PlacementReader(base.parts().names().profiles());
    profiles = base.parts().profiles().edit();
    rows = base.parts().rows().edit();
    slotByNumber = base.parts().slotByNumber().edit();
    profileCount = base.profileCount();
    rules = base.rules();
  }

  /** Makes a change. Where it throws, the change was not made. */
  public void replay(IndexChange change) {
    switch (change) {
      case HostPlaced(String host, Placement placement) ->
          touch(entry(host).withPlaced(reader.read(placement)));
      case HostUnplaced(String host) -> {
        if (isKnown(host)) {
          touch(entry(host).withPlaced(null));
        }
      }
      case HostHeard(String host, HostCapacity capacity, long _) ->
          capacities(entry(host), reader.read(capacity.getCapacity()));
      case HostRemoved(String host, long _) -> forgetCapacities(host);
      case CapacityUnknown(String host) -> forgetCapacities(host);
      case ProfileKnown(Fingerprint id, ProfileContent content) -> profile(slot(id), content);
      case ProfileGone(Fingerprint id) -> removeProfile(slot(id));
      case RowJudged(Fingerprint id, JudgedRow row) -> row(slot(id), row);
      case RowGone(Fingerprint id) -> row(slot(id), null);
      case RulesChanged(MatrixRules next) -> rules(next);
      case RulesGone() -> rules(MatrixRules.NONE);
      case Nothing() -> {}
      case Rejected(Removal instead, String _) -> replay(instead);
    }
  }

  private boolean isKnown(String host) {
    return base.parts().names().hosts().find(host) >= 0;
  }

  private void forgetCapacities(String host) {
    if (isKnown(host)) {
      capacities(entry(host), Capacities.NONE);
    }
  }

  /** A mere heartbeat changes nothing. */
  private void capacities(HostEntry old, Capacities next) {
    if (!old.capacities().equals(next)) {
      touch(old.withCapacities(next));
    }
  }

  private void profile(int slot, ProfileContent content) {
    removeProfile(slot);
    profileCount++;
    slotByNumber.set(content.number(), slot);
    profiles.set(
        slot, new ProfileEntry(slot, content.number(), content.profile(), content.since()));
    changed = true;
  }

  private void removeProfile(int slot) {
    ProfileEntry old = profiles.get(slot);
    if (old != null) {
      profileCount--;
      profiles.set(slot, null);
      Integer holder = slotByNumber.get(old.number());
      if (holder != null && holder == slot) {
        slotByNumber.set(old.number(), null);
      }
      changed = true;
    }
  }

  private void row(int slot, @Nullable JudgedRow row) {
    rows.set(slot, row);
    changed = true;
  }

  private void rules(MatrixRules next) {
    rules = next;
    changed = true;
  }

  /** The view after everything so far; the next records come on top of it. */
  public IndexView commit() {
    if (!changed && touched.isEmpty()) {
      return base;
    }
    IndexView.Parts old = base.parts();
    HostChanges hosts = new HostChanges(old, touched.values());
    base =
        new IndexView(
            new IndexView.Parts(
                old.names(),
                hosts.hosts(),
                hosts.unplaced(),
                profiles.build(),
                rows.build(),
                slotByNumber.build(),
                old.names().profiles().size(),
                rules,
                hosts.fleet(),
                hosts.pools(),
                old.endpoints() + hosts.endpointsAdded(),
                profileCount));
    touched = new HashMap<>(); // cleared, it would cost for ever what its largest batch did
    changed = false;
    return base;
  }

  private HostEntry entry(String host) {
    int id = base.parts().names().host(host);
    HostEntry pending = touched.get(id);
    if (pending != null) {
      return pending;
    }
    Host old = base.parts().hosts().get(id);
    if (old != null) {
      return HostEntry.of(old);
    }
    Capacities capacities = base.parts().unplaced().get(id);
    return new HostEntry(id, host, null, capacities == null ? Capacities.NONE : capacities);
  }

  private void touch(HostEntry entry) {
    touched.put(entry.id(), entry);
  }

  private int slot(Fingerprint id) {
    return base.parts().names().profiles().add(id);
  }
}
