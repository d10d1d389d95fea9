package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.RuleSet;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules that the operator wants now, and why newer ones are refused. Whoever reads them anew
 * sets them; the judge looks every second. Any number of threads.
 */
public final class WantedRules {

  private volatile State state;

  /**
   * The rules at one moment.
   *
   * @param refused empty where the newest rules are these
   */
  public record State(RuleSet rules, Optional<Refusal> refused) {}

  /**
   * The refusal of newer rules.
   *
   * @param reason file, line, what was expected and found
   * @param since when they were first refused for that reason
   */
  public record Refusal(String reason, Instant since) {}

  public WantedRules(RuleSet rules) {
    state = new State(rules, Optional.empty());
  }

  public State now() {
    return state;
  }

  /** These are the newest rules, and they are good. */
  public void accept(RuleSet rules) {
    state = new State(rules, Optional.empty());
  }

  /** The newest rules are not taken: those before them stay. */
  public void refuse(String reason, Instant now) {
    state = new State(state.rules(), Optional.of(new Refusal(reason, now)));
  }
}
