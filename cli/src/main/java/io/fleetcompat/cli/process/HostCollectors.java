package io.fleetcompat.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector for every host of a fleet directory, sharing one publisher; hosts that come are
 * collected from, hosts that go are taken back.
 *
 * <p>Threads: looks at the directory on one of its own threads; the rest from any.
 */
public final class HostCollectors implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostCollectors.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final int THREADS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final CollectorConfig shared;
  private final InventoryPublisher publisher;
  private final MeterRegistry registry;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("fleet-", 0).factory());
  private final Map<String, Collector> byFolder = new TreeMap<>();

  private HostCollectors(
      Path directory,
      CollectorConfig shared,
      InventoryPublisher publisher,
      MeterRegistry registry) {
    this.directory = directory;
    this.shared = shared;
    this.publisher = publisher;
    this.registry = registry;
  }

  /**
   * Starts a collector for every host that the directory has now, and watches for more.
   *
   * @param shared what all collectors have in common: Kafka, topic prefix, intervals, bounds
   */
  public static HostCollectors start(Path directory, CollectorConfig shared, MeterRegistry registry)
      throws IOException {
    InventoryPublisher publisher =
        new InventoryPublisher(shared.kafka(), shared.topics(), registry);
    HostCollectors collectors = new HostCollectors(directory, shared, publisher, registry);
    collectors.look();
    long millis = LOOK_EVERY.toMillis();
    var _ =
        collectors.threads.scheduleWithFixedDelay(
            collectors::lookAgain, millis, millis, TimeUnit.MILLISECONDS);
    return collectors;
  }

  public synchronized int size() {
    return byFolder.size();
  }

  @Override
  public synchronized void close() {
    threads.shutdownNow();
    byFolder.values().forEach(Collector::close);
    byFolder.clear();
    publisher.close();
  }

  private void lookAgain() {
    try {
      look();
    } catch (IOException e) {
      LOG.warn("the fleet directory cannot be listed: {}", e.toString());
    }
  }

  private synchronized void look() throws IOException {
    if (threads.isShutdown()) {
      return;
    }
    Set<String> folders = folders();
    byFolder.entrySet().removeIf(entry -> gone(entry, folders));
    for (String folder : folders) {
      if (!byFolder.containsKey(folder)) {
        begin(folder);
      }
    }
  }

  private static boolean gone(Map.Entry<String, Collector> entry, Set<String> folders) {
    boolean gone = !folders.contains(entry.getKey());
    if (gone) {
      entry.getValue().remove();
    }
    return gone;
  }

  private Set<String> folders() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      Set<String> folders = new TreeSet<>();
      all.filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(path -> Files.isDirectory(path.resolve("sys"), LinkOption.NOFOLLOW_LINKS))
          .forEach(path -> folders.add(path.getFileName().toString()));
      return folders;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void begin(String folder) {
    Path path = directory.resolve(folder);
    try {
      JsonNode document = document(path.resolve("host.json"));
      Map<String, String> labels = new TreeMap<>();
      document
          .path("labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      byFolder.put(
          folder,
          Collector.start(own(folder, path, document, labels), publisher, threads, registry));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("the host folder {} cannot be used: {}", path, e.toString());
    }
  }

  private CollectorConfig own(
      String folder, Path path, JsonNode document, Map<String, String> labels) {
    CollectorConfig own =
        CollectorConfig.of(document.path("name").asText(folder), path.resolve("sys"))
            .withKafka(shared.kafka(), shared.topicPrefix())
            .withIntervals(shared.intervals())
            .withLabels(labels)
            .withFacts(
                Optional.of(path.resolve("facts.d")),
                Optional.ofNullable(document.path("kernel").textValue()));
    return shared.stateDirectory().map(own::withStateDirectory).orElse(own);
  }

  private static JsonNode document(Path file) throws IOException {
    return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
  }
}
