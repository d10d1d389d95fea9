package io.fleetcompat.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.benchmarks.stack.LoopbackClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client that asks the same questions again and again without a pause, and counts what became of
 * the answers. One thread of its own; the counts are there when it has ended.
 */
final class AnswerCount {

  private static final String UNKNOWN = "UNKNOWN";

  private final LoopbackClient api;
  private final List<String> checks;
  private final String ruleSet;
  private final AtomicBoolean asking = new AtomicBoolean(true);
  private final Thread thread = Thread.ofPlatform().name("asker").unstarted(this::run);
  private final List<String> verdicts = new ArrayList<>();
  private Counts counts = new Counts(0, 0, 0, 0, 0);

  /**
   * The answers so far.
   *
   * @param byOthers by another rule set than at the beginning
   * @param lost no answers, or for want of a row
   * @param becameUnknown UNKNOWN, and not so at the beginning
   * @param unnamed without a rule set
   */
  record Counts(long answers, long byOthers, long lost, long becameUnknown, long unnamed) {

    private Counts and(boolean other, boolean noAnswer, boolean unknown, boolean nameless) {
      return new Counts(
          answers + 1,
          byOthers + (other ? 1 : 0),
          lost + (noAnswer ? 1 : 0),
          becameUnknown + (unknown ? 1 : 0),
          unnamed + (nameless ? 1 : 0));
    }
  }

  /**
   * @param ruleSet at the beginning
   */
  AnswerCount(LoopbackClient api, List<String> checks, String ruleSet) {
    this.api = api;
    this.checks = List.copyOf(checks);
    this.ruleSet = ruleSet;
  }

  /** Asks every question once, for the answers at the beginning, and then on. */
  void begin() throws IOException, InterruptedException {
    for (String check : checks) {
      verdicts.add(api.json(check).path("verdict").asText());
    }
    thread.start();
  }

  private void run() {
    for (int i = 0; asking.get(); i++) {
      int question = i % checks.size();
      try {
        count(api.json(checks.get(question)), verdicts.get(question));
      } catch (IOException e) {
        counts = counts.and(false, true, false, false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void count(JsonNode answer, String before) {
    String verdict = answer.path("verdict").asText();
    String by = answer.path("ruleSet").asText("");
    counts =
        counts.and(
            !by.equals(ruleSet),
            verdict.isEmpty() || answer.path("reasons").toString().contains("not-indexed"),
            verdict.equals(UNKNOWN) && !before.equals(UNKNOWN),
            by.isEmpty() || by.equals("null"));
  }

  /** Stops; gives what it has counted. */
  Counts end() throws InterruptedException {
    asking.set(false);
    thread.join();
    return counts;
  }
}
