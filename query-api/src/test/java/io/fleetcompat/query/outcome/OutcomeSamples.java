package io.fleetcompat.query.outcome;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Outcomes for tests. */
final class OutcomeSamples {

  private static final Instant BEGAN = Instant.parse("2026-11-26T00:00:00Z");

  private OutcomeSamples() {}

  /** A canonical form, for a number. */
  static String content(int profile) {
    return "{\"facets\":{},\"kind\":\"type\",\"n\":" + profile + "}";
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
            "1",
            fingerprint(source),
            fingerprint(destination),
            forbidding,
            undecided,
            satisfied,
            List.of(),
            List.of(),
            bytes(source),
            bytes(destination)));
  }

  static ByteBuffer bytes(int profile) {
    return ByteBuffer.wrap(content(profile).getBytes(StandardCharsets.UTF_8));
  }

  static MigrationOutcome unpredicted(MigrationResult result) {
    return new MigrationOutcome(
        "host-1/device", "host-2", result, false, null, null, BEGAN, "the device is gone", null);
  }
}
