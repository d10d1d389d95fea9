package io.fleetcompat.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThrownTextTest {

  private final ThrownText text = new ThrownText();

  @BeforeEach
  void start() {
    text.start();
  }

  @Test
  void aBrokerThatIsAwayIsToldInOneLine() {
    assertThat(of(new TimeoutException("Timed out waiting for a node assignment")))
        .isEqualTo(
            " (org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node"
                + " assignment)");
    assertThat(of(new ExecutionException(new DisconnectException("gone"))))
        .startsWith(" (java.util.concurrent.ExecutionException: ")
        .endsWith("; caused by org.apache.kafka.common.errors.DisconnectException: gone)");
    assertThat(
            of(new StreamsException("in process, stacktrace=x\n\tat y", new TimeoutException("t"))))
        .doesNotContain("\n")
        .contains("in process", "TimeoutException: t");
    assertThat(of(new RuntimeException(new ConnectException("refused")))).doesNotContain("\n");
  }

  @Test
  void aMistakeOfOursHasItsStackTraceBelow() {
    for (Exception ours :
        new Exception[] {
          new IllegalStateException("ours"),
          new StreamsException("wrapped", new NullPointerException("ours"))
        }) {
      assertThat(of(ours).lines())
          .hasSizeGreaterThan(2)
          .first()
          .as("the rest of the line that tells it")
          .isEqualTo("");
      assertThat(of(ours)).contains("\tat ", "ours").doesNotEndWith("\n");
    }
  }

  @Test
  void aLineWithoutOneHasNothing() {
    assertThat(of(null)).isEmpty();
  }

  private String of(@Nullable Throwable thrown) {
    Logger logger = new LoggerContext().getLogger("any");
    return text.convert(new LoggingEvent(Logger.FQCN, logger, Level.WARN, "said", thrown, null));
  }
}
