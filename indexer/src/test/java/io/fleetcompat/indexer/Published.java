package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.Rejected;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The newest record of every key of the index's topics, as a reader knows them. */
final class Published {

  final Map<String, Placement> placements = new TreeMap<>();
  final Map<Fingerprint, ProfileRecord> profiles = new TreeMap<>();
  final Map<RuleSetId, RuleSetRecord> rules = new TreeMap<>();
  final Map<RuleSetId, MatrixGeneration> generations = new TreeMap<>();
  final List<Rejected> rejected = new ArrayList<>();
  int placementRecords;
  int rowRecords;
  int swaps;

  /** Rules, generations and rows, and that a set is in force, in the order in which they came. */
  final List<MatrixKey> matrixLog = new ArrayList<>();

  private final Map<RuleSetId, Map<Fingerprint, MatrixRow>> rows = new TreeMap<>();
  private Optional<String> inForce = Optional.empty();

  void take(Topics topics, String topic, byte[] key, byte @Nullable [] value) {
    String name = new String(key, StandardCharsets.UTF_8);
    try {
      if (topic.equals(topics.placements().name())) {
        placementRecords++;
        put(placements, name, value == null ? null : Codecs.PLACEMENT.decode(value));
      } else if (topic.equals(topics.profiles().name())) {
        put(profiles, Fingerprint.parse(name), value == null ? null : Codecs.PROFILE.decode(value));
      } else if (topic.equals(topics.matrix().name())) {
        take(RecordKeys.MATRIX.decode(key), value);
      } else if (topic.equals(topics.rejected().name())) {
        rejected.add(Codecs.REJECTED.decode(value));
      }
    } catch (BadRecordException e) {
      throw new AssertionError(topic + ": " + e.getMessage(), e);
    }
  }

  private void take(MatrixKey key, byte @Nullable [] value) throws BadRecordException {
    matrixLog.add(key);
    switch (key) {
      case MatrixKey.Rules(RuleSetId set) ->
          put(rules, set, value == null ? null : Codecs.RULE_SET.decode(value));
      case MatrixKey.Generation(RuleSetId set) ->
          put(generations, set, value == null ? null : Codecs.MATRIX_GENERATION.decode(value));
      case MatrixKey.Row(RuleSetId set, String profile) -> {
        rowRecords++;
        put(
            rows.computeIfAbsent(set, _ -> new TreeMap<>()),
            Fingerprint.parse(profile),
            value == null ? null : Codecs.MATRIX_ROW.decode(value));
      }
      case MatrixKey.InForce() -> {
        swaps++;
        inForce = Optional.of(Codecs.RULES_IN_FORCE.decode(value).getRuleSet());
      }
      case MatrixKey.Refused() -> throw new AssertionError("no rules are read anew here");
      case MatrixKey.Superseded _ -> assertThat(value).isNull();
    }
  }

  /** The rows of the rule set in force. */
  Map<Fingerprint, MatrixRow> rows() {
    return inForce.map(RuleSetId::of).map(this::rows).orElse(new TreeMap<>());
  }

  Map<Fingerprint, MatrixRow> rows(RuleSetId set) {
    return rows.getOrDefault(set, new TreeMap<>());
  }

  private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  Placement placement(String host) {
    return Objects.requireNonNull(placements.get(host), host);
  }

  int number(Fingerprint profile) {
    return Objects.requireNonNull(profiles.get(profile), profile.toString()).getNumber();
  }

  String ruleSet() {
    return inForce.orElse("none");
  }

  /** The placements as they are compared: what they say of the host, not of its origin. */
  Map<String, String> hosts() {
    Map<String, String> hosts = new TreeMap<>();
    placements.forEach(
        (host, p) -> hosts.put(host, PlacementRecord.endpoints(p) + " " + fingerprints(p)));
    return hosts;
  }

  /** Host → endpoint → profile, as the model has it. */
  Map<String, Map<String, String>> placed() {
    Map<String, Map<String, String>> hosts = new TreeMap<>();
    placements.forEach(
        (host, placement) -> {
          List<Fingerprint> fingerprints = fingerprints(placement);
          Map<String, String> profiles = new TreeMap<>();
          PlacementRecord.endpoints(placement)
              .forEach(e -> profiles.put(e.getName(), fingerprints.get(e.getProfile()).toString()));
          hosts.put(host, profiles);
        });
    return hosts;
  }

  static List<Fingerprint> fingerprints(Placement placement) {
    return placement.getProfiles().stream().map(f -> Fingerprint.of(f.bytes())).toList();
  }

  /** The relation as a reader of the topics understands it, by the rules in force. */
  Outcome outcome(Fingerprint source, Fingerprint destination) {
    return outcome(RuleSetId.of(ruleSet()), source, destination);
  }

  /** The relation by a rule set. */
  Outcome outcome(RuleSetId set, Fingerprint source, Fingerprint destination) {
    ProfileRecord from = profiles.get(source);
    ProfileRecord to = profiles.get(destination);
    boolean sourceIsNewer = from != null && to != null && from.getNumber() >= to.getNumber();
    MatrixRow row = rows(set).get(sourceIsNewer ? source : destination);
    MatrixGeneration judged = generations.get(set);
    if (from == null
        || to == null
        || row == null
        || judged == null
        || Math.max(from.getNumber(), to.getNumber()) >= judged.getGeneration()) {
      return Outcome.UNKNOWN;
    }
    if (row.getSource() != Math.max(from.getNumber(), to.getNumber())) {
      throw new AssertionError("row " + row.getSource() + " has another number than its profile");
    }
    return sourceIsNewer
        ? outcome(to.getNumber(), row.getCompatible(), row.getUnknown())
        : outcome(from.getNumber(), row.getCompatibleSources(), row.getUnknownSources());
  }

  private static Outcome outcome(int number, ByteBuffer compatible, ByteBuffer unknown) {
    if (bitmap(compatible).contains(number)) {
      return Outcome.COMPATIBLE;
    }
    return bitmap(unknown).contains(number) ? Outcome.UNKNOWN : Outcome.INCOMPATIBLE;
  }

  /** Pairs of living profiles about which the matrix in force and the judge disagree. */
  List<String> disagreements(Judge judge) {
    return disagreements(RuleSetId.of(ruleSet()), judge);
  }

  /** The same of a rule set. */
  List<String> disagreements(RuleSetId set, Judge judge) {
    List<String> disagreements = new ArrayList<>();
    Map<Fingerprint, Profile> living = new TreeMap<>();
    for (Placement placement : placements.values()) {
      for (Fingerprint fingerprint : fingerprints(placement)) {
        ProfileRecord record = profiles.get(fingerprint);
        if (record == null) {
          disagreements.add("no profile " + fingerprint);
        } else {
          living.put(fingerprint, Profile.parse(record.getCanonical()));
        }
      }
    }
    living.forEach(
        (s, source) ->
            living.forEach(
                (d, destination) -> {
                  Outcome expected = judge.outcome(source, destination);
                  if (outcome(set, s, d) != expected) {
                    disagreements.add(s + " -> " + d + ": expected " + expected);
                  }
                }));
    return disagreements;
  }

  private static RoaringBitmap bitmap(ByteBuffer bytes) {
    try {
      RoaringBitmap bitmap = new RoaringBitmap();
      bitmap.deserialize(bytes.duplicate());
      return bitmap;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
