package io.fleetcompat.indexer;

import io.fleetcompat.settings.PropertiesFile;
import io.fleetcompat.settings.Values;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An indexer as a process of its own: {@code IndexerMain FILE.properties}, until it is killed. */
public final class IndexerMain {

  private static final Logger LOG = LoggerFactory.getLogger(IndexerMain.class);

  private IndexerMain() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: IndexerMain FILE.properties");
    }
    Values values = IndexerSettings.CATALOGUE.read(PropertiesFile.read(Path.of(args[0])));
    LOG.info("settings of index: {}", values.effective());
    Indexer indexer = Indexer.start(IndexerSettings.config(values));
    Runtime.getRuntime().addShutdownHook(new Thread(indexer::close, "indexer-stop"));
    indexer.awaitStopped();
    if (indexer.hasFailed()) {
      LOG.error("the indexer stopped; the lines above say why");
      // Not by an exception: whatever thread is left must not keep a dead indexer alive.
      System.exit(1);
    }
  }
}
