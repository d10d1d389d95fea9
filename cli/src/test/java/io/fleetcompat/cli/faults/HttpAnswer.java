package io.fleetcompat.cli.faults;

import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The text that an API answers to a GET. */
final class HttpAnswer {

  private static final int TIMEOUT_MILLIS = 5000;

  private HttpAnswer() {}

  /** Waits until it has these words. */
  static void await(URI asked, Duration within, String words) {
    Await.until(
        asked + " answers '" + words + "'", within, () -> of(asked), text -> text.contains(words));
  }

  private static String of(URI asked) {
    try {
      URLConnection connection = asked.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream answer = connection.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      return e.toString();
    }
  }
}
