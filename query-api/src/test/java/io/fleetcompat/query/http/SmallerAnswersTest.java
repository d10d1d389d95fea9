package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are compressed, and answers that are left out since the caller has them. */
class SmallerAnswersTest {

  private final ApiFixture api = new ApiFixture();
  private final HttpClient client = HttpClient.newHttpClient();

  SmallerAnswersTest() throws Exception {}

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) throws IOException {
    boolean compressed = answer.headers().firstValue("Content-Encoding").isPresent();
    byte[] body =
        compressed
            ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
            : answer.body();
    return new String(body, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "br, gzip;q=0.5",
        "*",
        "GZIP ; q=1",
        "x-gzip",
        "gzip;q=0.001",
        "*;q=0, gzip"
      })
  void aLargeAnswerIsCompressedForWhoTakesGzip(String accepted) throws Exception {
    for (String path : List.of("/v1/hosts", "/openapi.json", "/metrics")) {
      HttpResponse<byte[]> answer = get(path, "Accept-Encoding", accepted);
      assertThat(answer.headers().firstValue("Content-Encoding")).as(path).hasValue("gzip");
      assertThat(answer.headers().firstValue("Vary")).hasValue("Accept-Encoding");
      assertThat(answer.headers().firstValueAsLong("Content-Length"))
          .hasValue(answer.body().length);
      if (!path.equals("/metrics")) {
        assertThat(text(answer)).isEqualTo(api.get(path).body());
      }
      assertThat(text(answer).length()).isGreaterThan(answer.body().length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"identity", "br", "gzip;q=0", "gzip; q=0.00", "*;q=0", "gzip;q=0, *", "gzipped"})
  void itGoesAsItIsToAllOthers(String accepted) throws Exception {
    HttpResponse<byte[]> answer = get("/v1/hosts", "Accept-Encoding", accepted);
    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(answer.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    assertThat(text(answer)).isEqualTo(api.get("/v1/hosts").body());
  }

  @Test
  void aSmallAnswerIsNeverCompressed() throws Exception {
    HttpResponse<byte[]> answer = get("/health/ready", "Accept-Encoding", "gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(answer.headers().firstValue("Vary")).isEmpty();
  }

  @Test
  void theMemoryOfACompressedAnswerIsGivenBack() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(get("/openapi.json", "Accept-Encoding", "gzip").statusCode()).isEqualTo(200);
    }
    Await.until(
        "all memory to be given back",
        () ->
            text(get("/metrics"))
                .contains("fleetcompat_query_in_flight_bytes{use=\"answers\"} 0.0\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/v1/profiles", "/v1/matrix", "names"})
  void whoHasAnAnswerIsToldSoThoughTheIndexHasMovedOn(String path) throws Exception {
    String asked =
        path.equals("names")
            ? "/v1/destinations?unknown=true&stale=true&fields=names&source=" + api.endpoint(0)
            : path;
    HttpResponse<byte[]> first = get(asked);
    if (first.body().length <= Gzip.LEAST) {
      assertThat(first.headers().firstValue("ETag")).isEmpty();
      return;
    }
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("W/\"");
    api.publish(ApiFixture.REVISION + 1);
    for (String known : List.of(tag, "\"x\", " + tag, tag.substring(2), "*")) {
      HttpResponse<byte[]> again = get(asked, "If-None-Match", known, "Accept-Encoding", "gzip");
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).hasValue(tag);
      assertThat(again.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    }
    HttpResponse<byte[]> other = get(asked, "If-None-Match", "W/\"0\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.headers().firstValue("ETag")).hasValue(tag);
  }

  @ParameterizedTest
  @CsvSource({"/v1/profiles,stale", "/v1/matrix,stale"})
  void anotherAnswerHasAnotherTag(String path, String member) throws Exception {
    String tag = get(path).headers().firstValue("ETag").orElseThrow();
    String limited = path + "?limit=30";
    assertThat(get(limited).headers().firstValue("ETag")).isPresent();
    assertThat(get(limited).headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    long past = ApiFixture.CLOCK.millis() - 9_000; // what was not stale is
    api.replica.publish(new Snapshot(api.view, ApiFixture.REVISION, past, 0, true));
    HttpResponse<byte[]> stale = get(path, "If-None-Match", tag);
    assertThat(text(stale)).contains("\"" + member + "\":true");
    assertThat(stale.statusCode()).isEqualTo(200);
  }

  @Test
  void answersWithAgesHaveNoTag() throws Exception {
    for (String path : List.of("/v1/hosts", "/v1/status")) {
      assertThat(get(path).headers().firstValue("ETag")).as(path).isEmpty();
    }
  }
}
