package io.fleetcompat.cli.process;

import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.settings.GroupNames;
import io.fleetcompat.settings.Nearest;
import io.fleetcompat.settings.ProcessKeys;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The names of settings of Kafka's clients and of Kafka Streams, after {@code kafka.}. Kafka itself
 * passes over a name that it does not know: {@code sasl.mechanim=…} would count for nothing.
 *
 * <p>A class of the operator's own, such as a reporter of metrics, may have settings of any name:
 * where one is named, only names that differ from one of Kafka's by two letters or fewer are
 * refused.
 */
public final class KafkaNames implements GroupNames {

  public static final KafkaNames INSTANCE = new KafkaNames();

  private static final String PREFIX = ProcessKeys.KAFKA.prefix();

  private static final int MISSPELT = 2;

  /** Names whose rest is the operator's. */
  private static final List<String> FREE = List.of("config.providers.", "client.tag.");

  /** Settings that name classes of the operator's, which read settings of their own. */
  private static final Set<String> CLASSES =
      Set.of(
          "metric.reporters",
          "interceptor.classes",
          "partitioner.class",
          "security.providers",
          "ssl.engine.factory.class",
          "sasl.client.callback.handler.class",
          "sasl.login.callback.handler.class",
          "sasl.login.class",
          "sasl.oauthbearer.jwt.retriever.class",
          "sasl.oauthbearer.jwt.validator.class");

  private static final Set<String> TOPICS = topics();

  private static final Map<String, Set<String>> BY_CLIENT =
      Map.of(
          "consumer.", ConsumerConfig.configNames(),
          "main.consumer.", ConsumerConfig.configNames(),
          "restore.consumer.", ConsumerConfig.configNames(),
          "global.consumer.", ConsumerConfig.configNames(),
          "producer.", ProducerConfig.configNames(),
          "admin.", AdminClientConfig.configNames(),
          "topic.", TOPICS);

  private static final Set<String> ALL = all();

  private KafkaNames() {}

  @Override
  public boolean refuses(String name, Set<String> given) {
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    String end = name.substring(PREFIX.length());
    if (isKnown(end)) {
      return false;
    }
    boolean own = CLASSES.stream().anyMatch(each -> given.contains(PREFIX + each));
    return !own || Nearest.within(end, ALL, MISSPELT).isPresent();
  }

  @Override
  public Optional<String> nearest(String name) {
    return name.startsWith(PREFIX)
        ? Nearest.of(name.substring(PREFIX.length()), ALL).map(end -> PREFIX + end)
        : Optional.empty();
  }

  /** True for a name in another group, and for one that Kafka knows. */
  public static boolean areOrNotKafkas(String name) {
    return !name.startsWith(PREFIX) || isKnown(name.substring(PREFIX.length()));
  }

  private static boolean isKnown(String end) {
    return ALL.contains(end) || FREE.stream().anyMatch(end::startsWith);
  }

  private static Set<String> all() {
    return Stream.concat(
            Stream.of(
                    ProducerConfig.configNames(),
                    ConsumerConfig.configNames(),
                    AdminClientConfig.configNames(),
                    IndexerSettings.streamsNames())
                .flatMap(Set::stream),
            BY_CLIENT.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(end -> each.getKey() + end)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The settings of topics, which Kafka has as constants alone. */
  private static Set<String> topics() {
    return Arrays.stream(TopicConfig.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getName().endsWith("_CONFIG"))
        .map(KafkaNames::text)
        .collect(Collectors.toSet());
  }

  private static String text(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("public constants can be read", e);
    }
  }
}
