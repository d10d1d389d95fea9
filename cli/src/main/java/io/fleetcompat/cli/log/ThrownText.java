package io.fleetcompat.cli.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.apache.kafka.common.errors.ApiException;

/**
 * An exception, as a line of the log tells it ({@code %thrown} in the patterns). Where Kafka
 * refuses something, or is not there, it is said in words on the same line: a stack trace would
 * show the inside of Kafka's clients, once for every try. Anything else has its stack trace below.
 * Logback makes it.
 */
public final class ThrownText extends ThrowableProxyConverter {

  /** Most causes that are looked at: they may form a circle. */
  private static final int MAX_CAUSES = 32;

  @Override
  public String convert(ILoggingEvent event) {
    if (!(event.getThrowableProxy() instanceof ThrowableProxy proxy)) {
      return "";
    }
    Throwable thrown = proxy.getThrowable();
    Throwable root = root(thrown);
    if (!isOfKafka(root)) {
      return System.lineSeparator() + super.convert(event).stripTrailing();
    }
    return " ("
        + inOneLine(thrown)
        + (root == thrown ? ")" : "; caused by " + inOneLine(root) + ")");
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; root.getCause() != null && depth < MAX_CAUSES; depth++) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * True where Kafka or the network has refused. A producer whose commit timed out says so by an
   * exception of the JDK; and tasks move to another indexer while a broker is away.
   */
  private static boolean isOfKafka(Throwable root) {
    String name = root.getClass().getName();
    return root instanceof ApiException
        || root instanceof SocketException
        || root instanceof UnknownHostException
        || name.startsWith("org.apache.kafka.streams.errors.Task")
        || (root instanceof IllegalStateException && isThrownByClient(root));
  }

  private static boolean isThrownByClient(Throwable root) {
    StackTraceElement[] trace = root.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.apache.kafka.clients.");
  }

  private static String inOneLine(Throwable thrown) {
    return thrown.toString().lines().findFirst().orElse("");
  }
}
