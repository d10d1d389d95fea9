package io.fleetcompat.cli.up;

import io.fleetcompat.indexer.Indexer;
import java.io.IOException;

/** The indexer of {@code up}: another one takes the place of one that has failed. One thread. */
final class RestartedIndexer implements AutoCloseable {

  private final Starter starter;
  private Indexer indexer;
  private boolean closed;

  /** The way to start one. */
  @FunctionalInterface
  interface Starter {
    Indexer start() throws IOException;
  }

  private RestartedIndexer(Starter starter, Indexer indexer) {
    this.starter = starter;
    this.indexer = indexer;
  }

  static RestartedIndexer start(Starter starter) throws IOException {
    return new RestartedIndexer(starter, starter.start());
  }

  boolean isReady() {
    return indexer.isReady();
  }

  /** True where it does its work no more, or was closed for another that could not be started. */
  boolean hasFailed() {
    return closed || indexer.hasFailed();
  }

  /** Two cannot use one directory: a thread of the one before may still wait for Kafka. */
  void restart() throws IOException {
    if (!closed) {
      closed = true;
      indexer.close();
    }
    if (!indexer.isStopped()) {
      throw new IOException("the one before has not stopped yet");
    }
    indexer = starter.start();
    closed = false;
  }

  @Override
  public void close() {
    indexer.close();
  }
}
