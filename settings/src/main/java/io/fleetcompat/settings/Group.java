package io.fleetcompat.settings;

import java.util.Map;
import java.util.Optional;

/**
 * All settings whose names begin alike, and whose ends somebody else knows, such as {@code
 * kafka.*}.
 *
 * @param prefix with its dot
 * @param option of the command line that gives one as {@code NAME=VALUE}
 * @param elsewhere ends that a key of its own gives, by that key
 */
public record Group(
    String prefix, String description, Optional<String> option, Map<String, String> elsewhere) {

  public Group {
    elsewhere = Map.copyOf(elsewhere);
  }
}
