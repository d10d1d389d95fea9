package io.fleetcompat.cli.client;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.query.answer.TimelessAnswer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A question that is asked again whenever something changes, and its answer given where it is
 * another. One thread, which is to be virtual: an interrupt then ends what it waits for.
 */
final class WatchedQuestion {

  /** Longest time without asking: hosts fall silent without an event. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(30);

  /** The time for changes that come together, and between two questions. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The time after which it is asked once more: an event may come before the index shows it. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  private static final Map<String, Optional<String>> EVERYTHING =
      Map.of("kind", Optional.of("host,capacity,profile,rules,probe,override,pool,alert"));

  private final Api api;
  private final Supplier<Api.Answer> question;
  private final Consumer<Api.Answer> printer;
  private final PrintWriter err;
  private final Semaphore changes = new Semaphore(0);
  private String said = "";

  /**
   * @param printer is given the answers that differ
   * @param err is told what keeps it from an answer
   */
  WatchedQuestion(
      Api api, Supplier<Api.Answer> question, Consumer<Api.Answer> printer, PrintWriter err) {
    this.api = api;
    this.question = question;
    this.printer = printer;
    this.err = err;
  }

  /**
   * Asks until it is interrupted.
   *
   * @throws CommandFailure where there is no first answer
   */
  void run() throws InterruptedException {
    give(question.get());
    Thread events = Thread.ofVirtual().start(this::listen);
    try {
      Duration wait = ASK_EVERY;
      while (true) {
        boolean changed = changes.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        Thread.sleep(PAUSE);
        changes.drainPermits();
        ask();
        wait = changed ? ASK_AGAIN : ASK_EVERY;
      }
    } finally {
      events.interrupt();
    }
  }

  private void ask() {
    try {
      give(question.get());
    } catch (CommandFailure e) {
      if (isAnother(String.valueOf(e.getMessage()))) {
        say(String.valueOf(e.getMessage()));
      }
    }
  }

  private void give(Api.Answer answer) {
    if (isAnother(TimelessAnswer.of(answer.body()))) {
      printer.accept(answer);
    }
  }

  private boolean isAnother(String now) {
    boolean another = !now.equals(said);
    said = now;
    return another;
  }

  private void listen() {
    try {
      new ChangeStream(api, EVERYTHING, Optional.empty(), err).forEach(_ -> changes.release());
    } catch (CommandFailure e) {
      say(
          "no events, so it is asked every %d s: %s"
              .formatted(ASK_EVERY.toSeconds(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end
    }
  }

  private void say(String sentence) {
    err.println(Printable.line("fleetcompat: " + sentence));
    err.flush();
  }
}
