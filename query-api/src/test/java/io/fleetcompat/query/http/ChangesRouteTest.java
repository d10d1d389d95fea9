package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.history.ChangePosition;
import io.fleetcompat.query.history.FilledHistory;
import io.fleetcompat.query.http.ChangesRoute.ChangesCursor;
import io.fleetcompat.query.lookup.CursorText;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangeKey.Kind;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/changes}. */
class ChangesRouteTest {

  static {
    Objects.requireNonNull(Codecs.CHANGE); // from here on, Avro makes our records
  }

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Instant BEGAN = NOW.minus(Duration.ofDays(2));
  private static final String EVIL = "\"},\u0000\u2028</script>\u001b[2J";

  @TempDir private Path directory;
  private FilledHistory history;
  private ApiFixture api;

  @BeforeEach
  void start() throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    history = new FilledHistory(directory, BEGAN.toEpochMilli(), clock);
    api = new ApiFixture(HttpBounds.DEFAULTS, clock, true, Optional.of(history.history()));
  }

  @AfterEach
  void close() {
    api.close();
    history.close();
  }

  private void add(Duration ago, Kind kind, String name, ChangeCause cause) {
    ChangeRecord change =
        ChangeRecord.newBuilder().setCauses(List.of(cause)).setPools(List.of("a")).build();
    history.add(NOW.minus(ago).toEpochMilli(), new ChangeKey(kind, name), change);
  }

  private JsonNode list(String query) throws Exception {
    var answer = api.get("/v1/changes" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiFixture.json(answer);
  }

  private static List<String> names(JsonNode answer) {
    List<String> names = new ArrayList<>();
    answer.path("changes").forEach(change -> names.add(change.path("name").textValue()));
    return names;
  }

  @Test
  void aChangeIsToldWholeAndWhateverIsInItIsEscaped() throws Exception {
    FingerprintBytes from = new FingerprintBytes(new byte[16]);
    List<ChangedValue> values = List.of(new ChangedValue("driver/nvidia", "550.54", EVIL));
    ChangeRecord change =
        ChangeRecord.newBuilder()
            .setCauses(List.of(ChangeCause.DRIVER_UPGRADE, ChangeCause.DEVICE_WENT))
            .setValues(values)
            .setMoves(List.of(new EndpointMove(from, null, 2, 1, List.of(EVIL), List.of())))
            .setPools(List.of(EVIL))
            .setEpoch(3)
            .setSequence(4)
            .setTrigger("uevent")
            .build();
    history.add(NOW.minusSeconds(60).toEpochMilli(), new ChangeKey(Kind.HOST, "host-1"), change);
    JsonNode json = list("").at("/changes/0");
    assertThat(json.path("at").textValue()).isEqualTo("2026-11-26T11:59:00.000Z");
    assertThat(json.path("kind").textValue()).isEqualTo("host");
    assertThat(json.path("causes").toString()).isEqualTo("[\"driver-upgrade\",\"device-went\"]");
    assertThat(json.at("/values/0/to").textValue()).isEqualTo(EVIL);
    assertThat(json.at("/moves/0/from").textValue()).isEqualTo("0".repeat(32));
    assertThat(json.at("/moves/0/to").isNull()).isTrue();
    assertThat(json.at("/moves/0/endpoints/0").textValue()).isEqualTo(EVIL);
    assertThat(json.at("/moves/0/endpointsOmitted").intValue()).isEqualTo(2);
    assertThat(json.at("/pools/0").textValue()).isEqualTo(EVIL);
    assertThat(json.path("document").toString()).isEqualTo("{\"epoch\":3,\"sequence\":4}");
    assertThat(json.path("trigger").textValue()).isEqualTo("uevent");
    assertThat(api.get("/v1/changes").body()).doesNotContain("\u001b");
  }

  @Test
  void whatIsAskedForIsListedTheNewestFirst() throws Exception {
    add(Duration.ofHours(30), Kind.HOST, "old", ChangeCause.HOST_STALE);
    add(Duration.ofHours(3), Kind.HOST, "h", ChangeCause.DRIVER_UPGRADE);
    add(Duration.ofHours(2), Kind.CAPACITY, "h", ChangeCause.CAPACITY_CHANGED);
    add(Duration.ofHours(1), Kind.POOL, "b", ChangeCause.POOL_HEALTH_CHANGED);
    assertThat(names(list(""))).containsExactly("b", "h");
    assertThat(names(list("?since=2d"))).containsExactly("b", "h", "old");
    assertThat(names(list("?until=150m"))).containsExactly("h");
    assertThat(names(list("?since=2026-11-26T11:00:00Z"))).containsExactly("b");
    assertThat(names(list("?host=h"))).containsExactly("h");
    assertThat(names(list("?host=nobody"))).isEmpty();
    assertThat(names(list("?pool=a&since=2d"))).containsExactly("b", "h", "old");
    assertThat(names(list("?pool=b"))).containsExactly("b");
    assertThat(names(list("?host=h&pool=b"))).isEmpty();
    assertThat(names(list("?device=0000:3b:00.0"))).isEmpty();
    assertThat(names(list("?cause=capacity-changed,driver-upgrade"))).containsExactly("h", "h");
    JsonNode whole = list("");
    assertThat(whole.path("completeSince").textValue()).isEqualTo("2026-11-24T12:00:00.000Z");
    assertThat(whole.path("since").textValue()).isEqualTo("2026-11-25T12:00:00.000Z");
    assertThat(whole.path("next").isNull()).isTrue();
  }

  @Test
  void pagesGoOnWhereTheyEndedWhateverArrivesMeanwhile() throws Exception {
    for (int n = 0; n < 20; n++) {
      add(Duration.ofMinutes(20 - n), Kind.HOST, "h" + n, ChangeCause.HOST_STALE);
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = list("?limit=3" + cursor);
      listed.addAll(names(page));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").textValue();
      add(Duration.ZERO, Kind.HOST, "late", ChangeCause.HOST_STALE);
    } while (!cursor.isEmpty());
    List<String> expected = new ArrayList<>();
    for (int n = 19; n >= 0; n--) {
      expected.add("h" + n);
    }
    assertThat(listed).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=yesterday",
        "since=",
        "until=2026-13-01T00:00:00Z",
        "until=1969-12-31T23:59:59Z",
        "since=1h&until=2h",
        "cause=",
        "cause=driver_upgrade",
        "cause=host-stale,,",
        "limit=0",
        "limit=1001",
        "cursor=AAAA",
        "since=999999999999999d",
        "since=-1h"
      })
  void nonsenseGetsAProblemThatSaysWhatToDo(String query) throws Exception {
    assertProblem(api.get("/v1/changes?" + query), 400, "bad-request");
  }

  @ParameterizedTest
  @CsvSource({
    "host=,400,missing-parameter",
    "hosts=a,400,unknown-parameter",
    "until=3d,410,time-too-old",
  })
  void eachFaultHasItsCode(String query, int status, String code) throws Exception {
    assertProblem(api.get("/v1/changes?" + query), status, code);
  }

  @Test
  void aCursorOfAnotherKindOfPageIsRefused() throws Exception {
    String hosts = ApiFixture.json(api.get("/v1/hosts?limit=1")).path("next").textValue();
    assertProblem(api.get("/v1/changes?cursor=" + hosts), 400, "bad-request");
  }

  @Test
  void aCursorOfATimeThatNoChangeHasIsRefused() throws Exception {
    String cursor = Cursors.ofChanges(new ChangesCursor(0, 1, new ChangePosition(1, 0, 0)));
    assertProblem(api.get("/v1/changes?cursor=" + cursor), 410, "time-too-old");
    String before = CursorText.encode("changes-1\n-2\n-1\n0\n0\n0");
    assertProblem(api.get("/v1/changes?cursor=" + before), 400, "bad-request");
  }

  @Test
  void whoKeepsNoHistorySaysWhatToDo() throws Exception {
    try (ApiFixture without = new ApiFixture()) {
      var answer = without.get("/v1/changes");
      assertProblem(answer, 501, "no-history");
      assertThat(answer.body()).contains("history-directory");
      assertThat(ApiFixture.json(without.get("/v1/status")).path("history").isNull()).isTrue();
    }
  }

  @Test
  void statusTellsOfTheHistory() throws Exception {
    add(Duration.ofHours(1), Kind.POOL, "b", ChangeCause.POOL_HEALTH_CHANGED);
    JsonNode told = ApiFixture.json(api.get("/v1/status")).path("history");
    assertThat(told.path("changes").intValue()).isEqualTo(2);
    assertThat(told.path("completeSince").textValue()).isEqualTo("2026-11-24T12:00:00.000Z");
    assertThat(told.path("bytes").longValue()).isPositive();
    assertThat(told.path("fault").isNull()).isTrue();
  }
}
