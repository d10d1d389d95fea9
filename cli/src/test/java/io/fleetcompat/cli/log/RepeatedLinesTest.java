package io.fleetcompat.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong nanos = new AtomicLong(-7);
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger fetch = context.getLogger(FETCH);
  private final RepeatedLines filter = new RepeatedLines(nanos::get);

  @BeforeEach
  void filter() {
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
    nanos.addAndGet(MINUTE - 1);
    warn(1);
    assertThat(lines()).hasSize(1);
    nanos.incrementAndGet();
    warn(2);
    assertThat(lines())
        .hasSize(2)
        .endsWith(
            "[Consumer clientId=a] unknown topic in fetch for topic-0"
                + " (4500 more like this since the last)");
  }

  @Test
  void aKindThatIsSeldomIsWrittenWithoutMoreWords() {
    warn(1);
    nanos.addAndGet(MINUTE);
    warn(1);
    assertThat(lines()).hasSize(2).noneMatch(line -> line.contains("more like this"));
  }

  @Test
  void aConditionThatIsOverIsToldOnceWithTheNumberOfAllThatWereLeftOut() {
    warn(10);
    nanos.addAndGet(MINUTE);
    warn(5);
    nanos.addAndGet(MINUTE - 1);
    filter.tellWhatIsOver();
    assertThat(lines()).hasSize(2);
    nanos.incrementAndGet();
    filter.tellWhatIsOver();
    filter.tellWhatIsOver();
    assertThat(lines())
        .hasSize(3)
        .endsWith(
            "not said for 60 s: unknown topic in fetch for N"
                + " (13 lines like this were left out in all)");
    warn(1);
    assertThat(lines())
        .hasSize(4)
        .endsWith("[Consumer clientId=a] unknown topic in fetch for topic-0");
  }

  @Test
  void whatWasSaidOnceIsNoConditionThatEnds() {
    warn(1);
    nanos.addAndGet(2 * MINUTE);
    filter.tellWhatIsOver();
    assertThat(lines()).hasSize(1);
  }

  @Test
  void everyNewKindIsWrittenAtOnce() {
    warn(100);
    fetch.error(UNKNOWN, "topic-0");
    fetch.warn(UNKNOWN, "topic-0", new IllegalStateException("thrown"));
    fetch.warn("offset out of range");
    context.getLogger("org.apache.kafka.clients.Metadata").warn(UNKNOWN, "topic-0");
    assertThat(lines()).hasSize(5);
  }

  @Test
  void aBrokerThatIsAwayIsOneKindWhicheverClientSaysItInWhateverWords() {
    Logger connections = context.getLogger("org.apache.kafka.clients.NetworkClient");
    for (int i = 0; i < 50; i++) {
      connections.warn(
          "[Consumer clientId=c-%d, groupId=null] Connection to node %d (localhost/127.0.0.1:9092)"
                  .formatted(i, -i)
              + " could not be established. Node may not be available.");
      connections.warn(
          "[AdminClient clientId=adminclient-%d] Bootstrap broker localhost:9092 (id: -1 rack: null)"
                  .formatted(i)
              + " disconnected");
    }
    assertThat(lines()).hasSize(1);
    connections.warn("[Producer clientId=p] Error while fetching metadata");
    assertThat(lines()).as("another condition").hasSize(2);
  }

  @Test
  void ourOwnLinesDifferByWhatTheySayAndNotByIdsAndNumbers() {
    Logger ours = context.getLogger("io.fleetcompat.collector.HostLook");
    for (int i = 0; i < 100; i++) {
      ours.warn("{}: could not be read, next try in {} ms", UUID.randomUUID(), 100 * i);
      ours.warn("host-{}: could not be read, next try in {} ms", i % 2, i);
    }
    assertThat(lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("host-0: "))
        .anyMatch(line -> line.startsWith("host-1: "));
  }

  @Test
  void numbersInTextsThatWerePutTogetherBeforeMakeNoNewKind() {
    for (int i = 0; i < 100; i++) {
      fetch.warn("correlation id " + i + " failed");
    }
    assertThat(lines()).containsExactly("correlation id 0 failed");
  }

  @Test
  void whatIsNoWarningIsNotTouched() {
    for (int i = 0; i < 3; i++) {
      fetch.info("an ordinary line");
    }
    assertThat(lines()).hasSize(3);
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
