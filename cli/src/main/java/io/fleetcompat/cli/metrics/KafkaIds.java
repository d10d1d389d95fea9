package io.fleetcompat.cli.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The removal of ids that Kafka's clients make by chance from the labels of their metrics: every
 * start would begin hundreds of new series. A label that says nothing else is left out. Any thread.
 */
final class KafkaIds implements MeterFilter {

  private static final String KAFKA = "kafka.";

  private static final Pattern ID =
      Pattern.compile(
          "-?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(KAFKA)) {
      return id;
    }
    List<Tag> tags =
        id.getTags().stream()
            .map(tag -> Tag.of(tag.getKey(), ID.matcher(tag.getValue()).replaceAll("")))
            .filter(tag -> !tag.getValue().isEmpty())
            .toList();
    return id.replaceTags(tags);
  }
}
