package io.fleetcompat.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings whose values nobody may read in a log, a message or an answer, told by their names:
 * passwords, keys, tokens, and JAAS lines, which have passwords in them. Where a name may be one,
 * it is one.
 */
public final class Secrets {

  /** The text that stands for the value of a secret. */
  public static final String MASK = "(hidden)";

  private static final List<String> WORDS =
      List.of("password", "passwd", "passphrase", "secret", "jaas", "token", "credential", "key");

  /** Ends of names that have such a word and only say where or in which form a secret is. */
  private static final List<String> HARMLESS =
      List.of(".location", ".type", ".serializer", ".deserializer");

  /** Shorter pieces of a secret are in many a word by chance. */
  private static final int LEAST_PIECE = 4;

  private Secrets() {}

  /** True where the value of the setting is a secret. */
  public static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains) && HARMLESS.stream().noneMatch(lower::endsWith);
  }

  /** The value, or the mask in its place. */
  public static String shown(String name, String value) {
    return isSecret(name) ? MASK : value;
  }

  /** The same settings with the mask in place of every secret. */
  public static SortedMap<String, String> masked(Map<String, String> settings) {
    SortedMap<String, String> masked = new TreeMap<>(settings);
    masked.replaceAll(Secrets::shown);
    return masked;
  }

  /**
   * A message that a library wrote, without the secrets of these settings: neither whole, nor the
   * words of one, since a JAAS line that cannot be read is told by the word that is wrong.
   */
  public static String removedFrom(String message, Map<String, String> settings) {
    String removed = message;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (isSecret(setting.getKey())) {
        removed = without(removed, setting.getValue());
      }
    }
    return removed;
  }

  private static String without(String message, String secret) {
    String removed = secret.isEmpty() ? message : message.replace(secret, MASK);
    List<String> pieces =
        Arrays.stream(secret.split("[\\s\"'=;]+", -1))
            .filter(piece -> piece.length() >= LEAST_PIECE)
            .toList();
    for (String piece : pieces) {
      removed = removed.replace(piece, MASK);
    }
    return removed;
  }
}
