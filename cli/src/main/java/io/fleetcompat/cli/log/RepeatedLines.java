package io.fleetcompat.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * The filter of what Kafka's clients say again and again: one line a minute of each kind, with the
 * number of those that were left out. A client whose topic is gone says so for every partition and
 * every try, thousands of times a second; its first line, and any of another kind, is written at
 * once. A kind is a logger, a text without its numbers and arguments, and the class of what was
 * thrown. Logback makes it, as its configuration files say. Any thread.
 */
public final class RepeatedLines extends TurboFilter {

  /** The time in which one line of a kind is written. */
  static final Duration PERIOD = Duration.ofMinutes(1);

  /**
   * Most kinds that are remembered; of more, the one that was heard of longest ago is forgotten.
   */
  static final int MAX_KINDS = 1000;

  /** Most characters of a text that tell its kind. */
  private static final int MAX_TEXT = 200;

  private static final String KAFKA = "org.apache.kafka.";

  private final LongSupplier nanoTime;

  /** Guarded by itself. */
  private final Map<Kind, Written> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Written> eldest) {
          return size() > MAX_KINDS;
        }
      };

  private record Kind(String logger, Level level, String text, String thrown) {}

  /**
   * The last line of a kind that was written.
   *
   * @param at when
   * @param leftOut how many were not since
   */
  private record Written(long at, long leftOut) {}

  /** Made by Logback. */
  public RepeatedLines() {
    this(System::nanoTime);
  }

  RepeatedLines(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    // Without a text somebody asks whether a level is on; a line that is not on is none.
    if (format == null
        || !level.isGreaterOrEqual(Level.WARN)
        || !logger.getName().startsWith(KAFKA)
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    Kind kind = new Kind(logger.getName(), level, text(format), type(arguments, thrown));
    long leftOut = leftOut(kind);
    if (leftOut < 0) {
      return FilterReply.DENY;
    }
    if (leftOut > 0) {
      logger
          .getLoggerContext()
          .getLogger(RepeatedLines.class)
          .warn("{} lines like the next one were left out", leftOut);
    }
    return FilterReply.NEUTRAL;
  }

  /** Lines of the kind that were left out since one was written; below 0 where this one is, too. */
  private long leftOut(Kind kind) {
    long now = nanoTime.getAsLong();
    synchronized (kinds) {
      Written last = kinds.get(kind);
      if (last != null && now - last.at() < PERIOD.toNanos()) {
        kinds.put(kind, new Written(last.at(), last.leftOut() + 1));
        return -1;
      }
      kinds.put(kind, new Written(now, 0));
      return last == null ? 0 : last.leftOut();
    }
  }

  /** The last of the arguments, which is the exception where one was thrown. */
  private static String type(Object @Nullable [] arguments, @Nullable Throwable thrown) {
    Object last =
        thrown == null && arguments != null && arguments.length > 0
            ? arguments[arguments.length - 1]
            : thrown;
    return last instanceof Throwable ? last.getClass().getName() : "";
  }

  /** Some lines are put together before they get here: their numbers differ from line to line. */
  private static String text(String format) {
    String begin = format.length() <= MAX_TEXT ? format : format.substring(0, MAX_TEXT);
    return begin.replaceAll("[0-9]+", "N");
  }
}
