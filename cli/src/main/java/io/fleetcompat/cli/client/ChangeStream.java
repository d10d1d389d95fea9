package io.fleetcompat.cli.client;

import io.fleetcompat.cli.client.Api.Events;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The events of {@code /v1/watch}, without end: where the connection breaks, it goes on after the
 * last event, and says what was missed where it cannot. One thread, which is to be virtual: an
 * interrupt then ends what it waits for.
 */
final class ChangeStream {

  /** Longest silence: a bookmark comes every ten seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Api api;
  private final Map<String, Optional<String>> parameters;
  private final PrintWriter err;
  private Optional<String> last;
  private Optional<String> knownUntil = Optional.empty();
  private boolean begun;
  private boolean broken;

  /**
   * @param after the event to go on after; empty for from now on
   * @param err is told of breaks
   */
  ChangeStream(
      Api api, Map<String, Optional<String>> parameters, Optional<String> after, PrintWriter err) {
    this.api = api;
    this.parameters = new TreeMap<>(parameters);
    this.last = after;
    this.err = err;
  }

  /**
   * Reads until it is interrupted.
   *
   * @throws CommandFailure where it cannot begin
   */
  void forEach(Consumer<StreamedEvent> consumer) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      boolean told = false;
      try {
        told = connect(consumer);
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!begun) {
          throw api.unreachable(e);
        }
        sayOnce(String.valueOf(e.getMessage()));
      }
      pause = told ? FIRST_PAUSE : pause;
      Thread.sleep(pause);
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
  }

  /** Reads one connection to its end; true where something came. */
  private boolean connect(Consumer<StreamedEvent> consumer) throws IOException {
    return switch (api.events("/v1/watch", parameters, last, SILENCE)) {
      case Events.Open(InputStream stream) -> read(stream, consumer);
      case Events.Refused(int status, String code, CommandFailure why) -> {
        if (code.equals("watch-too-old")) {
          beginAnew();
          yield true;
        }
        if (!begun || status < 500) {
          throw why;
        }
        sayOnce(String.valueOf(why.getMessage()));
        yield false;
      }
    };
  }

  private boolean read(InputStream stream, Consumer<StreamedEvent> consumer) throws IOException {
    boolean told = false;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      Optional<StreamedEvent> next = StreamedEvent.read(lines);
      while (next.isPresent()) {
        StreamedEvent event = next.get();
        told = true;
        began();
        last = event.id().or(() -> last);
        if (event.name().equals("error")) {
          ended(event);
          return true;
        }
        String time = event.name().equals("bookmark") ? "asOf" : "at";
        knownUntil = Optional.ofNullable(event.data().path(time).textValue()).or(() -> knownUntil);
        consumer.accept(event);
        next = StreamedEvent.read(lines);
      }
    }
    sayOnce("it ended");
    return told;
  }

  private void began() {
    begun = true;
    if (broken) {
      broken = false;
      say("watching again");
    }
  }

  private void ended(StreamedEvent error) {
    if (error.data().path("code").asText("").equals("watch-too-old")) {
      beginAnew();
    }
  }

  private void beginAnew() {
    begun = true;
    last = Optional.empty();
    say(
        "the API does not keep what has changed since %s: it was missed, and the watch begins anew"
            .formatted(knownUntil.orElse("then")));
  }

  private void sayOnce(String why) {
    if (!broken) {
      broken = true;
      say("the watch broke (%s): trying again".formatted(why));
    }
  }

  private void say(String sentence) {
    err.println(Printable.line("fleetcompat: " + sentence));
    err.flush();
  }
}
