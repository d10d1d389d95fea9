package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.List;
import java.util.function.Function;

/**
 * The statement that no device of a family can migrate, with an exception.
 *
 * @param reason a sentence
 * @param unless where both sides have this exemption, the pack's rules count instead
 */
public record NotMigratable(String reason, Exemption unless, List<Citation> sources) {

  public NotMigratable {
    sources = List.copyOf(sources);
  }

  /** True for a side that the statement is not about; a pair is excepted where both sides are. */
  public boolean isExcepted(Function<String, Parsed<String>> side) {
    return unless.at(side) instanceof Exempted.Yes;
  }
}
