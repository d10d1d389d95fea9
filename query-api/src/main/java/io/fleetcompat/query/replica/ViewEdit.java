package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.RoaringBitmap;

/**
 * A batch of records on the way from one view to the next. What it costs depends on what the batch
 * changes. One thread, and one edit at a time for all views of a replica.
 *
 * <p>A record without a value (a tombstone) takes away what its key had.
 */
public final class ViewEdit {

  private final PlacementReader reader;
  private IndexView base;
  private Map<Integer, HostEntry> touched = new HashMap<>();
  private Chunks.Editor<ProfileEntry> profiles;
  private Chunks.Editor<Row> rows;
  private Chunks.Editor<Integer> slotByNumber;
  private int profileCount;
  private Rules rules;
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

  public void placement(String host, @Nullable Placement placement) throws BadRecordException {
    if (placement != null && !placement.getHost().equals(host)) {
      throw new BadRecordException(Code.HOST_MISMATCH, host, placement.getHost());
    }
    PlacedHost placed = placement == null ? null : reader.read(placement);
    touch(entry(host).withPlaced(placed));
  }

  /** Returns whether the view changes by it: a mere heartbeat does not change it. */
  public boolean capacity(String host, @Nullable HostCapacity capacity) throws BadRecordException {
    if (capacity != null && !capacity.getHost().equals(host)) {
      throw new BadRecordException(Code.HOST_MISMATCH, host, capacity.getHost());
    }
    Capacities next = capacity == null ? Capacities.NONE : reader.read(capacity.getCapacity());
    HostEntry old = entry(host);
    if (old.capacities().equals(next)) {
      return false;
    }
    touch(old.withCapacities(next));
    return true;
  }

  public void profile(String key, @Nullable ProfileRecord content) throws BadRecordException {
    int slot = slot(key);
    ProfileEntry next = content == null ? null : read(slot, key, content);
    ProfileEntry old = profiles.get(slot);
    if (old != null) {
      profileCount--;
      Integer holder = slotByNumber.get(old.number());
      if (holder != null && holder == slot) {
        slotByNumber.set(old.number(), null);
      }
    }
    if (next != null) {
      profileCount++;
      slotByNumber.set(next.number(), slot);
    }
    profiles.set(slot, next);
    changed = true;
  }

  public void row(String key, @Nullable MatrixRow row) throws BadRecordException {
    int slot = slot(key);
    rows.set(slot, row == null ? null : read(row));
    changed = true;
  }

  private static Row read(MatrixRow row) throws BadRecordException {
    ByteBuffer compatible = row.getCompatibleSources();
    ByteBuffer unknown = row.getUnknownSources();
    boolean firstForm = compatible == null || unknown == null;
    return new Row(
        row.getSource(),
        new Verdicts(bitmap(row.getCompatible()), bitmap(row.getUnknown())),
        firstForm ? null : new Verdicts(bitmap(compatible), bitmap(unknown)));
  }

  public void generation(@Nullable MatrixGeneration generation) {
    rules =
        generation == null
            ? Rules.NONE
            : Rules.of(
                generation.getGeneration(), generation.getRuleSet(), generation.getPolicies());
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
    int id = base.parts().names().hosts().add(host);
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

  private int slot(String key) throws BadRecordException {
    try {
      return base.parts().names().profiles().add(Fingerprint.parse(key));
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(Code.INVALID, "a key of 32 hexadecimal digits", key);
    }
  }

  private static ProfileEntry read(int slot, String key, ProfileRecord content)
      throws BadRecordException {
    try {
      Profile profile = Profile.parse(content.getCanonical());
      if (!profile.fingerprint().toString().equals(key)) {
        throw new BadRecordException(
            Code.INVALID, "the content of " + key, "that of " + profile.fingerprint());
      }
      return new ProfileEntry(
          slot, content.getNumber(), profile, content.getSince().toEpochMilli());
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(Code.INVALID, "a profile's canonical form", "" + e.getMessage());
    }
  }

  private static RoaringBitmap bitmap(ByteBuffer bytes) throws BadRecordException {
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(bytes.duplicate());
      bitmap.validate();
    } catch (IOException | InvalidRoaringFormat | IndexOutOfBoundsException e) {
      throw new BadRecordException(
          Code.INVALID, "a RoaringBitmap in portable form", String.valueOf(e.getMessage()));
    }
    bitmap.runOptimize();
    return bitmap;
  }
}
