package io.fleetcompat.settings;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a Kafka client that are passed through to it; where they are printed, secrets are
 * hidden.
 *
 * @param all by the names that Kafka gives them
 */
public record ClientProperties(SortedMap<String, String> all) {

  public ClientProperties {
    all = Collections.unmodifiableSortedMap(new TreeMap<>(all));
  }

  /** Those that the operator gives after {@code kafka.}. */
  public static ClientProperties of(Values values) {
    return new ClientProperties(values.group(ProcessKeys.KAFKA));
  }

  /** The same, and one that is ours. */
  public ClientProperties and(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(all);
    more.put(name, value);
    return new ClientProperties(more);
  }

  @Override
  public String toString() {
    return Secrets.masked(all).toString();
  }
}
