package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.pack.Side;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A value that a rule of a pack needs and that one side does not have.
 *
 * @param side of the pair: one of the two
 * @param address as the pack has it, such as {@code fact/nvidia.ecc_mode}
 * @param value why there is none: never a {@link Parsed.Value}
 * @param supply how it is supplied, to follow a colon
 */
public record Lack(Side side, String address, Parsed<String> value, String supply) {

  public Lack {
    if (value instanceof Parsed.Value) {
      throw new IllegalArgumentException("expected no value of " + address + ", found " + value);
    }
  }

  /**
   * A sentence for each, which begins with the side.
   *
   * @param source the source's host; empty where it is not known
   * @param destination likewise
   */
  static String words(List<Lack> lacks, Optional<String> source, Optional<String> destination) {
    return lacks.stream()
        .map(lack -> lack.words(lack.side == Side.SOURCE ? source : destination))
        .collect(Collectors.joining("; "));
  }

  private String words(Optional<String> host) {
    String named = "the " + side + host.map(name -> " (" + name + ")").orElse("");
    return switch (value) {
      case Parsed.Absent<String> _ -> named + " lacks " + address + ": " + supply;
      case Parsed.Malformed<String>(String problem) ->
          named + " has a malformed " + address + ": " + problem;
      case Parsed.Unreadable<String>(String errno) ->
          named + " has an unreadable " + address + " (" + errno + ")";
      case Parsed.Value<String> found ->
          throw new IllegalStateException("expected no value, found " + found);
    };
  }
}
