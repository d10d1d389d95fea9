package io.fleetcompat.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LoneStandbysTest {

  private static final String PACKAGE = "org.apache.kafka.streams.processor.internals.assignment.";

  /** As Kafka Streams 4.4 has it. */
  private static final String UNABLE =
      "Unable to assign {} of {} standby tasks for task [{}]. There is not enough available"
          + " capacity. You should increase the number of application instances to maintain the"
          + " requested number of standby replicas.";

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger assignor = context.getLogger(PACKAGE + "DefaultStandbyTaskAssignor");

  @BeforeEach
  void filter() {
    context.addTurboFilter(new LoneStandbys());
    written.setContext(context);
    written.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
  }

  @Test
  void whereThereIsOneIndexerNobodyIsWarned() {
    assignor.warn(UNABLE, 1, 1, "0_3");
    assignor.warn(UNABLE, 2, 2, "0_3");
    assertThat(written.list).isEmpty();
  }

  @Test
  void whereSomeStandbysHaveNoPlaceTheWarningStays() {
    assignor.warn(UNABLE, 1, 2, "0_3");
    assignor.warn("something else");
    context.getLogger("io.fleetcompat").warn(UNABLE, 1, 1, "0_3");
    assertThat(written.list).hasSize(3);
  }
}
