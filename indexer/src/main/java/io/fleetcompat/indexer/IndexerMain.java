package io.fleetcompat.indexer;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;

/** An indexer as a process of its own: {@code IndexerMain FILE.properties}, until it is killed. */
public final class IndexerMain {

  private IndexerMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: IndexerMain FILE.properties");
    }
    Indexer indexer = Indexer.start(IndexerConfig.parse(read(Path.of(args[0]))));
    Runtime.getRuntime().addShutdownHook(new Thread(indexer::close, "indexer-stop"));
    indexer.awaitStopped();
    if (indexer.state() == KafkaStreams.State.ERROR) {
      throw new IllegalStateException("the indexer stopped; the log says why");
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return settings;
  }
}
