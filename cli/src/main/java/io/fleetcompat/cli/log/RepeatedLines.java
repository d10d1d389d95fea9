package io.fleetcompat.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * The filter of warnings and errors that are said again and again, by Kafka's clients or by us. The
 * first line of a {@linkplain LineKind kind} is written at once, then one in each {@linkplain
 * #setPeriod period}, which says how many were left out since; and when none has come for a period,
 * one line says that it is over. Logback makes it, as its configuration files say. Any thread.
 */
public final class RepeatedLines extends TurboFilter {

  /**
   * Most kinds that are remembered; of more, the one that was heard of longest ago is forgotten.
   */
  static final int MAX_KINDS = 1000;

  private final LongSupplier nanoTime;

  private volatile long periodNanos = TimeUnit.MINUTES.toNanos(1);

  /** Guarded by itself. */
  private final Map<LineKind, Heard> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LineKind, Heard> eldest) {
          return size() > MAX_KINDS;
        }
      };

  /**
   * The lines of one kind so far.
   *
   * @param written when a line of it was written last
   * @param last when there was one last
   * @param leftOut how many were not written since
   * @param leftOutInAll how many were not written at all
   */
  private record Heard(long written, long last, long leftOut, long leftOutInAll) {}

  /** Made by Logback. */
  public RepeatedLines() {
    this(System::nanoTime);
  }

  RepeatedLines(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Sets the time in which one line of a kind is written; a minute where it is not set. */
  public void setPeriod(Duration period) {
    periodNanos = TimeUnit.MILLISECONDS.toNanos(period.getMilliseconds());
  }

  @Override
  public void start() {
    super.start();
    var _ =
        getContext()
            .getScheduledExecutorService()
            .scheduleWithFixedDelay(
                this::tellWhatIsOver, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
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
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    FormattingTuple line =
        thrown == null
            ? MessageFormatter.arrayFormat(format, arguments)
            : MessageFormatter.arrayFormat(format, arguments, thrown);
    String text = String.valueOf(line.getMessage());
    OptionalLong leftOut = take(LineKind.of(logger, level, text, line.getThrowable()));
    if (leftOut.isEmpty()) {
      return FilterReply.DENY;
    }
    if (leftOut.getAsLong() == 0) {
      return FilterReply.NEUTRAL;
    }
    String more = "%s (%d more like this since the last)".formatted(text, leftOut.getAsLong());
    logger.callAppenders(
        new LoggingEvent(Logger.FQCN, logger, level, more, line.getThrowable(), null));
    return FilterReply.DENY;
  }

  /** Lines of the kind that were left out since one was written; empty where this one is, too. */
  private OptionalLong take(LineKind kind) {
    long now = nanoTime.getAsLong();
    synchronized (kinds) {
      Heard before = kinds.get(kind);
      if (before == null) {
        kinds.put(kind, new Heard(now, now, 0, 0));
        return OptionalLong.of(0);
      }
      if (now - before.written() < periodNanos) {
        kinds.put(
            kind,
            new Heard(before.written(), now, before.leftOut() + 1, before.leftOutInAll() + 1));
        return OptionalLong.empty();
      }
      kinds.put(kind, new Heard(now, now, 0, before.leftOutInAll()));
      return OptionalLong.of(before.leftOut());
    }
  }

  /** Tells of the kinds of which none has come for a period, where lines of them were left out. */
  void tellWhatIsOver() {
    long now = nanoTime.getAsLong();
    List<Map.Entry<LineKind, Heard>> over = new ArrayList<>();
    synchronized (kinds) {
      for (Map.Entry<LineKind, Heard> each : kinds.entrySet()) {
        if (now - each.getValue().last() >= periodNanos && each.getValue().leftOutInAll() > 0) {
          over.add(Map.entry(each.getKey(), each.getValue()));
        }
      }
      over.forEach(each -> kinds.remove(each.getKey()));
    }
    Logger log = ((LoggerContext) getContext()).getLogger(RepeatedLines.class);
    for (Map.Entry<LineKind, Heard> each : over) {
      log.info(
          "not said for {} s: {} ({} lines like this were left out in all)",
          TimeUnit.NANOSECONDS.toSeconds(now - each.getValue().last()),
          each.getKey().text(),
          each.getValue().leftOutInAll());
    }
  }
}
