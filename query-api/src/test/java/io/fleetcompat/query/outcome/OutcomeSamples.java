package io.fleetcompat.query.outcome;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import io.fleetcompat.schemas.avro.PredictionBasis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Outcomes for tests. */
final class OutcomeSamples {

  private static final Instant BEGAN = Instant.parse("2026-11-26T00:00:00Z");

  private OutcomeSamples() {}

  /** A canonical form, for a number. */
  static String content(int profile) {
    return Profile.parse(
            "{\"facets\":{\"type-attributes\":{\"device_api\":\"vfio-pci\","
                + "\"software_version\":\"1.%d.0\"}},\"kind\":\"type\",\"v\":1}".formatted(profile))
        .canonical();
  }

  static String fingerprint(int profile) {
    return Fingerprint.of(content(profile)).toString();
  }

  /** One whose pair has these rules. */
  static MigrationOutcome of(
      PredictedVerdict verdict,
      MigrationResult result,
      boolean otherCause,
      List<String> forbidding,
      List<String> undecided,
      List<String> satisfied) {
    return of(1, 2, verdict, result, otherCause, forbidding, undecided, satisfied);
  }

  static MigrationOutcome of(
      int source,
      int destination,
      PredictedVerdict verdict,
      MigrationResult result,
      boolean otherCause,
      List<String> forbidding,
      List<String> undecided,
      List<String> satisfied) {
    return new MigrationOutcome(
        "host-1/device",
        "host-2",
        result,
        otherCause,
        result == MigrationResult.SUCCEEDED ? null : "Unknown savevm section",
        "a test",
        BEGAN,
        null,
        new OutcomePrediction(
            verdict,
            PredictionBasis.INDEX_OF_THEN,
            "1",
            fingerprint(source),
            fingerprint(destination),
            forbidding,
            undecided,
            satisfied,
            packs(forbidding),
            packs(Stream.of(forbidding, undecided, satisfied).flatMap(List::stream).toList()),
            List.of(),
            List.of(),
            bytes(source),
            bytes(destination)));
  }

  /** The packs of rules that are spelled {@code PACK/RULE}. */
  private static List<String> packs(List<String> rules) {
    return rules.stream()
        .filter(rule -> rule.contains("/"))
        .map(rule -> rule.substring(0, rule.indexOf('/')))
        .distinct()
        .sorted()
        .toList();
  }

  static ByteBuffer bytes(int profile) {
    return ByteBuffer.wrap(content(profile).getBytes(StandardCharsets.UTF_8));
  }

  static MigrationOutcome unpredicted(MigrationResult result) {
    return new MigrationOutcome(
        "host-1/device", "host-2", result, false, null, null, BEGAN, "the device is gone", null);
  }
}
