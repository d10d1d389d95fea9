package io.fleetcompat.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * The filter of Kafka Streams' warnings that no standby of a task could be placed: they come for
 * every task, whenever tasks are assigned, where there is one indexer, which is as it was meant.
 * Where some standbys could be placed and others not, there are too few indexers for {@code
 * standby-replicas}, and the warning stays. Logback makes it. Any thread.
 */
public final class LoneStandbys extends TurboFilter {

  private static final String ASSIGNMENT =
      "org.apache.kafka.streams.processor.internals.assignment.";
  private static final Pattern NONE_OF_ALL =
      Pattern.compile("^Unable to assign (\\d+) of \\1 standby tasks for task ");

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    if (format == null || !logger.getName().startsWith(ASSIGNMENT)) {
      return FilterReply.NEUTRAL;
    }
    String line = String.valueOf(MessageFormatter.arrayFormat(format, arguments).getMessage());
    return NONE_OF_ALL.matcher(line).find() ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
