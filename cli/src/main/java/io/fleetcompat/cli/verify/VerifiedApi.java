package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.verify.Mismatch.Pair;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.oracle.NaivePolicy;
import io.fleetcompat.oracle.NaiveVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The running API that is verified. Any thread. */
final class VerifiedApi implements AutoCloseable {

  /** Most pairs that the API takes at once. */
  static final int MAX_PAIRS = 10_000;

  private static final int PAGE = 1000;
  private static final int OK = 200;
  private static final int GATEWAY_TIMEOUT = 504;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final URI check;
  private final Duration timeout;
  private final HttpClient client;

  VerifiedApi(URI base, Duration timeout) {
    this(base, "", timeout);
  }

  /**
   * Likewise.
   *
   * @param query what checks say beside the pairs, such as {@code max-behind=0}
   */
  VerifiedApi(URI base, String query, Duration timeout) {
    this.base = base;
    this.check = URI.create(base + "/v1/check" + (query.isEmpty() ? "" : "?" + query));
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** The choices that the rules leave open, as the index was built with them. */
  Set<NaivePolicy> policies() {
    Set<NaivePolicy> policies = EnumSet.noneOf(NaivePolicy.class);
    for (JsonNode name : get("/v1/status").path("policies")) {
      policies.add(NaivePolicy.parse(name.asText()));
    }
    return policies;
  }

  /** The rule set that its answers are by; empty where nothing is judged yet. */
  Optional<String> ruleSet() {
    JsonNode ruleSet = get("/v1/status").path("ruleSet");
    return ruleSet.isTextual() ? Optional.of(ruleSet.textValue()) : Optional.empty();
  }

  /** The number of overrides that it says count. */
  int countingOverrides() {
    return get("/v1/status").path("overrides").path("in-force").asInt();
  }

  /** Names of all hosts that it knows. */
  SortedSet<String> hosts() {
    SortedSet<String> hosts = new TreeSet<>();
    String cursor = "";
    do {
      JsonNode page = get("/v1/hosts?limit=" + PAGE + cursor);
      page.path("hosts").forEach(host -> hosts.add(host.path("host").asText()));
      JsonNode next = page.path("next");
      cursor = next.isTextual() ? "&cursor=" + PercentCode.encode(next.textValue()) : "";
    } while (!cursor.isEmpty());
    return hosts;
  }

  /** The endpoints of a host by name, each with its capacity; negative where it has none. */
  SortedMap<String, Integer> endpoints(String host) {
    SortedMap<String, Integer> endpoints = new TreeMap<>();
    get("/v1/hosts/" + PercentCode.encode(host))
        .path("endpoints")
        .forEach(
            endpoint ->
                endpoints.put(
                    endpoint.path("endpoint").asText(), endpoint.path("capacity").asInt(-1)));
    return endpoints;
  }

  /** Names of all pools that it knows. */
  Set<String> pools() {
    Set<String> pools = new TreeSet<>();
    get("/v1/pools").path("pools").forEach(pool -> pools.add(pool.path("pool").asText()));
    return pools;
  }

  /** All that it tells of a pool. */
  JsonNode pool(String pool) {
    return get("/v1/pools/" + PercentCode.encode(pool));
  }

  /** Its verdict of each pair, in order; asked in parts where all at once take it too long. */
  List<NaiveVerdict> check(List<Pair> pairs) {
    try {
      return ask(pairs);
    } catch (TooLongException e) {
      if (pairs.size() < 2) {
        throw failed(e);
      }
      int half = pairs.size() / 2;
      List<NaiveVerdict> verdicts = new ArrayList<>(check(pairs.subList(0, half)));
      verdicts.addAll(check(pairs.subList(half, pairs.size())));
      return verdicts;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private List<NaiveVerdict> ask(List<Pair> pairs) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(check)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(pairs)))
            .build();
    try (InputStream answer = send(request)) {
      List<NaiveVerdict> verdicts = AnswerParser.parse(answer);
      if (verdicts.size() != pairs.size()) {
        throw new IOException("expected " + pairs.size() + " results, found " + verdicts.size());
      }
      return verdicts;
    }
  }

  private static byte[] body(List<Pair> pairs) {
    StringBuilder json = new StringBuilder(pairs.size() * 100 + 20).append("{\"pairs\":[");
    String separator = "";
    for (Pair pair : pairs) {
      json.append(separator).append("{\"source\":");
      quote(json, pair.source());
      json.append(",\"destination\":");
      quote(json, pair.destination());
      json.append('}');
      separator = ",";
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private JsonNode get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).GET().build();
    try (InputStream answer = send(request)) {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Sends a request, again after a while where the API has too much to do, as it asks. */
  private InputStream send(HttpRequest request) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        HttpResponse<InputStream> response =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() == OK) {
          return response.body();
        }
        try (InputStream body = response.body()) {
          String found =
              "HTTP status %d: %s"
                  .formatted(
                      response.statusCode(),
                      new String(body.readNBytes(2000), StandardCharsets.UTF_8));
          if (response.statusCode() == GATEWAY_TIMEOUT) {
            throw new TooLongException(found);
          }
          if (response.statusCode() != TOO_MANY_REQUESTS || System.nanoTime() > end) {
            throw new IOException(found);
          }
        }
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The API's own limit for one answer was too short for it. */
  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException(String message) {
      super(message);
    }
  }

  private CommandFailure failed(IOException e) {
    return CommandFailure.failed(
        "asking %s failed: %s: is it running ('fleetcompat up'), and is --api right?"
            .formatted(base, e.getMessage() == null ? e.toString() : e.getMessage()));
  }

  @Override
  public void close() {
    client.close();
  }
}
