package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import io.fleetcompat.schemas.avro.BlockerOutcome;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.DeclaredMember;
import io.fleetcompat.schemas.avro.DigestBytes;
import io.fleetcompat.schemas.avro.DriverFact;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostSoftware;
import io.fleetcompat.schemas.avro.InconclusiveProbe;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.schemas.avro.PackFile;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolBlocker;
import io.fleetcompat.schemas.avro.PoolFamily;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.PoolMember;
import io.fleetcompat.schemas.avro.PoolMovability;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import io.fleetcompat.schemas.avro.PredictionBasis;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProberEndpoint;
import io.fleetcompat.schemas.avro.ProberKey;
import io.fleetcompat.schemas.avro.ProblemEntry;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.schemas.avro.Rejected;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.schemas.avro.RulesRefused;
import io.fleetcompat.schemas.avro.SharedCard;
import io.fleetcompat.schemas.avro.StrandedMember;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Law 1: every released schema's bytes still decode")
class ReleasedSchemasTest {

  private static final String PAIR =
      "0123456789abcdef0123456789abcdef/fedcba9876543210fedcba9876543210";

  /** A codec and a record of its current schema. */
  record Kind<T extends SpecificRecord>(RecordCodec<T> codec, T sample) {

    String name() {
      return sample.getSchema().getName();
    }

    String decoded(byte[] bytes) throws BadRecordException {
      return codec.decode(bytes).toString();
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static Stream<Kind<?>> kinds() {
    FingerprintBytes fingerprint =
        new FingerprintBytes("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    Instant at = Instant.ofEpochMilli(1_700_000_000_123L);
    Samples samples = new Samples(new Random(1));
    return Stream.of(
        new Kind<>(Codecs.HOST_INVENTORY, samples.document(samples.reading())),
        new Kind<>(
            Codecs.HOST_CAPACITY,
            new HostCapacity(
                "h1",
                1L,
                2L,
                at,
                Map.of("0000:00:02.0/i915-GVTg_V5_4", 3),
                false,
                List.of(),
                new DigestBytes(fingerprint.bytes()),
                Map.of("0000:3b:00.4", true))),
        new Kind<>(
            Codecs.PLACEMENT,
            new Placement(
                "h1",
                1L,
                2L,
                at,
                Map.of("pool", "a"),
                "6.1.0",
                Liveness.STALE,
                3,
                4L,
                List.of(fingerprint),
                List.of(
                    new PlacedEndpoint(
                        "virtio0", EndpointEntryKind.VIRTIO_DEVICE, 0, Map.of("aggregator", "2"))),
                List.of("0000:00:1f.0"),
                0,
                List.of(new ProblemEntry("bus/x", "malformed", "not UTF-8")),
                ExtentRecord.whole(),
                List.of(),
                Map.of("virtio0", true),
                "rack",
                new FormerHost("h0", at),
                new DigestBytes(fingerprint.bytes()),
                List.of("twin-host"),
                List.of(new SharedCard("0000:3b:00.0", List.of("0000:3b:00.4"))))),
        new Kind<>(Codecs.PROFILE, new ProfileRecord(7, "{}", at)),
        new Kind<>(
            Codecs.MATRIX_ROW,
            new MatrixRow(
                7,
                ByteBuffer.wrap(new byte[] {1}),
                ByteBuffer.wrap(new byte[] {2}),
                ByteBuffer.wrap(new byte[] {3}),
                ByteBuffer.wrap(new byte[] {4}))),
        new Kind<>(Codecs.MATRIX_GENERATION, new MatrixGeneration(8, "1", List.of("mutual"))),
        new Kind<>(
            Codecs.RULE_SET,
            new RuleSetRecord(
                "1[mutual]",
                List.of("mutual"),
                List.of(new PackFile("own.yaml", "pack: own")),
                Map.of("nvidia-mdev.ecc", "optional"),
                at)),
        new Kind<>(Codecs.RULES_IN_FORCE, new RulesInForce("1[mutual]", at)),
        new Kind<>(
            Codecs.RULES_REFUSED,
            new RulesRefused("1[mutual]", "own.yaml:2: expected a number, found 'x'", at)),
        new Kind<>(Codecs.CENSUS, new Census(3, fingerprint, 5, "{}")),
        new Kind<>(
            Codecs.PROBER,
            new Prober(
                "h1", List.of(new ProberEndpoint(fingerprint, "virtio0")), new ProberKey(2, 3, 2))),
        new Kind<>(
            Codecs.PROBE_REQUEST,
            new ProbeRequest("h1", 7L, PAIR, "virtio0", "v1", "v2", "t", "d", "0x1", at)),
        new Kind<>(
            Codecs.PROBE_RESULT,
            new ProbeResult(
                "h1", 7L, PAIR, "virtio0", ProbeOutcomeKind.REFUSED, 22, "EINVAL", "", at)),
        new Kind<>(
            Codecs.PROBED_PAIR,
            new ProbedPair(
                "v1",
                "{}",
                List.of(new ProbedAnswer("h1", "virtio0", at, 22, "EINVAL")),
                new InconclusiveProbe(
                    "h2", "virtio1", at, 110, "ETIMEDOUT", "the driver did not answer"),
                List.of(2))),
        new Kind<>(
            Codecs.OVERRIDE,
            new OverrideRecord(
                "nvidia-vfio/ecc-mode",
                OverrideScopeKind.DRIVER,
                "nvidia",
                "nvidia",
                "an.operator",
                "these guests do not mind",
                at,
                at.plusSeconds(60),
                "an-older-one")),
        new Kind<>(
            Codecs.POOL_HOST,
            new PoolHost(
                "h1",
                "a",
                Liveness.FRESH,
                List.of(new PoolMember(fingerprint, 1, 2, true)),
                true,
                List.of(new DeclaredMember(0, 1, 0)),
                List.of("twin-host"))),
        new Kind<>(
            Codecs.POOL_HEALTH,
            new PoolHealthRecord(
                "a",
                "1[mutual]",
                at,
                3,
                2,
                1,
                0,
                new PoolMovability(5, 3, 2, 1, 1),
                new PoolMovability(0, 0, 0, 0, 0),
                4L,
                List.of(new PoolFamily("mdev", "10de", "T4-1Q", 3, 2, 1)),
                6,
                List.of(new StrandedMember(fingerprint, 2, 0, "h1", 1, 0, true)),
                7,
                List.of(
                    new PoolBlocker(
                        BlockerOutcome.INCOMPATIBLE,
                        "software-version",
                        "software_version",
                        "1.3.0",
                        "1.2.9",
                        "destination minor 2 is below source minor 3",
                        "docs/rules.md#3.1",
                        1,
                        0,
                        2,
                        0,
                        1,
                        2)),
                9,
                8,
                List.of(new PoolFinding("twin-host", 2, List.of("h1", "h2"))))),
        new Kind<>(
            Codecs.ALERT,
            new AlertRecord(
                "PoolStranded",
                "a",
                "critical",
                AlertState.RESOLVED,
                at,
                at.plusSeconds(300),
                null,
                at.plusSeconds(900),
                true,
                "weekly patching",
                "2 of 5 devices of pool a can go to no other host of it",
                "most by software-version",
                List.of("h1"),
                2)),
        new Kind<>(
            Codecs.OUTCOME,
            new MigrationOutcome(
                "h1/virtio0",
                "h2",
                MigrationResult.FAILED,
                true,
                "Failed to load virtio-net:virtio",
                "nova",
                at,
                null,
                new OutcomePrediction(
                    PredictedVerdict.COMPATIBLE,
                    PredictionBasis.INDEX_OF_THEN,
                    "1[mutual]",
                    "0123456789abcdef0123456789abcdef",
                    null,
                    List.of("device-api"),
                    List.of("probe"),
                    List.of("nvidia-vfio/ecc-mode"),
                    List.of("mlx5"),
                    List.of("mlx5", "nvidia-vfio"),
                    List.of("virtio-features"),
                    List.of("an-override"),
                    ByteBuffer.wrap(new byte[] {'{', '}'}),
                    null))),
        new Kind<>(
            Codecs.CHANGE,
            new ChangeRecord(
                List.of(
                    ChangeCause.DRIVER_UPGRADE,
                    ChangeCause.ATTRIBUTE_CHANGED,
                    ChangeCause.HOST_RENAMED,
                    ChangeCause.HOST_FINDING),
                List.of(
                    new ChangedValue("driver/nvidia", "550.54", "570.10"),
                    new ChangedValue("host", "h0", "h1")),
                List.of(
                    new EndpointMove(
                        fingerprint,
                        null,
                        1,
                        2,
                        List.of("virtio0"),
                        List.of(new ChangedValue("version", "1", null)))),
                List.of("pool-a"),
                1L,
                2L,
                "uevent",
                ByteBuffer.wrap(new byte[] {1, 2}),
                false)),
        new Kind<>(
            Codecs.HOST_SOFTWARE,
            new HostSoftware(
                List.of(new DriverFact("nvidia", "550.54", null)), Map.of("vendor.tool", "7"))),
        new Kind<>(Codecs.REGISTERED_KEY, new RegisteredKey(2, 3, true, at, "stolen", true)),
        new Kind<>(
            Codecs.REJECTED,
            new Rejected("t", 1, 2L, "invalid", "this", "that", at, null, ByteBuffer.allocate(1))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theNewestReleasedSchemaIsTheGeneratedOne(Kind<?> kind) {
    List<Schema> released = ReleasedSchemas.of(kind.name());
    Schema generated = kind.sample().getSchema();
    assertThat(released.isEmpty() ? null : released.getLast())
        .as(
            "a changed schema is a new release: write released/%s/%d.avsc:%n%s%n",
            kind.name(), released.size() + 1, generated.toString(true))
        .isEqualTo(generated);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bytesOfEveryReleaseDecode(Kind<?> kind) throws IOException, BadRecordException {
    int releases = ReleasedSchemas.of(kind.name()).size();
    for (int n = 1; n <= releases; n++) {
      String golden = "/golden/" + kind.name() + "/" + n;
      byte[] bytes = HexFormat.of().parseHex(text(golden + ".hex"));
      assertThat(kind.decoded(bytes)).as(golden).isEqualTo(text(golden + ".txt"));
    }
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = ReleasedSchemasTest.class.getResourceAsStream(resource)) {
      assertThat(in)
          .as("%s: a release needs bytes (.hex) and what they decode to (.txt)", resource)
          .isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
