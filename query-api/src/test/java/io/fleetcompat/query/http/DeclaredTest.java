package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.lookup.Claims;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Claims about devices in the answers. The endpoints of the invented fleet have an interface of
 * their own, so their drivers show that they can be migrated.
 */
class DeclaredTest {

  private static final IndexedFleet FLEET = new IndexedFleet(5, 4, ApiFixture.PROFILES, 2);
  private static final String HOST = IndexedFleet.host(0);

  private static List<String> endpoints() {
    return FLEET.placement(0, 1).getEndpoints().stream().map(PlacedEndpoint::getName).toList();
  }

  private static IndexChange placed(int host, Map<String, Boolean> claims)
      throws BadRecordException {
    Placement placement = Placement.newBuilder(FLEET.placement(host, 1)).setClaims(claims).build();
    return IndexChange.placed(IndexedFleet.host(host), placement);
  }

  private static IndexView view(Map<String, Boolean> claims) throws Exception {
    return FilledView.of(FLEET).withHosts(3).with(placed(0, claims)).view();
  }

  @Test
  void aContradictionIsShownOnItsHostAndCounted() throws Exception {
    Map<String, Boolean> claims = new HashMap<>();
    claims.put(endpoints().get(0), false);
    claims.put(endpoints().get(1), true);
    try (ApiFixture api = new ApiFixture()) {
      show(api, view(claims));

      JsonNode declared = ApiFixture.json(api.get("/v1/hosts/" + HOST)).path("declared");
      assertThat(declared).hasSize(2);
      assertThat(declared.path(0).path("endpoint").textValue()).isEqualTo(endpoints().get(0));
      assertThat(declared.path(0).path("declared").textValue()).isEqualTo("no");
      assertThat(declared.path(0).path("observed").textValue()).isEqualTo("yes");
      assertThat(declared.path(0).path("finding").textValue()).isEqualTo("contradicted");
      assertThat(declared.path(0).path("detail").textValue()).contains("type-attributes");
      assertThat(declared.path(1).path("finding").textValue()).isEqualTo("confirmed");
      JsonNode status = ApiFixture.json(api.get("/v1/status"));
      assertThat(status.path("declaredContradicted").intValue()).isEqualTo(1);
    }
  }

  @Test
  void whereNothingIsDeclaredNothingIsSaid() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      show(api, view(Map.of()));

      assertThat(ApiFixture.json(api.get("/v1/hosts/" + HOST)).has("declared")).isFalse();
      assertThat(ApiFixture.json(api.get("/v1/status")).has("declaredContradicted")).isFalse();
    }
  }

  @Test
  void theNumberFollowsTheHosts() throws Exception {
    Map<String, Boolean> both = Map.of(endpoints().get(0), false, endpoints().get(1), false);
    FilledView view = FilledView.of(FLEET).withHosts(3).with(placed(0, both));
    assertThat(Claims.contradicted(view.view())).isEqualTo(2);

    String other = FLEET.placement(1, 1).getEndpoints().getFirst().getName();
    assertThat(Claims.contradicted(view.with(placed(1, Map.of(other, false))).view())).isEqualTo(3);
    assertThat(Claims.contradicted(view.with(placed(0, Map.of(endpoints().get(0), true))).view()))
        .isEqualTo(1);
    assertThat(
            Claims.contradicted(
                view.with(new IndexChange.HostUnplaced(IndexedFleet.host(1))).view()))
        .isZero();
  }

  @Test
  void withoutRulesOrContentNothingIsContradicted() throws Exception {
    Map<String, Boolean> claims = Map.of(endpoints().get(0), false);
    FilledView bare = FilledView.of(FLEET, new int[0]).with(placed(0, claims));

    assertThat(Claims.contradicted(bare.view())).isZero();
    try (ApiFixture api = new ApiFixture()) {
      show(api, bare.view());
      JsonNode declared = ApiFixture.json(api.get("/v1/hosts/" + HOST)).path("declared").path(0);
      assertThat(declared.path("observed").textValue()).isEqualTo("unknown");
      assertThat(declared.path("finding").textValue()).isEqualTo("not-compared");
      assertThat(declared.path("detail").textValue()).contains("not in the index yet");
    }
  }

  private static void show(ApiFixture api, IndexView view) {
    api.replica.publish(
        new Snapshot(view, ApiFixture.REVISION + 1, ApiFixture.CLOCK.millis(), 0, true));
  }
}
