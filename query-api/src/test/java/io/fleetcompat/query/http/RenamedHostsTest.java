package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hosts that had other names before, asked for by those. */
class RenamedHostsTest {

  private static final IndexedFleet FLEET = new IndexedFleet(5, 4, ApiFixture.PROFILES, 2);

  /** A host that nobody hears. */
  private static final int SILENT = 20;

  private static final String OLD = IndexedFleet.host(SILENT);
  private static final String NEW = IndexedFleet.host(0);

  private static IndexChange placed(int host, String former) throws BadRecordException {
    @Nullable FormerHost before =
        former.isEmpty() ? null : new FormerHost(former, Instant.EPOCH.plusSeconds(host + 1));
    Placement placement =
        Placement.newBuilder(FLEET.placement(host, 1))
            .setFormerHost(before)
            .setLiveness(host == SILENT ? Liveness.STALE : Liveness.FRESH)
            .build();
    return IndexChange.placed(IndexedFleet.host(host), placement);
  }

  @Test
  void aNameOfThePastSaysTheNameOfNow() throws Exception {
    FilledView view =
        FilledView.of(FLEET).withHosts(3).with(placed(SILENT, "")).with(placed(0, OLD));
    try (ApiFixture api = new ApiFixture()) {
      show(api, view);
      assertThat(renamedTo(api).toString()).isEqualTo("[\"" + NEW + "\"]");
      assertThat(ApiFixture.json(api.get("/v1/hosts/" + NEW)).has("renamedTo")).isFalse();

      show(api, view.with(placed(1, OLD)));
      assertThat(renamedTo(api)).hasSize(2);

      show(api, view.with(placed(0, "")).with(placed(1, "another")));
      assertThat(ApiFixture.json(api.get("/v1/hosts/" + OLD)).has("renamedTo")).isFalse();
      assertThat(view.view().fleet().renamed().of("another")).containsExactly(IndexedFleet.host(1));

      view.with(new IndexChange.HostUnplaced(IndexedFleet.host(1)));
      assertThat(view.view().fleet().renamed().byFormer()).isEmpty();
    }
  }

  @Test
  void aHostThatIsHeardIsNoNameOfThePast() throws Exception {
    FilledView view = FilledView.of(FLEET).withHosts(3).with(placed(0, IndexedFleet.host(2)));
    try (ApiFixture api = new ApiFixture()) {
      show(api, view);
      JsonNode heard = ApiFixture.json(api.get("/v1/hosts/" + IndexedFleet.host(2)));
      assertThat(heard.path("liveness").textValue()).isEqualTo("FRESH");
      assertThat(heard.has("renamedTo")).isFalse();
    }
  }

  @Test
  void aNameThatIsInTheIndexNoLongerIsRefusedWithTheNameOfNow() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      show(api, FilledView.of(FLEET).withHosts(2).with(placed(0, "gone.example")));
      HttpResponse<String> refused = api.get("/v1/hosts/gone.example");
      ApiFixture.assertProblem(refused, 404, "host-not-found");
      JsonNode problem = ApiFixture.json(refused);
      assertThat(problem.path("detail").textValue())
          .contains("the name that '" + NEW + "' had before");
      assertThat(problem.path("didYouMean").toString()).isEqualTo("[\"" + NEW + "\"]");
    }
  }

  private static JsonNode renamedTo(ApiFixture api) throws Exception {
    return ApiFixture.json(api.get("/v1/hosts/" + OLD)).path("renamedTo");
  }

  private static void show(ApiFixture api, FilledView view) {
    api.replica.publish(
        new Snapshot(view.view(), ApiFixture.REVISION + 1, ApiFixture.CLOCK.millis(), 0, true));
  }
}
