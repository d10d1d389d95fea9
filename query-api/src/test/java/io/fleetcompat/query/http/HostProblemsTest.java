package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProblemCounts.Count;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.HostProblemKind;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProblemEntry;
import io.fleetcompat.testing.IndexedFleet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The problems of hosts in the answers: counted by their kind, with what to do. */
class HostProblemsTest {

  private static final IndexedFleet FLEET = new IndexedFleet(5, 4, ApiFixture.PROFILES, 2);

  private static IndexChange placed(int host, List<String> findings, String... codes)
      throws BadRecordException {
    Placement placement =
        Placement.newBuilder(FLEET.placement(host, 1))
            .setFindings(findings)
            .setProblems(
                Stream.of(codes).map(code -> new ProblemEntry("a/path", code, "found x")).toList())
            .build();
    return IndexChange.placed(IndexedFleet.host(host), placement);
  }

  @Test
  void theyAreCountedPerHostAndInTheStatusWithWhatToDo() throws Exception {
    FilledView view =
        FilledView.of(FLEET)
            .withHosts(3)
            .with(placed(0, List.of("twin-host"), "malformed", "malformed", "of tomorrow"))
            .with(placed(1, List.of(), "malformed"));
    try (ApiFixture api = new ApiFixture()) {
      show(api, view.view());

      JsonNode listed = ApiFixture.json(api.get("/v1/hosts")).path("hosts");
      assertThat(listed.path(0).path("problemCounts").toString())
          .isEqualTo("{\"malformed\":2,\"twin-host\":1,\"other\":1}");
      assertThat(listed.path(1).path("problemCounts").toString()).isEqualTo("{\"malformed\":1}");
      assertThat(listed.path(2).has("problemCounts")).isFalse();
      JsonNode one = ApiFixture.json(api.get("/v1/hosts/" + IndexedFleet.host(0)));
      assertThat(one.path("problemCounts")).isEqualTo(listed.path(0).path("problemCounts"));
      JsonNode told = ApiFixture.json(api.get("/v1/status")).path("problems");
      assertThat(told.findValuesAsText("kind")).containsExactly("malformed", "twin-host", "other");
      assertThat(told.path(0).path("hosts").intValue()).isEqualTo(2);
      assertThat(told.path(0).path("problems").intValue()).isEqualTo(3);
      assertThat(told.path(0).path("toDo").textValue()).isEqualTo(HostProblemKind.MALFORMED.toDo());
    }
  }

  @Test
  void whereThereAreNoneNothingIsSaid() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      show(api, FilledView.of(FLEET).withHosts(3).view());
      assertThat(ApiFixture.json(api.get("/v1/status")).has("problems")).isFalse();
    }
  }

  @Test
  void theNumbersFollowTheHosts() throws Exception {
    FilledView view =
        FilledView.of(FLEET)
            .withHosts(3)
            .with(placed(0, List.of(), "too-deep", "too-deep", "unreadable"))
            .with(placed(1, List.of(), "too-deep"));
    assertThat(counts(view))
        .isEqualTo(
            Map.of(
                HostProblemKind.TOO_DEEP, new Count(2, 3),
                HostProblemKind.UNREADABLE, new Count(1, 1)));
    view.with(placed(0, List.of(), "too-deep"));
    assertThat(counts(view)).isEqualTo(Map.of(HostProblemKind.TOO_DEEP, new Count(2, 2)));
    view.with(new IndexChange.HostUnplaced(IndexedFleet.host(1)));
    view.with(placed(0, List.of()));
    assertThat(counts(view)).isEmpty();
  }

  private static Map<HostProblemKind, Count> counts(FilledView view) {
    return view.view().fleet().problems().byKind();
  }

  private static void show(ApiFixture api, IndexView view) {
    api.replica.publish(
        new Snapshot(view, ApiFixture.REVISION + 1, ApiFixture.CLOCK.millis(), 0, true));
  }
}
