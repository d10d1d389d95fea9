package io.fleetcompat.cli.process;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.judge.DerivedRows;
import io.fleetcompat.indexer.place.DerivedPlacement;
import io.fleetcompat.indexer.place.KnownProfiles;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The index as {@code host-inventory} alone says it is, made in this process, and held against what
 * the topics say: the placement of each host, the content of each profile, each pair of the matrix
 * in force, and the hosts of each pool. One thread.
 */
final class DerivedIndex {

  private final Topics topics;
  private final TopicScan scan;
  private final KnownProfiles known = new KnownProfiles();

  /** Canonical content of all profiles that a host has. */
  private final SortedMap<Fingerprint, String> contents = new TreeMap<>();

  private final Differences differences = new Differences();
  private final ComparedPools placedPools;
  private int hosts;
  private int rejected;
  private int profiles;
  private int pools;
  private long pairs;

  private DerivedIndex(Topics topics, TopicScan scan) {
    this.topics = topics;
    this.scan = scan;
    this.placedPools = new ComparedPools(topics);
  }

  /** Derives everything and compares it. */
  static DerivedIndex compare(Topics topics, TopicScan scan) {
    DerivedIndex index = new DerivedIndex(topics, scan);
    for (TopicPartition partition : scan.partitions(topics.hostInventory().name())) {
      index.comparePlacements(partition.partition());
    }
    index.compareMatrix(index.compareProfiles());
    index.pools = index.placedPools.compare(scan, index.differences);
    return index;
  }

  Differences differences() {
    return differences;
  }

  /** The extent of the comparison, in words. */
  String extent() {
    return "%d hosts, %d profiles, %d pairs, %d pools compared; %d documents that the indexer rejects"
        .formatted(hosts, profiles, pairs, pools, rejected);
  }

  private void comparePlacements(int partition) {
    Map<String, DerivedHost> derived = derive(partition);
    hosts += derived.size();
    String topic = topics.placements().name();
    scan.newest(new TopicPartition(topic, partition))
        .forEach((key, record) -> comparePlacement(key, record, derived));
    derived.forEach(
        (host, of) -> {
          contents.putAll(of.newest.contents());
          differences.add(topic, host + ": expected one, found none");
        });
  }

  /**
   * The placements that a host may have, from the documents that can be used.
   *
   * @param newest from the newest by its version
   * @param last from the last in the log: an indexer takes it up where nobody has spoken for the
   *     newest one for long
   */
  private record DerivedHost(DerivedPlacement newest, DerivedPlacement last) {

    DerivedHost(DerivedPlacement only) {
      this(only, only);
    }

    DerivedHost and(DerivedHost next) {
      return new DerivedHost(
          next.newest.version().isNewerThan(newest.version()) ? next.newest : newest, next.last);
    }

    /** The one of that version; else the newest. */
    DerivedPlacement of(DocumentVersion version) {
      return last.version().equals(version) ? last : newest;
    }
  }

  /** The placement of each host of a partition, from the documents that can be used. */
  private Map<String, DerivedHost> derive(int partition) {
    Map<String, DerivedHost> derived = new HashMap<>();
    scan.read(
        new TopicPartition(topics.hostInventory().name(), partition),
        record -> {
          try {
            String host = RecordKeys.HOST.decode(record.key());
            if (record.value() == null) {
              derived.remove(host);
            } else {
              derived.merge(
                  host,
                  new DerivedHost(DerivedPlacement.of(known, host, record.value())),
                  DerivedHost::and);
            }
          } catch (BadRecordException e) {
            rejected++;
          }
        });
    return derived;
  }

  /** Takes the host out of those that are derived. */
  private void comparePlacement(
      ByteBuffer key, ConsumerRecord<byte[], byte[]> record, Map<String, DerivedHost> derived) {
    String topic = record.topic();
    try {
      String host = RecordKeys.HOST.decode(record.key());
      Placement told = Codecs.PLACEMENT.decode(record.value());
      placedPools.add(told);
      DerivedHost of = derived.remove(host);
      if (of == null) {
        differences.add(topic, host + ": expected none, found one");
        return;
      }
      DocumentVersion version = DocumentVersion.of(told);
      DerivedPlacement expected = of.of(version);
      contents.putAll(expected.contents());
      if (!version.equals(expected.version())) {
        differences.add(
            topic,
            "%s: expected that of %s, found %s".formatted(host, expected.version(), version));
        return;
      }
      List<String> fields = expected.differences(told);
      if (!fields.isEmpty()) {
        differences.add(topic, host + ": another " + String.join(", ", fields));
      }
    } catch (BadRecordException e) {
      differences.add(topic, text(key) + ": " + e.getMessage());
    }
  }

  /** The profiles that hosts have, by the number that the topic gives them. */
  private SortedMap<Integer, Profile> compareProfiles() {
    String topic = topics.profiles().name();
    Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> told =
        scan.newest(new TopicPartition(topic, 0));
    SortedMap<Integer, Profile> byNumber = new TreeMap<>();
    contents.forEach(
        (fingerprint, canonical) -> {
          profiles++;
          ConsumerRecord<byte[], byte[]> record =
              told.get(ByteBuffer.wrap(RecordKeys.PROFILE.encode(fingerprint.toString())));
          number(topic, fingerprint, canonical, record)
              .ifPresent(
                  number -> {
                    if (byNumber.putIfAbsent(number, Profile.parse(canonical)) != null) {
                      differences.add(topic, fingerprint + ": number " + number + " twice");
                    }
                  });
        });
    return byNumber;
  }

  private Optional<Integer> number(
      String topic,
      Fingerprint fingerprint,
      String canonical,
      @Nullable ConsumerRecord<byte[], byte[]> record) {
    if (record == null) {
      differences.add(topic, fingerprint + ": expected one, found none");
      return Optional.empty();
    }
    try {
      ProfileRecord told = Codecs.PROFILE.decode(record.value());
      if (!told.getCanonical().equals(canonical)) {
        differences.add(topic, fingerprint + ": another content");
      }
      return Optional.of(told.getNumber());
    } catch (BadRecordException e) {
      differences.add(topic, fingerprint + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void compareMatrix(SortedMap<Integer, Profile> byNumber) {
    String topic = topics.matrix().name();
    Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> told =
        scan.newest(new TopicPartition(topic, 0));
    try {
      RuleSetId inForce =
          RuleSetId.of(
              Codecs.RULES_IN_FORCE.decode(value(told, new MatrixKey.InForce())).getRuleSet());
      RuleSetRecord rules = Codecs.RULE_SET.decode(value(told, new MatrixKey.Rules(inForce)));
      int generation =
          Codecs.MATRIX_GENERATION
              .decode(value(told, new MatrixKey.Generation(inForce)))
              .getGeneration();
      if (!byNumber.isEmpty() && generation <= byNumber.lastKey()) {
        differences.add(
            topic,
            "expected a generation above %d, found %d".formatted(byNumber.lastKey(), generation));
      }
      Optional<DerivedRows> rows = DerivedRows.of(rules, byNumber);
      if (rows.isEmpty()) {
        differences.add(topic, "rules that this version does not have: " + rules.getRuleSet());
        return;
      }
      byNumber.forEach((number, profile) -> compareRow(rows.get(), inForce, number, profile, told));
    } catch (BadRecordException e) {
      differences.add(topic, String.valueOf(e.getMessage()));
    }
  }

  private void compareRow(
      DerivedRows rows,
      RuleSetId inForce,
      int number,
      Profile profile,
      Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> told) {
    MatrixKey key = new MatrixKey.Row(inForce, profile.fingerprint().toString());
    String topic = topics.matrix().name();
    try {
      MatrixRow row = Codecs.MATRIX_ROW.decode(value(told, key));
      pairs += rows.pairs(number);
      rows.difference(number, row).ifPresent(what -> differences.add(topic, key + ": " + what));
    } catch (BadRecordException e) {
      differences.add(topic, key + ": " + e.getMessage());
    }
  }

  private static byte @Nullable [] value(
      Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> told, MatrixKey key) {
    ConsumerRecord<byte[], byte[]> record =
        told.get(ByteBuffer.wrap(RecordKeys.MATRIX.encode(key)));
    return record == null ? null : record.value();
  }

  static String text(ByteBuffer key) {
    return StandardCharsets.UTF_8.decode(key.duplicate()).toString();
  }
}
