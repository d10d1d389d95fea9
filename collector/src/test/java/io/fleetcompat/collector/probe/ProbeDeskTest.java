package io.fleetcompat.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.ProbeOutcome;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A question is not trusted. */
class ProbeDeskTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final String PAIR =
      "0123456789abcdef0123456789abcdef/fedcba9876543210fedcba9876543210";

  private static final Endpoint ENDPOINT =
      new Endpoint(
          EndpointName.type("0000:00:02.0", "t"),
          EndpointKind.MDEV_TYPE,
          Optional.of("t"),
          Attributes.of(Map.of("migration_version", new Attribute.Text("v2"))),
          Attributes.NONE,
          Attributes.of(
              Map.of(
                  "device", new Attribute.Text("0x01A6"), "driver", new Attribute.Text("i915"))));

  private final List<String> written = new ArrayList<>();
  private ProbeOutcome outcome = new ProbeOutcome.Accepted();

  private final ProbeDesk desk =
      new ProbeDesk(
          "h",
          name ->
              Optional.of(new VersionAttribute(ENDPOINT, "p", "v2"))
                  .filter(version -> version.name().equals(name)),
          (attribute, text) -> {
            written.add(text);
            return outcome;
          },
          () -> NOW);

  private static ProbeRequest.Builder request() {
    return ProbeRequest.newBuilder()
        .setHost("h")
        .setNumber(7)
        .setPair(PAIR)
        .setEndpoint("0000:00:02.0/t")
        .setText("v1")
        .setOwn("v2")
        .setMdevType("t")
        .setDriver("i915")
        .setDevice("0x1a6")
        .setExpiresAt(NOW.plusSeconds(10));
  }

  private ProbeResult answer(ProbeRequest.Builder request) {
    return desk.answer(request.build());
  }

  @Test
  void theResultRepeatsTheQuestionAndHasTheKernelsNumber() {
    outcome = new ProbeOutcome.Refused(22);
    assertThat(answer(request()))
        .isEqualTo(
            new ProbeResult(
                "h", 7L, PAIR, "0000:00:02.0/t", ProbeOutcomeKind.REFUSED, 22, "EINVAL", "", NOW));
    outcome = new ProbeOutcome.Accepted();
    assertThat(answer(request()).getOutcome()).isEqualTo(ProbeOutcomeKind.ACCEPTED);
    assertThat(written).containsExactly("v1", "v1");
  }

  @Test
  void anErrnoWithoutANameIsNamedByItsNumber() {
    outcome = new ProbeOutcome.Refused(512);
    assertThat(answer(request()).getName()).isEqualTo("E512");
  }

  @Test
  void whatIsNotMeantIsNotWrittenTo() {
    for (ProbeRequest.Builder wrong :
        List.of(
            request().setEndpoint("0000:00:03.0/t"),
            request().setOwn("v3"),
            request().setMdevType("u"),
            request().setMdevType(null),
            request().setDriver("other"),
            request().setDriver(null),
            request().setDevice("0x1a7"),
            request().setExpiresAt(NOW.minusMillis(1)))) {
      ProbeResult result = answer(wrong);
      assertThat(result.getOutcome()).isEqualTo(ProbeOutcomeKind.INCONCLUSIVE);
      assertThat(result.getDetail()).isNotEmpty();
    }
    assertThat(written).isEmpty();
  }

  @Test
  void longWordsAreCut() {
    outcome = new ProbeOutcome.Inconclusive(16, "x".repeat(2000));
    assertThat(answer(request()).getDetail()).hasSize(512);
  }
}
