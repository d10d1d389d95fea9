package io.fleetcompat.query.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.inventory.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to one Alertmanager. One thread. */
final class AlertmanagerClient implements AutoCloseable {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /** All alerts of an Alertmanager, too. */
  private static final int MOST_ANSWER_BYTES = 64 << 20;

  private static final int MOST_SAID = 300;
  private static final int MOST_HEADER_BYTES = 8 << 10;

  /** Bad request, content too large, unprocessable content: less of it may be taken. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

  private static final int OK = 200;
  private static final int AFTER_OK = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI alerts;
  private final Optional<Path> authorization;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_WITHIN)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  /** The outcome of a request. */
  sealed interface Result {

    /** All of them were taken. */
    record Taken() implements Result {}

    /** Some of them, or all, are not as Alertmanager wants them; the others it may have taken. */
    record Refused(String said) implements Result {}

    /** None is known to have been taken; it may be otherwise the next time. */
    record Failed(String why) implements Result {}
  }

  AlertmanagerClient(URI member, Optional<Path> authorization) {
    this.alerts = URI.create(member.toString().replaceAll("/+$", "") + "/api/v2/alerts");
    this.authorization = authorization;
  }

  Result post(byte[] body) throws InterruptedException {
    try {
      HttpResponse<byte[]> response =
          send(
              request(alerts)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
      int status = response.statusCode();
      if (isOk(status)) {
        return new Result.Taken();
      }
      String said = said(response);
      return REFUSALS.contains(status) ? new Result.Refused(said) : new Result.Failed(said);
    } catch (IOException e) {
      return new Result.Failed(said(e));
    }
  }

  /**
   * The labels of all alerts that it has now, and that have not ended.
   *
   * @throws IOException where it does not tell
   */
  Set<Map<String, String>> active() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request(alerts).GET());
    if (!isOk(response.statusCode())) {
      throw new IOException(said(response));
    }
    Set<Map<String, String>> active = new HashSet<>();
    for (JsonNode alert : JSON.readTree(response.body())) {
      Map<String, String> labels = new HashMap<>();
      alert.path("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      active.add(labels);
    }
    return active;
  }

  private HttpRequest.Builder request(URI uri) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN);
    if (authorization.isPresent()) {
      try {
        request.header("Authorization", header(authorization.get()));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "expected one line, of the header Authorization, in its file; found another content",
            e);
      }
    }
    return request;
  }

  /**
   * The whole of it within the time: a request's own timeout ends when the head of the answer is
   * there.
   */
  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse.BodyHandler<byte[]> body =
        HttpResponse.BodyHandlers.limiting(
            HttpResponse.BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES);
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request.build(), body);
    try {
      return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + ANSWER_WITHIN.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String header(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_HEADER_BYTES), StandardCharsets.UTF_8).strip();
    }
  }

  private static boolean isOk(int status) {
    return status >= OK && status < AFTER_OK;
  }

  private static String said(HttpResponse<byte[]> response) {
    return "HTTP %d: %s"
        .formatted(
            response.statusCode(), message(new String(response.body(), StandardCharsets.UTF_8)));
  }

  /**
   * The message of an answer: of Alertmanager's handlers it is a JSON string, of its validation an
   * object with {@code message}; whatever stands between may answer anything.
   */
  static String message(String body) {
    String words;
    try {
      JsonNode json = JSON.readTree(body);
      words = json.isObject() ? json.path("message").asText(body) : json.asText(body);
    } catch (IOException e) {
      words = body;
    }
    return Quoted.of(words.strip(), MOST_SAID);
  }

  /** The words of a failure. */
  static String said(IOException e) {
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return e.getClass().getSimpleName() + message;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
