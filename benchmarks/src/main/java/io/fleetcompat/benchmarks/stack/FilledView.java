package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ExtentRecord;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/** A fleet's index put straight into a view, without Kafka and without the indexer. One thread. */
final class FilledView {

  private static final int BATCH = 5000;

  private final Judge judge = new Judge(Set.of());
  private final Map<Fingerprint, Profile> profiles = new LinkedHashMap<>();
  private final ViewEdit edit;

  private FilledView(IndexView empty) {
    edit = new ViewEdit(empty);
  }

  /** The next view of an empty one, with all of the fleet and its whole matrix. */
  static IndexView of(IndexView empty, SyntheticFleet fleet) throws BadRecordException {
    FilledView filled = new FilledView(empty);
    Instant now = Instant.now();
    for (int host = 0; host < fleet.hosts(); host++) {
      HostInventory document = fleet.document(host, SyntheticFleet.release(host), 1, now);
      filled.edit.replay(IndexChange.placed(document.getHost(), filled.placement(document)));
      filled.edit.replay(
          IndexChange.heard(document.getHost(), fleet.capacity(host, 1, now), now.toEpochMilli()));
      if (host % BATCH == BATCH - 1) {
        filled.edit.commit();
      }
    }
    filled.matrix();
    return filled.edit.commit();
  }

  private Placement placement(HostInventory document) {
    List<Endpoint> endpoints = InventoryDocument.endpoints(document);
    List<Profile> each = endpoints.stream().map(Profile::of).toList();
    each.forEach(profile -> profiles.putIfAbsent(profile.fingerprint(), profile));
    List<Fingerprint> distinct =
        List.copyOf(new TreeSet<>(each.stream().map(Profile::fingerprint).toList()));
    List<PlacedEndpoint> placed = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      placed.add(
          new PlacedEndpoint(
              endpoints.get(i).name().toString(),
              EndpointEntryKind.valueOf(endpoints.get(i).kind().name()),
              distinct.indexOf(each.get(i).fingerprint()),
              ObligationValues.of(endpoints.get(i))));
    }
    return new Placement(
        document.getHost(),
        document.getEpoch(),
        document.getSequence(),
        document.getObservedAt(),
        document.getLabels(),
        document.getKernel(),
        Liveness.FRESH,
        0,
        0L,
        distinct.stream().map(f -> new FingerprintBytes(f.bytes())).toList(),
        placed,
        List.of(),
        -1,
        List.of(),
        ExtentRecord.whole(),
        List.of(),
        Map.of(),
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  private void matrix() throws BadRecordException {
    List<Profile> numbered = List.copyOf(profiles.values());
    String ruleSet = judge.ruleSet().toString();
    RuleSetId rules = RuleSetId.of(ruleSet);
    RuleSetRecord record =
        new RuleSetRecord(ruleSet, List.of(), List.of(), Map.of(), Instant.EPOCH);
    edit.replay(IndexChange.rules(rules, record));
    for (int number = 0; number < numbered.size(); number++) {
      Profile profile = numbered.get(number);
      Fingerprint id = profile.fingerprint();
      ProfileRecord content = new ProfileRecord(number, profile.canonical(), Instant.EPOCH);
      edit.replay(IndexChange.profile(id, content));
      edit.replay(IndexChange.row(rules, id, row(number, numbered)));
    }
    MatrixGeneration generation = new MatrixGeneration(numbered.size(), ruleSet, List.of());
    edit.replay(IndexChange.generation(rules, generation));
    edit.replay(IndexChange.inForce(new RulesInForce(ruleSet, Instant.EPOCH)));
  }

  /** The profile's verdicts with all up to its number. */
  private MatrixRow row(int number, List<Profile> numbered) {
    Profile profile = numbered.get(number);
    return new MatrixRow(
        number,
        bytes(number + 1, n -> judge.outcome(profile, numbered.get(n)) == Outcome.COMPATIBLE),
        bytes(number + 1, n -> judge.outcome(profile, numbered.get(n)) == Outcome.UNKNOWN),
        bytes(number, n -> judge.outcome(numbered.get(n), profile) == Outcome.COMPATIBLE),
        bytes(number, n -> judge.outcome(numbered.get(n), profile) == Outcome.UNKNOWN));
  }

  private static ByteBuffer bytes(int below, IntPredicate contained) {
    RoaringBitmap bitmap = new RoaringBitmap();
    IntStream.range(0, below).filter(contained).forEach(bitmap::add);
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    return bytes.flip();
  }
}
