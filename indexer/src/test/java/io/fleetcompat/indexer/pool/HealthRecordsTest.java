package io.fleetcompat.indexer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.health.Blocker;
import io.fleetcompat.compatibility.health.EndpointCounts;
import io.fleetcompat.compatibility.health.Family;
import io.fleetcompat.compatibility.health.Movability;
import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.health.StrandedProfile;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of the health of pools. */
class HealthRecordsTest {

  private static final int MANY = 3000;

  /** Each character takes three bytes, or two take four. */
  private static final String LONG = "\u4e16\ud83d\udda5".repeat(Limits.VALUE);

  private final HostNumbers numbers = new HostNumbers();

  private PoolHealth largest() {
    int host = numbers.of("h".repeat(253));
    Reason reason =
        new Reason.Failed(
            FixedRule.FEATURE_BITS,
            FacetId.FEATURE_BITS,
            Optional.of(LONG),
            Optional.of(LONG),
            Optional.of(LONG),
            LONG);
    EndpointCounts one = new EndpointCounts(1, 1);
    return new PoolHealth(
        Movability.NONE,
        Movability.NONE,
        Long.MAX_VALUE,
        IntStream.range(0, MANY)
            .mapToObj(
                n ->
                    new Family(
                        new Family.Key(DeviceKind.MDEV, Optional.of(LONG), Optional.of(n + LONG)),
                        1,
                        n % 2 + 1,
                        1))
            .toList(),
        IntStream.range(0, MANY)
            .mapToObj(
                n ->
                    new StrandedProfile(
                        Fingerprint.of("profile " + n), one, Optional.of(host), one, false))
            .toList(),
        IntStream.range(0, MANY).mapToObj(_ -> new Blocker(reason, one, one, 1, 1)).toList(),
        0,
        0);
  }

  @Test
  void theLargestFitsIntoARecordAndSaysWhatIsLeftOut() throws BadRecordException {
    PoolMembership members =
        new PoolMembership(
            numbers,
            host -> {
              throw new IllegalStateException("nobody asks for " + host);
            },
            _ -> Likeness.NONE,
            _ -> true);
    String pool = "\u4e16".repeat(Limits.VALUE);
    PoolHealthRecord record =
        HealthRecords.record(
            pool, "r".repeat(Limits.RULE_SET), members, 0, largest(), List.of(), Instant.EPOCH);
    byte[] encoded = Codecs.POOL_HEALTH.encode(record);
    assertThat(encoded.length).isLessThan(Limits.VALUE_BYTES);
    assertThat(Codecs.POOL_HEALTH.decode(encoded)).isEqualTo(record);
    assertThat(record.getStrandedOmitted()).isEqualTo(MANY - Limits.POOL_LISTED);
    assertThat(record.getFamiliesOmitted()).isEqualTo(MANY - Limits.POOL_LISTED);
    assertThat(record.getFamilies()).allMatch(family -> family.getGroups() == 2);
  }
}
