package io.fleetcompat.benchmarks.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of a server on loopback. Any thread. */
public final class LoopbackClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  /** An answer that is not 200. */
  public static final class StatusException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    StatusException(String path, int status, String body) {
      super("expected 200 for %s, found %d %s".formatted(path, status, body));
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  public LoopbackClient(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  public String url(String path) {
    return base + path;
  }

  /** The answer's body. */
  public byte[] bytes(String path) throws IOException, InterruptedException {
    return bytes(path, request(path));
  }

  private byte[] bytes(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new StatusException(
          path, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  public JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(bytes(path));
  }

  /** The answer to a body of JSON. */
  public JsonNode post(String path, String body) throws IOException, InterruptedException {
    return JSON.readTree(postForBytes(path, body));
  }

  /** The body of the answer to a body of JSON. */
  public byte[] postForBytes(String path, String body) throws IOException, InterruptedException {
    return bytes(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** True if the path answers 200; a refused connection is a no. */
  public boolean isOk(String path) throws InterruptedException {
    try {
      return client.send(request(path).build(), BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public void put(String path, byte[] body) throws IOException, InterruptedException {
    client.send(
        request(path).PUT(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.discarding());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
  }

  @Override
  public void close() {
    client.close();
  }
}
