package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.util.Map;

/**
 * The rule for a host's labels, wherever they come from: the configuration, {@code host.json} or a
 * document that somebody sent.
 */
public final class HostLabels {

  /** The label that names a host's pool, where nothing else is configured. */
  public static final String POOL = "pool";

  private HostLabels() {}

  /**
   * Refuses labels that break the rule.
   *
   * @throws BadRecordException saying what was expected and found
   */
  public static void require(Map<String, String> labels) throws BadRecordException {
    require(
        labels.size() <= Limits.LABELS, "at most " + Limits.LABELS + " labels", "" + labels.size());
    long bytes = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      requireName(label.getKey());
      requireValue(label.getKey(), label.getValue());
      bytes += DocumentSize.of(label.getKey()) + DocumentSize.of(label.getValue());
    }
    require(
        bytes <= Limits.LABEL_BYTES,
        "labels of at most " + Limits.LABEL_BYTES + " bytes together",
        "" + bytes);
  }

  /**
   * Refuses what cannot be the name of a label.
   *
   * @throws BadRecordException saying what was expected and found
   */
  public static void requireName(String name) throws BadRecordException {
    require(
        !name.isEmpty() && name.length() <= Limits.WORD,
        "a label's name of 1 to " + Limits.WORD + " characters",
        "" + name.length());
    require(
        !hasControl(name),
        "a label's name without control characters",
        "one in " + Quoted.of(name));
  }

  private static void requireValue(String name, String value) throws BadRecordException {
    require(
        value.length() <= Limits.VALUE,
        "a label's value of at most " + Limits.VALUE + " characters",
        value.length() + " in " + Quoted.of(name));
    require(
        !hasControl(value),
        "a label's value without control characters",
        "one in " + Quoted.of(name));
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static void require(boolean holds, String expected, String found)
      throws BadRecordException {
    if (!holds) {
      throw new BadRecordException(Code.INVALID, expected, found);
    }
  }
}
