package io.fleetcompat.indexer.tick;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * One rhythm in which a processor is called. One that is fast is there while there is work, and not
 * else: every tick makes Streams commit. The processor stops all of its own when it is closed:
 * Streams revives a task whose commit failed with the same processor, and whatever was scheduled
 * before would go on, with what was in memory then. One stream thread.
 */
public final class Ticks {

  private final Duration every;
  private Optional<Cancellable> running = Optional.empty();

  /** Ticks that come so often. */
  public Ticks(Duration every) {
    this.every = every;
  }

  /** Begins to tick, where it does not tick yet. */
  public void start(ProcessorContext<?, ?> context, Punctuator tick) {
    if (running.isEmpty()) {
      running = Optional.of(context.schedule(every, PunctuationType.WALL_CLOCK_TIME, tick));
    }
  }

  /** Begins anew, where it ticked already: what it called is of before, and called no more. */
  public void restart(ProcessorContext<?, ?> context, Punctuator tick) {
    stop();
    start(context, tick);
  }

  public void stop() {
    running.ifPresent(Cancellable::cancel);
    running = Optional.empty();
  }
}
