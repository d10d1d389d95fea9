package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that asks an API for verdicts without a pause, and keeps count by rule set. */
final class RestlessClient implements AutoCloseable {

  private static final int MAX_PAIRS = 400;
  private static final Duration WITHIN = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  private final QueryServer api;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean asking = new AtomicBoolean(true);
  private final Map<String, Long> answersByRules = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().name("asker").unstarted(this::ask);
  private List<String> checks = List.of();

  RestlessClient(QueryServer api) {
    this.api = api;
  }

  /** Begins to ask about pairs of endpoints of different hosts. */
  void begin() throws IOException, InterruptedException {
    checks = checks();
    thread.start();
  }

  private List<String> checks() throws IOException, InterruptedException {
    List<String> endpoints = new ArrayList<>();
    for (JsonNode host : get("/v1/hosts").path("hosts")) {
      String name = host.path("host").asText();
      for (JsonNode endpoint : get("/v1/hosts/" + name).path("endpoints")) {
        endpoints.add(name + "/" + endpoint.path("endpoint").asText());
      }
    }
    List<String> made = new ArrayList<>();
    for (int i = 0; made.size() < MAX_PAIRS; i++) {
      String source = endpoints.get(i * 7 % endpoints.size());
      String destination = endpoints.get(i * 11 % endpoints.size());
      made.add("/v1/check?source=" + encode(source) + "&destination=" + encode(destination));
    }
    return made;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void ask() {
    for (int i = 0; asking.get(); i++) {
      String check = checks.get(i % checks.size());
      try {
        JsonNode answer = get(check);
        if (!answer.has("verdict") || answer.path("reasons").toString().contains("not-indexed")) {
          lost.add(check + ": " + answer);
        }
        answersByRules.merge(answer.path("ruleSet").asText("none"), 1L, Long::sum);
      } catch (IOException e) {
        lost.add(check + ": " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
    return JSON.readTree(
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  /** Waits until every pair was asked about once more, by those rules. */
  void awaitAnswers(String ruleSet) {
    long before = answersByRules.getOrDefault(ruleSet, 0L);
    Await.until(
        "answers by " + ruleSet,
        WITHIN,
        () -> answersByRules.getOrDefault(ruleSet, 0L),
        count -> count > before + MAX_PAIRS);
  }

  /** The rule sets of the answers since {@link #forget}. */
  Set<String> ruleSets() {
    return new TreeSet<>(answersByRules.keySet());
  }

  void forget() {
    answersByRules.clear();
  }

  /** Answers that were none, or that did not know what was known before. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** Stops asking. */
  void end() throws InterruptedException {
    asking.set(false);
    thread.join();
  }

  @Override
  public void close() {
    try {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
