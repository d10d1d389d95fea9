package io.fleetcompat.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events of {@code /v1/watch} as a client reads them. */
public final class WatchedEvents implements AutoCloseable {

  /** Longest wait for an event. */
  private static final long LONG_SECONDS = 30;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * An event, or the end of the stream.
   *
   * @param id the last one that was told
   */
  public record Event(String name, String id, JsonNode data) {
    public boolean isEnd() {
      return name.equals("end");
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /**
   * Begins to read.
   *
   * @param after sent as {@code Last-Event-ID}
   */
  public WatchedEvents(int port, String query, Optional<String> after)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/watch" + query));
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    response = client.send(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      Thread.ofVirtual().start(this::read);
    }
  }

  public HttpResponse<InputStream> response() {
    return response;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String name = "";
      String id = "";
      String data = "";
      String line = lines.readLine();
      while (line != null) {
        if (line.isEmpty()) {
          events.add(new Event(name, id, JSON.readTree(data)));
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else {
          throw new AssertionError("expected a line of an event, found " + line);
        }
        line = lines.readLine();
      }
      events.add(new Event("end", id, JSON.nullNode()));
    } catch (IOException e) {
      events.add(new Event("end", e.toString(), JSON.nullNode()));
    }
  }

  /** The next event. */
  public Event next() throws InterruptedException {
    Event event = events.poll(LONG_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("expected an event, found none");
    }
    return event;
  }

  /** The next event that is no bookmark. */
  public Event nextOther() throws InterruptedException {
    Event event = next();
    while (event.name().equals("bookmark")) {
      event = next();
    }
    return event;
  }

  /** True where nothing came that was not read. */
  public boolean isEmpty() {
    return events.isEmpty();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
