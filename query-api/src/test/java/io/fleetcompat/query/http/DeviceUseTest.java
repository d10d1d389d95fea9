package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.HeardFleet;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a device that exists is in use, from heartbeats to answers. */
class DeviceUseTest {

  private static final IndexedFleet FLEET = new IndexedFleet(5, 4, ApiFixture.PROFILES, 2);
  private static final String DEVICE = "device";

  private ApiFixture api;

  @BeforeEach
  void start() throws BadRecordException {
    api = new ApiFixture();
    FilledView view =
        FilledView.of(FLEET)
            .with(placed("source"))
            .with(placed("free"))
            .with(placed("used"))
            .with(placed("untold"))
            .with(heard("source", Map.of(DEVICE, true)))
            .with(heard("free", Map.of(DEVICE, false)))
            .with(heard("used", Map.of(DEVICE, true)))
            .with(heard("untold", Map.of()));
    api.replica.publish(
        new Snapshot(view.view(), ApiFixture.REVISION + 1, ApiFixture.CLOCK.millis(), 0, true));
    HeardFleet.hear(api.replica, ApiFixture.CLOCK.millis());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** A device of a kind that may go where another of its kind is. */
  private static IndexChange placed(String host) throws BadRecordException {
    int kind =
        IntStream.range(0, ApiFixture.PROFILES)
            .filter(DeviceUseTest::isCompatible)
            .findFirst()
            .orElseThrow();
    byte[] profile = FLEET.profiles().get(kind).fingerprint().bytes();
    return IndexChange.placed(
        host,
        Placement.newBuilder(FLEET.placement(0, 1))
            .setHost(host)
            .setProfiles(List.of(new FingerprintBytes(profile)))
            .setEndpoints(
                List.of(new PlacedEndpoint(DEVICE, EndpointEntryKind.MDEV_DEVICE, 0, Map.of())))
            .build());
  }

  private static boolean isCompatible(int kind) {
    var profile = FLEET.profiles().get(kind);
    return FLEET.judge().outcome(profile, profile) == Outcome.COMPATIBLE;
  }

  private static IndexChange heard(String host, Map<String, Boolean> inUse)
      throws BadRecordException {
    return IndexChange.heard(
        host,
        new HostCapacity(host, 1L, 1L, Instant.EPOCH, Map.of(), false, List.of(), null, inUse),
        ApiFixture.CLOCK.millis());
  }

  @ParameterizedTest
  @CsvSource({"free, free", "used, in-use", "untold, unknown"})
  void eachAnswerAboutADeviceSaysIt(String host, String use) throws Exception {
    JsonNode check = ApiFixture.json(api.get("/v1/check?source=source/device&destination=" + host));
    assertThat(check.path("verdict").textValue()).isEqualTo("COMPATIBLE");
    assertThat(check.path("use").textValue()).isEqualTo(use);
    assertThat(check.path("capacity").isNull()).isTrue();
    JsonNode one = ApiFixture.json(api.get("/v1/hosts/" + host));
    assertThat(one.at("/endpoints/0/use").textValue()).isEqualTo(use);
    for (JsonNode there :
        ApiFixture.json(api.get("/v1/destinations?source=source/device")).path("destinations")) {
      if (there.path("host").textValue().equals(host)) {
        assertThat(there.path("use").textValue()).isEqualTo(use);
      }
    }
    String body = "{\"source\":\"source/device\",\"destinations\":[\"%s/device\"]}".formatted(host);
    for (String fields : List.of("", "?fields=destination,capacity")) {
      JsonNode many = ApiFixture.json(api.post("/v1/check" + fields, body));
      assertThat(many.at("/results/0/use").textValue()).as(fields).isEqualTo(use);
    }
  }

  @Test
  void ofDevicesOnlyThoseThatAreFreeHaveRoom() throws Exception {
    String path = "/v1/destinations?source=source/device&capacity=true";
    JsonNode found = ApiFixture.json(api.get(path));
    assertThat(found.path("destinations").findValuesAsText("host")).containsExactly("free");
    assertThat(found.path("total").intValue()).isEqualTo(1);
    assertThat(found.at("/excluded/no-capacity").intValue()).isEqualTo(2);
    JsonNode all = ApiFixture.json(api.get("/v1/destinations?source=source/device"));
    assertThat(all.path("destinations").findValuesAsText("host"))
        .as("free ones first")
        .startsWith("free")
        .contains("used", "untold");
  }

  @Test
  void aWholeMachineRestsOnNoDeviceThatMayBeInUse() throws Exception {
    JsonNode machine =
        ApiFixture.json(api.post("/v1/destinations", "{\"sources\":[\"source/device\"]}"));
    assertThat(machine.path("totalCertain").intValue()).isEqualTo(1);
    assertThat(machine.path("destinations").findValuesAsText("host"))
        .containsExactly("free", "untold");
    assertThat(machine.at("/destinations/0/certain").booleanValue()).isTrue();
    assertThat(machine.at("/destinations/1/doubts").toString()).isEqualTo("[\"in-use-unknown\"]");
    JsonNode filter =
        ApiFixture.json(
            api.post(
                "/v1/filter",
                "{\"source\":\"source/device\",\"hosts\":[\"used\",\"untold\",\"free\"]}"));
    assertThat(filter.path("hosts").toString()).isEqualTo("[\"free\"]");
    assertThat(filter.path("others").toString())
        .isEqualTo("{\"used\":\"no-capacity\",\"untold\":\"not-certain\"}");
  }
}
