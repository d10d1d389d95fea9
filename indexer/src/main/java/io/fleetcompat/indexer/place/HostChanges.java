package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.change.ChangeSink;
import io.fleetcompat.indexer.change.ChangedValues;
import io.fleetcompat.indexer.change.NewChange;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.FormerName;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.Placement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The changes of a partition's hosts, each told before it is stored: then the value of before is
 * still there. The partition's history begins with a record that says so, once and for all. One
 * stream thread.
 */
final class HostChanges {

  private final int partition;
  private final HostStates states;
  private final HistoryNotes notes;
  private final ProfileDifferences differences;
  private final ChangeSink sink;
  private boolean begun;

  HostChanges(ProcessorContext<byte[], byte[]> context, HostStates states) {
    this.partition = context.taskId().partition();
    this.states = states;
    this.notes = new HistoryNotes(context.getStateStore(PlaceNodes.NOTE_STORE));
    this.differences = new ProfileDifferences();
    this.sink = new ChangeSink(context, PlaceNodes.CHANGES);
    this.begun = notes.hasBegun();
  }

  /** Begins the history of the partition, where it has not begun. */
  void begin(long now) {
    if (!begun) {
      begun = true;
      notes.begin();
      sink.send(
          ChangeKey.Kind.HISTORY,
          String.valueOf(partition),
          NewChange.of(ChangeCause.HISTORY_BEGAN),
          Optional.empty(),
          now);
    }
  }

  /** The profiles that hosts of the partition had, as far as changes are told by them. */
  List<Fingerprint> notedProfiles() {
    return notes.profiles();
  }

  /** A change that is put together, and neither told nor stored yet. */
  interface Prepared {
    void tell();
  }

  /** Prepares the change that a newer document of a host makes, if it makes one. */
  Prepared prepare(Optional<Placement> before, PlacedDocument document, long timestamp) {
    Placement after = document.placement();
    String host = after.getHost();
    byte[] software = Codecs.HOST_SOFTWARE.encode(document.software());
    Optional<byte[]> known = notes.software(host);
    boolean same = known.isPresent() && Arrays.equals(known.get(), software);
    NewChange change = compare(before, document);
    if (!same) {
      known
          .flatMap(HistoryNotes::decode)
          .ifPresent(had -> SoftwareChange.add(change, had, document.software()));
    }
    return () -> {
      if (change.isChange()) {
        send(host, change, before, Optional.of(after), timestamp);
      }
      if (!same) {
        notes.putSoftware(host, software);
      }
      keepRenaming(before, after);
      keepContents(known.isEmpty() ? Optional.empty() : before, document);
    };
  }

  private NewChange compare(Optional<Placement> before, PlacedDocument document) {
    Placement after = document.placement();
    NewChange change =
        before
            .map(stored -> PlacementChange.between(stored, after))
            .orElseGet(() -> NewChange.of(ChangeCause.HOST_APPEARED));
    if (before.isEmpty() || !EndpointMoves.areSame(before.get(), after)) {
      EndpointMoves.add(
          change,
          before,
          Optional.of(after),
          way ->
              differences.between(
                  way, notes::content, to -> Optional.ofNullable(document.contents().get(to))));
    }
    renamed(change, before, after);
    return change.saidBy(DocumentVersion.of(after), document.trigger());
  }

  /** A name that the machine had before, and that was not said of it yet. */
  private void renamed(NewChange change, Optional<Placement> before, Placement after) {
    Optional<FormerName> former = FormerName.of(after);
    if (former.isPresent()
        && !former.equals(before.flatMap(FormerName::of))
        && !notes.hasTold(after.getHost(), former.get())) {
      change
          .value("host", former.map(FormerName::name), Optional.of(after.getHost()))
          .cause(ChangeCause.HOST_RENAMED);
    }
  }

  /** A collector may say nothing of a renaming for a while: its host's placement has none then. */
  private void keepRenaming(Optional<Placement> before, Placement after) {
    Optional<FormerName> former = FormerName.of(after);
    if (former.isPresent() && !former.equals(before.flatMap(FormerName::of))) {
      notes.putTold(after.getHost(), former.get());
    }
  }

  /** The contents of profiles that the host had not: who goes from one of them must know it. */
  private void keepContents(Optional<Placement> before, PlacedDocument document) {
    List<FingerprintBytes> had = before.map(Placement::getProfiles).orElse(List.of());
    if (!had.equals(document.placement().getProfiles())) {
      Set<FingerprintBytes> kept = new HashSet<>(had);
      document
          .contents()
          .forEach(
              (profile, canonical) -> {
                if (!kept.contains(new FingerprintBytes(profile.bytes()))) {
                  notes.putContent(profile, canonical);
                }
              });
    }
  }

  /** The partition has no host with these profiles any more. */
  void vanished(List<Fingerprint> profiles) {
    profiles.forEach(notes::removeContent);
  }

  /** A host's placement becomes another, and no document says so. */
  void becomes(Placement before, Placement after, long timestamp) {
    NewChange change = PlacementChange.between(before, after);
    if (change.isChange()) {
      send(after.getHost(), change, Optional.of(before), Optional.of(after), timestamp);
    }
  }

  /** A host is removed. */
  void removed(Placement before, long timestamp) {
    NewChange change = NewChange.of(ChangeCause.HOST_FORGOTTEN);
    EndpointMoves.add(change, Optional.of(before), Optional.empty(), _ -> List.of());
    send(before.getHost(), change, Optional.of(before), Optional.empty(), timestamp);
    notes.removeSoftware(before.getHost());
    notes.removeTold(before.getHost());
  }

  private void send(
      String host,
      NewChange change,
      Optional<Placement> before,
      Optional<Placement> after,
      long timestamp) {
    before.flatMap(PlacementRecord::pool).ifPresent(change::pool);
    after.flatMap(PlacementRecord::pool).ifPresent(change::pool);
    begin(timestamp);
    sink.send(ChangeKey.Kind.HOST, host, change, states.stored(host), timestamp);
  }

  /**
   * The capacity of a host becomes another.
   *
   * @param before the stored capacity, encoded
   * @param had instances by type
   * @param has likewise; none where it is not known any more
   */
  void capacity(
      String host,
      Optional<String> pool,
      byte[] before,
      Map<String, Integer> had,
      Map<String, Integer> has,
      long timestamp) {
    List<ChangedValue> differing = ChangedValues.between("", words(had), words(has));
    NewChange change = NewChange.of(ChangeCause.CAPACITY_CHANGED).values(differing);
    pool.ifPresent(change::pool);
    begin(timestamp);
    sink.send(ChangeKey.Kind.CAPACITY, host, change, Optional.of(before), timestamp);
  }

  private static Map<String, String> words(Map<String, Integer> capacity) {
    Map<String, String> words = new TreeMap<>();
    capacity.forEach((type, instances) -> words.put(type, String.valueOf(instances)));
    return words;
  }
}
