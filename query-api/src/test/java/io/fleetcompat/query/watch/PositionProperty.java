package io.fleetcompat.query.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The law of the position of a watcher, {@code Last-Event-ID}: none, or one that comes back. */
public final class PositionProperty {

  private PositionProperty() {}

  public static boolean accepts(byte[] input) {
    Optional<FeedPosition> position = parse(input);
    position.ifPresent(
        found -> {
          byte[] spelling = found.text();
          assertThat(parse(spelling).map(FeedPosition::text)).hasValue(spelling);
        });
    return position.isPresent();
  }

  private static Optional<FeedPosition> parse(byte[] text) {
    return FeedPosition.parse(new String(text, StandardCharsets.ISO_8859_1));
  }
}
