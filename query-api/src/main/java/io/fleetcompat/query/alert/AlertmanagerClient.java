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
import java.util.Optional;

/** Requests to one Alertmanager. One thread. */
final class AlertmanagerClient implements AutoCloseable {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int MOST_ANSWER_BYTES = 64 << 10;
  private static final int MOST_SAID = 300;
  private static final int MOST_HEADER_BYTES = 8 << 10;
  private static final int BAD_REQUEST = 400;
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

  /** What came of a request. */
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
      HttpRequest.Builder request =
          HttpRequest.newBuilder(alerts)
              .timeout(ANSWER_WITHIN)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      if (authorization.isPresent()) {
        request.header("Authorization", header(authorization.get()));
      }
      return result(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      return new Result.Failed(said(e));
    } catch (IllegalArgumentException e) {
      return new Result.Failed(
          "expected one line of the header Authorization in the file, found another content");
    }
  }

  private static String header(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_HEADER_BYTES), StandardCharsets.UTF_8).strip();
    }
  }

  private static Result result(HttpResponse<InputStream> response) throws IOException {
    byte[] body;
    try (InputStream in = response.body()) {
      body = in.readNBytes(MOST_ANSWER_BYTES);
    }
    int status = response.statusCode();
    if (status >= OK && status < AFTER_OK) {
      return new Result.Taken();
    }
    String said = "HTTP " + status + ": " + message(new String(body, StandardCharsets.UTF_8));
    return status == BAD_REQUEST ? new Result.Refused(said) : new Result.Failed(said);
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

  private static String said(IOException e) {
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return e.getClass().getSimpleName() + message;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
