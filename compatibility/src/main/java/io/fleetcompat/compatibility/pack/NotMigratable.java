package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.List;
import java.util.function.Function;

/**
 * The statement that no device of a family can migrate, with an exemption.
 *
 * @param reason a sentence
 * @param exemption where both sides have this exemption, the pack's rules count instead
 */
public record NotMigratable(String reason, Exemption exemption, List<Citation> sources) {

  public NotMigratable {
    sources = List.copyOf(sources);
  }

  /** True for a side that the statement is not about; a pair is exempted where both sides are. */
  public boolean isExempted(Function<String, Parsed<String>> side) {
    return exemption.at(side) instanceof Exempted.Yes;
  }
}
