package io.fleetcompat.indexer;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fleetcompat.testing.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ThreadFaultsTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void whatKafkaThrowsIsRetriedUntilItHasHappenedTooOften() {
    ThreadFaults faults = new ThreadFaults(nanos::get, Duration.ofNanos(1));
    for (int i = 0; i < ThreadFaults.MAX_REPLACEMENTS; i++) {
      assertThat(faults.handle(new StreamsException(new TimeoutException("no broker"))))
          .isEqualTo(REPLACE_THREAD);
    }
    assertThat(faults.handle(new AuthorizationException("no"))).isEqualTo(SHUTDOWN_CLIENT);
    nanos.addAndGet(ThreadFaults.WINDOW.toNanos() + 1);
    assertThat(faults.handle(new TimeoutException("no broker")))
        .as("when the old faults are long past")
        .isEqualTo(REPLACE_THREAD);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {IllegalStateException.class, NoClassDefFoundError.class, StackOverflowError.class})
  void aFaultOfOursAndAnErrorStopTheIndexer(Class<? extends Throwable> fault) throws Exception {
    Throwable thrown = fault.getDeclaredConstructor().newInstance();
    ThreadFaults faults = new ThreadFaults(nanos::get, Duration.ofNanos(1));
    assertThat(faults.handle(thrown)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(faults.handle(new StreamsException(thrown))).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void aHandshakeThatFailedIsKafkasFault() {
    ThreadFaults faults = new ThreadFaults(nanos::get, Duration.ofNanos(1));
    KafkaException refused =
        new SslAuthenticationException("no", new SSLHandshakeException("expired"));
    assertThat(faults.handle(refused)).isEqualTo(REPLACE_THREAD);
    assertThat(faults.handle(new StreamsException(refused))).isEqualTo(REPLACE_THREAD);
    assertThat(faults.handle(new KafkaException(new OutOfMemoryError("test"))))
        .as("an Error, whoever wraps it")
        .isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void aStateThatOnlyKafkasClientKnowsIsNoFaultOfOurs() {
    ThreadFaults faults = new ThreadFaults(nanos::get, Duration.ofNanos(1));
    // As a producer whose commit timed out throws it, and Streams wraps it.
    IllegalStateException thrown = new IllegalStateException("commitTransaction timed out");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(
              "org.apache.kafka.clients.producer.internals.TransactionManager", "send", null, 1)
        });
    assertThat(faults.handle(new StreamsException(thrown))).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void whatKafkaThrowsIsToldInALineAndAFaultOfOursWithItsStackTrace() {
    Logger log = (Logger) LoggerFactory.getLogger(ThreadFaults.class);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    log.addAppender(written);
    ThreadFaults faults = new ThreadFaults(nanos::get, Duration.ofNanos(1));
    Exception away = new TimeoutException("no broker");
    faults.handle(new StreamsException("in process, stacktrace=x\n\tat y", away));
    faults.handle(new IllegalStateException("ours"));
    log.detachAppender(written);
    assertThat(written.list.get(0).getFormattedMessage())
        .endsWith(
            "StreamsException: in process, stacktrace=x; caused by"
                + " org.apache.kafka.common.errors.TimeoutException: no broker");
    assertThat(written.list.get(0).getThrowableProxy()).isNull();
    assertThat(written.list.get(1).getThrowableProxy()).isNotNull();
  }

  @Test
  void causesThatFormACircleAreLookedAtOnce() {
    ThreadFaults faults = new ThreadFaults(nanos::get, Duration.ofNanos(1));
    Exception first = new IllegalStateException("first");
    Exception second = new IllegalStateException("second", first);
    first.initCause(second);
    assertThat(faults.handle(first)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(faults.handle(new TimeoutException("no broker", first))).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void aThreadThatWaitsIsSeenAndClosingEndsTheWait() throws InterruptedException {
    ThreadFaults faults = new ThreadFaults(nanos::get, Duration.ofDays(1));
    Thread dying = Thread.ofPlatform().start(() -> faults.handle(new TimeoutException("no")));
    Await.until("the thread to wait", faults::isPausing);
    faults.close();
    dying.join();
    assertThat(faults.isPausing()).isFalse();
  }
}
