package io.fleetcompat.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a line of the log: lines of one kind tell of one condition. It is a logger, a level,
 * a text without what differs from one line to the next, and the class of what was thrown.
 *
 * <p>Of our own lines ids (UUIDs) and numbers that are words of their own are left out of the text,
 * and nothing else: they name a host, and another host is another condition. Kafka's clients put
 * the name of a client, a partition, an address and a time into each line, so of their lines every
 * word with a digit is left out, and what says which client it is.
 */
record LineKind(String logger, Level level, String text, String thrown) {

  /** The text of every line by which a client says that it does not reach a broker. */
  static final String BROKER_AWAY = "Kafka's clients cannot reach a broker";

  /** Most characters of a text that tell its kind. */
  private static final int MAX_TEXT = 200;

  private static final String KAFKA = "org.apache.kafka.";
  private static final String CONNECTIONS = KAFKA + "clients.NetworkClient";
  private static final Pattern NOT_CONNECTED =
      Pattern.compile("could not be established|disconnected|Error connecting to node");

  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
  private static final Pattern LONE_NUMBER = Pattern.compile("(?<![\\w.-])\\d+(?![\\w.-])");
  private static final Pattern CLIENT = Pattern.compile("^\\[[^\\]]*\\] ");
  private static final Pattern WORD_WITH_DIGIT = Pattern.compile("[\\w.-]*\\d[\\w.-]*");

  /**
   * The kind of a line.
   *
   * @param line as it is written, without what was thrown
   */
  static LineKind of(Logger logger, Level level, String line, @Nullable Throwable thrown) {
    String name = logger.getName();
    String begin = line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT);
    String text;
    if (!name.startsWith(KAFKA)) {
      text = LONE_NUMBER.matcher(ID.matcher(begin).replaceAll("ID")).replaceAll("N");
    } else if (name.equals(CONNECTIONS) && NOT_CONNECTED.matcher(line).find()) {
      text = BROKER_AWAY;
    } else {
      text = WORD_WITH_DIGIT.matcher(CLIENT.matcher(begin).replaceFirst("")).replaceAll("N");
    }
    return new LineKind(name, level, text, thrown == null ? "" : thrown.getClass().getName());
  }
}
