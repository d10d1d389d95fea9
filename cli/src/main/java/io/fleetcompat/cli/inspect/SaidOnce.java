package io.fleetcompat.cli.inspect;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.judge.Lack;
import io.fleetcompat.compatibility.judge.Reason;
import java.util.HashSet;
import java.util.Set;

/**
 * The sentences of reasons about one pair, of which what is wrong with many values alike is said
 * with the first of them alone. For one thread.
 */
final class SaidOnce {

  private final Set<String> said = new HashSet<>();

  /** The sentence of the next reason. */
  String of(Reason reason) {
    if (!(reason instanceof Reason.Unjudged unjudged)) {
      return reason.detail();
    }
    StringBuilder sentence = new StringBuilder();
    String rest = unjudged.detail();
    for (Lack lack : unjudged.lacks()) {
      if (lack.value() instanceof Parsed.Malformed<String>(String problem)) {
        String words = ": " + problem;
        int at = rest.indexOf(words);
        if (at >= 0) {
          sentence.append(rest, 0, at).append(said.add(problem) ? words : ", likewise");
          rest = rest.substring(at + words.length());
        }
      }
    }
    return sentence.append(rest).toString();
  }
}
