package io.fleetcompat.indexer;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids that Kafka gives the indexer's topics: one that is made anew under the same name has
 * another. They are kept beside the stores that were made from those topics. Immutable.
 *
 * @param byName of the topics that are there
 */
record TopicIds(Map<String, Uuid> byName) {

  private static final String FILE = "topic-ids";
  private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);

  TopicIds {
    byName = Map.copyOf(byName);
  }

  /** The ids of these topics now. */
  static TopicIds ask(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, Uuid> found = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        found.put(topic.getKey(), topic.getValue().get().topicId());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return new TopicIds(found);
  }

  /** The ids that are kept in a directory; none where none are, or nobody can read them. */
  static TopicIds keptIn(Path directory) {
    Path file = directory.resolve(FILE);
    Map<String, Uuid> kept = new HashMap<>();
    if (Files.exists(file)) {
      Properties lines = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        lines.load(reader);
        lines.forEach((topic, id) -> kept.put((String) topic, Uuid.fromString((String) id)));
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("expected ids of topics in {}, found {}: ignored", file, e.toString());
        return new TopicIds(Map.of());
      }
    }
    return new TopicIds(kept);
  }

  /** Keeps them in a directory. */
  void keepIn(Path directory) throws IOException {
    Files.createDirectories(directory);
    StringWriter lines = new StringWriter();
    new TreeMap<>(byName)
        .forEach((topic, id) -> lines.append(topic + "=" + id + System.lineSeparator()));
    Path fresh = directory.resolve(FILE + ".new");
    Files.writeString(fresh, lines.toString());
    Files.move(
        fresh,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** These, and those of the others whose names are not among them. */
  TopicIds and(TopicIds others) {
    Map<String, Uuid> both = new HashMap<>(others.byName);
    both.putAll(byName);
    return new TopicIds(both);
  }

  /** The topics that both have, under another id. */
  SortedSet<String> madeAnewSince(TopicIds before) {
    SortedSet<String> anew = new TreeSet<>();
    byName.forEach(
        (topic, id) -> {
          if (!before.byName.getOrDefault(topic, id).equals(id)) {
            anew.add(topic);
          }
        });
    return anew;
  }

  /** The topics that were there before, and are not. */
  SortedSet<String> missingSince(TopicIds before) {
    SortedSet<String> missing = new TreeSet<>(before.byName.keySet());
    missing.removeAll(byName.keySet());
    return missing;
  }
}
