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

  /**
   * Whether a side is excepted; a pair is where both sides are. That is open only for want of a
   * malformed value: what nobody says makes no exception.
   */
  public Exempted exception(Function<String, Parsed<String>> side) {
    Exempted exempted = exemption.at(side);
    return exempted instanceof Exempted.Open(String _, Parsed<String> value)
            && !(value instanceof Parsed.Malformed)
        ? Exempted.NO
        : exempted;
  }
}
