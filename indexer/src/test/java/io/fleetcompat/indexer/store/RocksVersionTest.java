package io.fleetcompat.indexer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;

/** Streams is only tested with the RocksDB that it asks for. */
class RocksVersionTest {

  private static final Pattern ASKED_FOR =
      Pattern.compile("<artifactId>rocksdbjni</artifactId>\\s*<version>([^<]+)</version>");

  @Test
  void ourRocksDbIsTheOneThatStreamsAsksFor() throws Exception {
    Path streams = jar(KafkaStreams.class);
    Path pom = streams.resolveSibling(streams.getFileName().toString().replace(".jar", ".pom"));
    assertThat(jar(RocksDB.class).getFileName())
        .as("rocksdb.version in the parent pom, as %s says", pom.getFileName())
        .hasToString("rocksdbjni-" + askedFor(pom) + ".jar");
  }

  private static String askedFor(Path pom) throws IOException {
    Matcher matcher = ASKED_FOR.matcher(Files.readString(pom));
    assertThat(matcher.find()).as("%s names rocksdbjni", pom).isTrue();
    return matcher.group(1);
  }

  /** In Maven's repository a jar stands beside its pom. */
  private static Path jar(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
