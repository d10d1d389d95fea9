package io.fleetcompat.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class RepeatedLinesTest {

  private static final String FETCH = "org.apache.kafka.clients.consumer.internals.FetchCollector";
  private static final String UNKNOWN = "[Consumer clientId=a] unknown topic in fetch for {}";

  @TempDir Path directory;

  private final AtomicLong nanos = new AtomicLong(-7);
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger fetch = context.getLogger(FETCH);

  @BeforeEach
  void filter() {
    RepeatedLines filter = new RepeatedLines(nanos::get);
    filter.setContext(context);
    filter.start();
    context.addTurboFilter(filter);
    written.setContext(context);
    written.start();
    written(context);
  }

  private void written(LoggerContext of) {
    of.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
  }

  @Test
  void aKindIsWrittenOnceAMinuteWithTheNumberOfThoseThatWereLeftOut() {
    warn(4500);
    assertThat(lines()).containsExactly("[Consumer clientId=a] unknown topic in fetch for topic-0");
    nanos.addAndGet(RepeatedLines.PERIOD.toNanos() - 1);
    warn(1);
    assertThat(lines()).hasSize(1);
    nanos.incrementAndGet();
    warn(2);
    assertThat(lines())
        .hasSize(3)
        .endsWith(
            "4500 lines like the next one were left out",
            "[Consumer clientId=a] unknown topic in fetch for topic-0");
  }

  @Test
  void aKindThatIsSeldomIsWrittenWithoutMoreWords() {
    warn(1);
    nanos.addAndGet(RepeatedLines.PERIOD.toNanos());
    warn(1);
    assertThat(lines()).hasSize(2).noneMatch(line -> line.contains("left out"));
  }

  @Test
  void everyNewKindIsWrittenAtOnce() {
    warn(100);
    fetch.warn("[Consumer clientId=b] unknown topic in fetch for {}", "topic-0");
    fetch.error(UNKNOWN, "topic-0");
    fetch.warn(UNKNOWN, "topic-0", new IllegalStateException("thrown"));
    fetch.warn("offset out of range");
    context.getLogger("org.apache.kafka.clients.NetworkClient").warn(UNKNOWN, "topic-0");
    assertThat(lines()).hasSize(6);
  }

  @Test
  void numbersInTextsThatWerePutTogetherBeforeMakeNoNewKind() {
    for (int i = 0; i < 100; i++) {
      fetch.warn("correlation id " + i + " failed");
    }
    assertThat(lines()).containsExactly("correlation id 0 failed");
  }

  @Test
  void whatIsNotKafkasOrNoWarningIsNotTouched() {
    for (int i = 0; i < 3; i++) {
      context.getLogger("io.fleetcompat.query.follow.KafkaFaults").warn("as often as it is said");
      fetch.info("an ordinary line");
    }
    assertThat(lines()).hasSize(6);
  }

  @Test
  void linesOfALevelThatIsOffAreNotCounted() {
    context.getLogger(FETCH).setLevel(ch.qos.logback.classic.Level.ERROR);
    warn(10);
    context.getLogger(FETCH).setLevel(ch.qos.logback.classic.Level.WARN);
    warn(1);
    assertThat(lines()).hasSize(1);
  }

  @Test
  void kindsAreBounded() {
    warn(1);
    for (int i = 0; i < RepeatedLines.MAX_KINDS; i++) {
      fetch.warn("x".repeat(i / 26) + (char) ('a' + i % 26));
    }
    warn(1);
    assertThat(lines()).hasSize(RepeatedLines.MAX_KINDS + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logback.xml", "io/fleetcompat/cli/up-logback.xml"})
  void theConfigurationsOfOurProcessesHaveIt(String file) throws Exception {
    LoggerContext configured = new LoggerContext();
    configured.putProperty("fleetcompat.log", directory.resolve("up.log").toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(configured);
    configurator.doConfigure(Objects.requireNonNull(getClass().getClassLoader().getResource(file)));
    written(configured);
    for (int i = 0; i < 1000; i++) {
      configured.getLogger(FETCH).warn(UNKNOWN, i);
    }
    configured.stop();
    assertThat(lines()).hasSize(1);
  }

  private void warn(int times) {
    for (int i = 0; i < times; i++) {
      fetch.warn(UNKNOWN, "topic-" + i);
    }
  }

  private List<String> lines() {
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
