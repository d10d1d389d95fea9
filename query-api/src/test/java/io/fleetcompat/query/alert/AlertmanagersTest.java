package io.fleetcompat.query.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.alert.Receiver.Answer;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The senders of alerts, against receivers that answer as real ones seldom do. */
class AlertmanagersTest {

  private static final Clock CLOCK =
      Clock.fixed(FilledBoard.START.plusSeconds(700), ZoneOffset.UTC);

  @TempDir Path directory;

  private final FilledBoard filled = new FilledBoard(CLOCK);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(filled));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private Receiver receiver() {
    Receiver receiver = new Receiver();
    open.add(receiver);
    return receiver;
  }

  private Alertmanagers start(Optional<Path> authorization, Clock clock, URI... members) {
    Alertmanagers alertmanagers =
        new Alertmanagers(
            new AlertmanagerConfig(
                List.of(members),
                authorization,
                new TreeMap<>(java.util.Map.of("fleet", "eu1")),
                URI.create("https://fleet.example/compat/"),
                Duration.ofSeconds(60)),
            filled.board(),
            registry,
            clock);
    open.add(alertmanagers);
    alertmanagers.start();
    return alertmanagers;
  }

  private Alertmanagers start(URI... members) {
    return start(Optional.empty(), CLOCK, members);
  }

  @Test
  void anAlertHasItsIdentityAsLabelsAndAllElseAsAnnotations() throws InterruptedException {
    Receiver receiver = receiver();
    filled.show(FilledBoard.firing("Stranded", "gpu a/b"));
    start(receiver.address());
    assertThat(receiver.next().get(0).toString())
        .isEqualTo(
            """
            {"labels":{"alertname":"Stranded","fleet":"eu1","pool":"gpu a/b","severity":"critical"},\
            "annotations":{"description":"because",\
            "link":"https://fleet.example/compat/v1/pools/gpu%20a%2Fb",\
            "summary":"3 of 9 devices of the pool 'gpu a/b' can move to no other host of it"},\
            "startsAt":"2026-11-26T00:05:00.000Z","endsAt":"2026-11-26T00:15:40.000Z",\
            "generatorURL":"https://fleet.example/compat/v1/pools/gpu%20a%2Fb"}\
            """);
  }

  @Test
  void onlyWhatIsAnnouncedIsSentAndAnEndIsItsOwn() throws InterruptedException {
    Receiver receiver = receiver();
    filled.show(
        FilledBoard.of("Pending", "a", AlertState.PENDING, false),
        FilledBoard.of("Silenced", "a", AlertState.FIRING, false),
        FilledBoard.of("Resolved", "a", AlertState.RESOLVED, true),
        FilledBoard.of("NeverTold", "a", AlertState.RESOLVED, false));
    start(receiver.address());
    JsonNode body = receiver.next();
    assertThat(Receiver.names(body)).containsExactly("Resolved");
    assertThat(body.at("/0/endsAt").asText()).isEqualTo("2026-11-26T00:10:00.000Z");
  }

  @Test
  void whatChangesIsSentAtOnceAndAlone() throws InterruptedException {
    Receiver receiver = receiver();
    filled.show(FilledBoard.firing("A", "a"), FilledBoard.firing("B", "a"));
    start(receiver.address());
    assertThat(Receiver.names(receiver.next())).containsExactly("A", "B");
    filled.show(FilledBoard.of("B", "a", AlertState.RESOLVED, true));
    assertThat(Receiver.names(receiver.next())).containsExactly("B");
  }

  @Test
  void oneThatIsAwayHoldsBackNoOther() throws InterruptedException {
    Receiver there = receiver();
    Receiver away = receiver();
    URI address = away.address();
    away.close();
    filled.show(FilledBoard.firing("A", "a"));
    Alertmanagers alertmanagers = start(address, there.address());
    assertThat(Receiver.names(there.next())).containsExactly("A");
    filled.show(FilledBoard.firing("B", "a"));
    assertThat(Receiver.names(there.next())).containsExactly("B");
    assertThat(alertmanagers.status().getFirst().sentAt()).isEmpty();
  }

  @Test
  void oneThatFailsIsToldAllWhenItIsBack() throws InterruptedException {
    Receiver receiver = receiver().answering(_ -> new Answer(503, "<html>no</html>"));
    filled.show(FilledBoard.firing("A", "a"));
    Alertmanagers alertmanagers = start(receiver.address());
    receiver.next();
    filled.show(FilledBoard.firing("B", "a"));
    receiver.answering(_ -> new Answer(200, ""));
    List<String> names = List.of();
    while (names.size() < 2) {
      names = Receiver.names(receiver.next());
    }
    assertThat(names).containsExactly("A", "B");
    while (alertmanagers.status().getFirst().fault().isPresent()) {
      Thread.onSpinWait();
    }
    assertThat(alertmanagers.status().getFirst().sentAt()).contains(CLOCK.instant());
  }

  @Test
  void aBadOneIsLeftOutAndTheOthersAreTold() throws InterruptedException {
    Receiver receiver =
        receiver()
            .answering(
                body ->
                    Receiver.names(body).contains("Bad")
                        ? new Answer(400, "\"invalid label set\"")
                        : new Answer(200, "{\"status\":\"success\"}"));
    AlertRecord[] many =
        IntStream.range(0, 700)
            .mapToObj(n -> FilledBoard.firing(n == 400 ? "Bad" : "Good", "pool-" + n))
            .toArray(AlertRecord[]::new);
    filled.show(many);
    Alertmanagers alertmanagers = start(receiver.address());
    int good = 0;
    while (good < 699) {
      List<String> names = Receiver.names(receiver.next());
      good += names.contains("Bad") ? 0 : names.size();
    }
    while (alertmanagers.status().getFirst().fault().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(alertmanagers.status().getFirst().fault())
        .contains("the alert Bad/pool-400 is refused: HTTP 400: 'invalid label set'");
    assertThat(alertmanagers.status().getFirst().sentAt()).isEmpty();
    assertThat(count("alerts.refused")).isEqualTo(1);
  }

  private double count(String name) {
    return registry.get("fleetcompat.query.alertmanager." + name).counter().count();
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsGivenUp() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      filled.show(FilledBoard.firing("A", "a"));
      Alertmanagers alertmanagers = start(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
      try (Socket half = socket.accept()) {
        half.getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab".getBytes(UTF_8));
        half.getOutputStream().flush();
        while (alertmanagers.status().getFirst().fault().isEmpty()) {
          Thread.onSpinWait();
        }
      }
      assertThat(alertmanagers.status().getFirst().fault())
          .contains("IOException: no whole answer within 10 s");
    }
  }

  @Test
  void theHeaderIsReadForEveryRequest() throws InterruptedException, IOException {
    Path file = directory.resolve("authorization");
    Files.writeString(file, "Bearer one\n");
    Receiver receiver = receiver();
    filled.show(FilledBoard.firing("A", "a"));
    start(Optional.of(file), CLOCK, receiver.address());
    receiver.next();
    assertThat(receiver.authorization).contains("Bearer one");
    Files.writeString(file, "Bearer two\n");
    filled.show(FilledBoard.firing("B", "a"));
    receiver.next();
    assertThat(receiver.authorization).contains("Bearer two");
  }

  @Test
  void answersOfBothShapesAreUnderstood() {
    assertThat(AlertmanagerClient.message("{\"code\":601,\"message\":\"startsAt is wrong\"}"))
        .isEqualTo("'startsAt is wrong'");
    assertThat(AlertmanagerClient.message("\"at least one label pair required\"\n"))
        .isEqualTo("'at least one label pair required'");
    assertThat(AlertmanagerClient.message("<html>\u001b[31mBad</html>")).doesNotContain("\u001b");
    assertThat(AlertmanagerClient.message("")).isEqualTo("''");
    assertThat(AlertmanagerClient.message("[".repeat(100_000)).length()).isLessThan(400);
    assertThat(AlertmanagerClient.message("{\"message\":{\"a\":1}}")).isNotEmpty();
  }
}
