package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Destinations;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.VerdictForm;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /v1/destinations}. */
@ExtendWith(SharedApi.class)
class DestinationRoutesTest {

  private static final long HOUR = 3_600_000_000_000L;

  private final ApiFixture api;

  DestinationRoutesTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void aCursorThatWasGivenGoesOnAndATamperedOneIsRefused() throws Exception {
    String ofHosts = ApiFixture.json(api.get("/v1/hosts?limit=1")).path("next").textValue();
    String destinations = "/v1/destinations?limit=1&source=" + api.endpoint(0);
    String cursor = ApiFixture.json(api.get(destinations)).path("next").textValue();
    assertThat(api.get(destinations + "&cursor=" + cursor).statusCode()).isEqualTo(200);
    for (String bad : new String[] {"", "!!", ofHosts, cursor + "A", cursor.substring(2)}) {
      HttpResponse<String> refused = api.get(destinations + "&cursor=" + bad);
      assertProblem(refused, 400, "bad-request");
      assertThat(refused.body()).contains("without cursor");
    }
  }

  @Test
  void aMistakeOfOursIsNotCalledABadCursor() throws Exception {
    VerdictForm<WrittenVerdict> broken =
        new VerdictForm<>() {
          @Override
          public WrittenVerdict of(Verdict verdict, Optional<Rank> rank) {
            throw new IllegalArgumentException("a mistake");
          }

          @Override
          public int weight(WrittenVerdict form) {
            return 0;
          }
        };
    Sightings sightings = api.source.sightings();
    Route route =
        new DestinationRoutes(new Destinations<>(new PairVerdicts<>(broken), sightings), sightings)
            .routes()
            .getFirst();
    Parameters parameters = Parameters.parse("source=" + api.endpoint(0), route.parameters());
    Call call =
        new Call(
            parameters,
            "",
            new byte[0],
            Optional.empty(),
            api.replica.snapshot(),
            false,
            System.nanoTime() + HOUR);
    assertThatThrownBy(() -> route.handler().answer(call)).hasMessage("a mistake");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/destinations?source=a/b,404,host-not-found",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }
}
