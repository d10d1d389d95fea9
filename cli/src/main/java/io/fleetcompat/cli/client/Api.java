package io.fleetcompat.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.compatibility.json.JsonMistake;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.settings.ShownValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running query API. A question that it cannot answer ends the command with the status that the
 * kind of problem has.
 *
 * @param base such as {@code http://127.0.0.1:8787}
 * @param timeout for connecting, and for every wait while reading
 */
public record Api(URI base, Duration timeout) {

  public static final String DEFAULT_BASE = "http://127.0.0.1:8787";

  private static final int MAX_ANSWER_BYTES = 256 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An answer: the body, and the same parsed. */
  public record Answer(String body, JsonNode json) {}

  /**
   * Parses the address of an API.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static Api at(String base, Duration timeout) {
    String wrong =
        "expected an address such as " + DEFAULT_BASE + ", found " + ShownValue.quoted(base);
    URI uri;
    try {
      uri = URI.create(base.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong, e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException(wrong);
    }
    return new Api(uri, timeout);
  }

  /** Asks; parameters without a value are left out. */
  public Answer get(String path, Map<String, Optional<String>> parameters) {
    return ask(path, parameters, Optional.empty());
  }

  /**
   * Likewise.
   *
   * @param json the body of a question that has one
   */
  Answer ask(String path, Map<String, Optional<String>> parameters, Optional<String> json) {
    return ask(uri(path, parameters), json);
  }

  private URI uri(String path, Map<String, Optional<String>> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(entry -> entry.getValue().isPresent())
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue().orElseThrow()))
            .collect(Collectors.joining("&"));
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
  }

  /** A value as it is spelled in a path or query. */
  public static String encode(String value) {
    return PercentCode.encode(value);
  }

  private Answer ask(URI uri, Optional<String> json) {
    try {
      HttpURLConnection connection = connect(uri, timeout);
      connection.setRequestProperty("Accept", "application/json, application/problem+json");
      if (json.isPresent()) {
        send(connection, json.get());
      }
      int status = connection.getResponseCode();
      String body = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
      if (status != HttpURLConnection.HTTP_OK) {
        throw refused(status, body);
      }
      return new Answer(body, parse(body));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpURLConnection connect(URI uri, Duration silence) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) silence.toMillis());
    return connection;
  }

  /** The outcome of a request for events without end. */
  sealed interface Events {

    /** They come; whoever reads them closes them. */
    record Open(InputStream stream) implements Events {}

    /**
     * There are none.
     *
     * @param code empty where the answer is no problem of ours
     * @param why as the end of a command
     */
    record Refused(int status, String code, CommandFailure why) implements Events {}
  }

  /**
   * Asks for events.
   *
   * @param after the last one that was read
   * @param silence longest time without a byte
   * @throws IOException where nobody answers
   */
  Events events(
      String path,
      Map<String, Optional<String>> parameters,
      Optional<String> after,
      Duration silence)
      throws IOException {
    HttpURLConnection connection = connect(uri(path, parameters), silence);
    connection.setRequestProperty("Accept", "text/event-stream, application/problem+json");
    after.ifPresent(id -> connection.setRequestProperty("Last-Event-ID", id));
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_OK) {
      return new Events.Open(connection.getInputStream());
    }
    String body = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    return new Events.Refused(status, code(body), refused(status, body));
  }

  private static String code(String body) {
    try {
      return JSON.readTree(body).path("code").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /** The end of a command that nobody answered. */
  CommandFailure unreachable(IOException fault) {
    return switch (fault) {
      case ConnectException e ->
          CommandFailure.failed(
              ("nothing answers at %s (%s): start the fleet with 'fleetcompat up' or the API with"
                      + " 'fleetcompat serve', or say where it is with --api or FLEETCOMPAT_API")
                  .formatted(base, e.getMessage()));
      case UnknownHostException _ ->
          CommandFailure.failed("the host name in " + base + " is not known: check --api");
      case SocketTimeoutException _ ->
          CommandFailure.failed(
              base
                  + " did not answer within "
                  + timeout.toMillis()
                  + " ms: try a longer --timeout");
      default -> CommandFailure.failed("asking " + base + " failed: " + fault.getMessage());
    };
  }

  private static void send(HttpURLConnection connection, String json) throws IOException {
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String read(@Nullable InputStream stream) throws IOException {
    if (stream == null) {
      return "";
    }
    try (stream) {
      byte[] bytes = stream.readNBytes(MAX_ANSWER_BYTES + 1);
      if (bytes.length > MAX_ANSWER_BYTES) {
        throw new IOException("the answer is longer than " + MAX_ANSWER_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw CommandFailure.failed(
          "expected JSON from %s, found %s: is it a fleetcompat API?"
              .formatted(base, JsonMistake.of(e)));
    }
  }

  /** RFC 9457: the detail says what to do, the code says which kind. */
  private CommandFailure refused(int httpStatus, String body) {
    JsonNode problem;
    try {
      problem = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return CommandFailure.failed(base + " answered with HTTP status " + httpStatus);
    }
    String detail = problem.path("detail").asText(problem.path("title").asText("no detail"));
    String code = problem.path("code").asText("");
    return new CommandFailure(exitStatus(httpStatus, code), detail + " (" + code + ")");
  }

  private static int exitStatus(int httpStatus, String code) {
    if (code.equals("revision-not-reached")) {
      return ExitStatus.TOO_STALE;
    }
    return switch (httpStatus) {
      case 400 -> ExitStatus.USAGE;
      case 404 -> ExitStatus.NOT_FOUND;
      default -> ExitStatus.FAILED;
    };
  }
}
