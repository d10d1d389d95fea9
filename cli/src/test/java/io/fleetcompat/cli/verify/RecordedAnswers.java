package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers of an API about a whole fleet, with the time up to which the index was complete then.
 *
 * @param answers by question, without what no history has
 */
record RecordedAnswers(Instant at, SortedMap<String, JsonNode> answers) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The members that tell of the answer itself, of heartbeats and of refreshes (docs/audit.md). */
  private static final Set<String> NOT_COMPARED =
      Set.of("revision", "asOf", "stale", "lastSeen", "epoch", "sequence", "observedAt", "next");

  /** Asks everything that may be asked as of a time. */
  static RecordedAnswers of(int port, List<String> hosts) {
    SortedMap<String, JsonNode> answers = ask(port, hosts, "");
    return new RecordedAnswers(
        Instant.parse(get(port, "/v1/pools").path("asOf").asText()), answers);
  }

  /** The same questions, as of the time of these answers. */
  SortedMap<String, JsonNode> askAgain(int port, List<String> hosts) {
    return ask(port, hosts, "as-of=" + at);
  }

  private static SortedMap<String, JsonNode> ask(int port, List<String> hosts, String asOf) {
    SortedMap<String, JsonNode> answers = new TreeMap<>();
    List<String> endpoints = new ArrayList<>();
    for (String host : hosts) {
      JsonNode answer = put(answers, port, "/v1/hosts/" + host + "?" + asOf);
      answer
          .path("endpoints")
          .forEach(e -> endpoints.add(host + "/" + e.path("endpoint").asText()));
      put(answers, port, "/v1/hosts/" + host + "/evacuation?any-pool=true&" + asOf);
    }
    put(answers, port, "/v1/hosts?limit=1000&" + asOf);
    for (JsonNode pool : put(answers, port, "/v1/pools?" + asOf).path("pools")) {
      put(answers, port, "/v1/pools/" + encode(pool.path("pool").asText()) + "?" + asOf);
    }
    for (int i = 0; i < endpoints.size(); i++) {
      String source = "source=" + encode(endpoints.get(i)) + "&";
      put(answers, port, "/v1/destinations?unknown=true&limit=1000&" + source + asOf);
      String other = encode(endpoints.get((i * 7 + 3) % endpoints.size()));
      put(answers, port, "/v1/check?destination=" + other + "&" + source + asOf);
    }
    return answers;
  }

  private static JsonNode put(SortedMap<String, JsonNode> answers, int port, String path) {
    JsonNode answer = get(port, path);
    String question = path.replaceFirst("as-of=[^&]*", "");
    answers.put(question, comparable(answer.deepCopy()));
    return answer;
  }

  private static JsonNode comparable(JsonNode answer) {
    if (answer instanceof ObjectNode object) {
      object.remove(NOT_COMPARED);
    }
    answer.forEach(RecordedAnswers::comparable);
    return answer;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode get(int port, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
