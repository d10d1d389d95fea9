package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.query.answer.Field;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with {@code fields}, beside the same answers with all members. */
class FieldsRouteTest {

  private static final int TRIES = 40;

  /** Members that no verdict has to be put into words for. */
  private static final Set<Field> OUTCOMES =
      Set.of(Field.SOURCE, Field.DESTINATION, Field.VERDICT, Field.CAPACITY);

  /** Members of an answer itself, which are there whatever is asked for. */
  private static final Set<String> BASIS = Set.of("revision", "asOf", "stale", "ruleSet");

  private final List<ApiFixture> open = new ArrayList<>();
  private int compared;

  @AfterEach
  void close() {
    open.forEach(ApiFixture::close);
  }

  /** A fleet that is heard of, or has been silent for too long. */
  private ApiFixture api(boolean heard) throws Exception {
    Clock clock = heard ? ApiFixture.CLOCK : Clock.offset(ApiFixture.CLOCK, Duration.ofMinutes(2));
    ApiFixture api = new ApiFixture(HttpBounds.DEFAULTS, clock, true);
    open.add(api);
    return api;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCheckHasTheMembersThatAreNamed(boolean heard) throws Exception {
    ApiFixture api = api(heard);
    Random random = new Random(7);
    for (int i = 0; i < TRIES; i++) {
      String pair =
          "/v1/check?source=%s&destination=%s"
              .formatted(
                  api.endpoint(random.nextInt(ApiFixture.HOSTS - 1)),
                  api.endpoint(random.nextInt(ApiFixture.HOSTS - 1)));
      Set<String> wanted = some(random, Field.OF_CHECK);
      JsonNode all = ApiFixture.json(api.get(pair));
      JsonNode selected = ApiFixture.json(api.get(pair + "&fields=" + String.join(",", wanted)));
      assertThat(selected).as(pair + wanted).isEqualTo(only(all, wanted, BASIS));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyChecksHaveTheMembersThatAreNamed(boolean heard) throws Exception {
    ApiFixture api = api(heard);
    Random random = new Random(8);
    StringBuilder pairs = new StringBuilder();
    String source = api.endpoint(0);
    for (int host = 0; host < ApiFixture.HOSTS - 1; host++) {
      pairs.append(
          "{\"source\":\"%s\",\"destination\":\"%s\"},".formatted(source, api.endpoint(host)));
    }
    String body = "{\"pairs\":[" + pairs + "{\"source\":\"a/b\",\"destination\":\"c/d\"}]}";
    JsonNode all = ApiFixture.json(api.post("/v1/check", body));
    for (int i = 0; i < TRIES; i++) {
      Set<String> wanted = some(random, Field.OF_PAIRS);
      String path = "/v1/check?fields=" + String.join(",", wanted);
      JsonNode selected = ApiFixture.json(api.post(path, body));
      assertThat(selected).as(path).isEqualTo(onlyIn(all, "results", wanted));
    }
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?fields=destination,verdict"})
  void oneSourceThatIsNotThereIsRefusedOnce(String query) throws Exception {
    ApiFixture api = api(true);
    String body = "{\"source\":\"no/such\",\"destinations\":[\"%s\"]}".formatted(api.endpoint(0));
    HttpResponse<String> refused = api.post("/v1/check" + query, body);
    ApiFixture.assertProblem(refused, 404, "host-not-found");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneSourceIsAnsweredAsItsPairsAre(boolean heard) throws Exception {
    ApiFixture api = api(heard);
    Random random = new Random(11);
    List<String> destinations = new ArrayList<>(List.of("c/d", "%61/%62"));
    for (int host = 0; host < ApiFixture.HOSTS - 1; host++) {
      destinations.add(api.endpoint(host));
    }
    for (String source : List.of(api.endpoint(0), api.endpoint(5))) {
      List<String> pairs = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (String to : destinations) {
        pairs.add("{\"source\":\"%s\",\"destination\":\"%s\"}".formatted(source, to));
        names.add("\"" + to + "\"");
      }
      String many = "{\"pairs\":[" + String.join(",", pairs) + "]}";
      String one =
          "{\"destinations\":[%s],\"source\":\"%s\"}".formatted(String.join(",", names), source);
      assertThat(api.post("/v1/check", one).body()).isEqualTo(api.post("/v1/check", many).body());
      for (int i = 0; i < TRIES; i++) {
        Set<Field> fields = i % 2 == 0 ? Field.OF_PAIRS : OUTCOMES;
        String path = "/v1/check?fields=" + String.join(",", some(random, fields));
        assertThat(api.post(path, one).body()).as(path).isEqualTo(api.post(path, many).body());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"source\":\"a/b\"} ~ destinations: expected an array",
        "{\"source\":\"a/b\",\"destinations\":[],\"pairs\":[]} ~ pairs, or source and",
        "{\"source\":\"a/b\",\"destinations\":[1]} ~ destinations[0]: expected a string",
        "{\"source\":\"a/b\",\"destinations\":[\"a/b\",\"c\"]} ~ destinations[1]: expected HOST",
      })
  void oneSourceThatDoesNotParseIsToldWhatWasExpected(String body, String said) throws Exception {
    HttpResponse<String> answer = api(true).post("/v1/check", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(ApiFixture.json(answer).path("detail").textValue()).contains(said);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void destinationsHaveTheMembersThatAreNamed(boolean heard) throws Exception {
    ApiFixture api = api(heard);
    Random random = new Random(9);
    for (int i = 0; i < TRIES; i++) {
      String path =
          "/v1/destinations?unknown=true&stale=true&source="
              + api.endpoint(random.nextInt(ApiFixture.HOSTS - 1));
      JsonNode all = ApiFixture.json(api.get(path));
      Set<String> wanted = some(random, Field.OF_DESTINATIONS);
      JsonNode selected = ApiFixture.json(api.get(path + "&fields=" + String.join(",", wanted)));
      assertThat(selected).as(path + wanted).isEqualTo(onlyIn(all, "destinations", wanted));
      assertNamesAre(api, path, strings(all, "/destinations", "destination"), all);
    }
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void machinesHaveTheMembersThatAreNamed(boolean heard) throws Exception {
    ApiFixture api = api(heard);
    Random random = new Random(10);
    for (int i = 0; i < TRIES; i++) {
      String body =
          "{\"sources\":[\"%s\"],\"stale\":true}"
              .formatted(api.endpoint(random.nextInt(ApiFixture.HOSTS - 1)));
      JsonNode all = ApiFixture.json(api.post("/v1/destinations", body));
      Set<String> wanted = some(random, Field.OF_MACHINES);
      String path = "/v1/destinations?fields=" + String.join(",", wanted);
      assertThat(ApiFixture.json(api.post(path, body)))
          .as(path + body)
          .isEqualTo(onlyIn(all, "destinations", wanted));
      HttpResponse<String> names = api.post("/v1/destinations?fields=names", body);
      assertThat(texts(ApiFixture.json(names))).isEqualTo(certain(all));
      assertThat(names.headers().firstValue("Fleetcompat-Complete")).hasValue("true");
      assertThat(names.headers().firstValue("Fleetcompat-Next")).isEmpty();
    }
    assertThat(compared).isPositive();
  }

  private static void assertNamesAre(
      ApiFixture api, String path, List<String> expected, JsonNode all) throws Exception {
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      HttpResponse<String> page = api.get(path + "&fields=names&limit=3" + cursor);
      var headers = page.headers();
      assertThat(headers.firstValue("Fleetcompat-Revision"))
          .hasValue(all.path("revision").asText());
      assertThat(headers.firstValue("Fleetcompat-Stale")).hasValue(all.path("stale").asText());
      assertThat(headers.firstValue("Fleetcompat-As-Of")).isPresent();
      assertThat(headers.firstValue("Fleetcompat-Total")).hasValue(all.path("total").asText());
      paged.addAll(texts(ApiFixture.json(page)));
      cursor = headers.firstValue("Fleetcompat-Next").map(next -> "&cursor=" + next).orElse("");
    } while (!cursor.isEmpty());
    assertThat(paged).isEqualTo(expected);
    assertThat(texts(ApiFixture.json(api.get(path + "&fields=names&limit=10000"))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/destinations?source=SOURCE&fields=verdct | did you mean 'verdict'?",
        "/v1/destinations?source=SOURCE&fields=reasons | found 'reasons'",
        "/v1/destinations?source=SOURCE&fields=names&limit=10001 | 1 to 10000",
        "/v1/destinations?source=SOURCE&fields=host&limit=1001 | 1 to 1000",
        "/v1/check?source=SOURCE&destination=SOURCE&fields=names | found 'names'",
      })
  void whatIsNoFieldIsRefused(String path, String said) throws Exception {
    ApiFixture api = api(true);
    HttpResponse<String> answer = api.get(path.replace("SOURCE", api.endpoint(0)));
    assertProblem(answer, 400, "bad-request");
    assertThat(ApiFixture.json(answer).path("detail").textValue()).contains(said);
  }

  /** One or more of these names. */
  private static Set<String> some(Random random, Set<Field> of) {
    List<String> names =
        of.stream()
            .filter(field -> field != Field.NAMES)
            .map(Field::spelling)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(names, random);
    return new TreeSet<>(names.subList(0, 1 + random.nextInt(names.size())));
  }

  private ObjectNode onlyIn(JsonNode answer, String entries, Set<String> wanted) {
    ObjectNode copy = answer.deepCopy();
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    answer.path(entries).forEach(entry -> kept.add(only(entry, wanted, Set.of())));
    compared += kept.size();
    copy.set(entries, kept);
    return copy;
  }

  private static ObjectNode only(JsonNode entry, Set<String> wanted, Set<String> besides) {
    Set<String> kept = new TreeSet<>(wanted);
    kept.addAll(besides);
    if (wanted.contains("failure")) {
      kept.add("failureInferred");
    }
    ObjectNode copy = entry.deepCopy();
    return copy.retain(kept);
  }

  private static List<String> certain(JsonNode answer) {
    List<String> hosts = new ArrayList<>();
    for (JsonNode fit : answer.path("destinations")) {
      if (fit.path("certain").booleanValue()) {
        hosts.add(fit.path("host").textValue());
      }
    }
    return hosts;
  }

  private static List<String> strings(JsonNode answer, String entries, String member) {
    List<String> strings = new ArrayList<>();
    answer.at(entries).forEach(entry -> strings.add(entry.path(member).textValue()));
    return strings;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.textValue()));
    return texts;
  }
}
