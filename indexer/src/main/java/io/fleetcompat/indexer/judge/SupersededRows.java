package io.fleetcompat.indexer.judge;

import io.fleetcompat.schemas.MatrixKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a version before rule sets had rows of their own: nobody reads them. One stream
 * thread.
 */
final class SupersededRows {

  private static final Logger LOG = LoggerFactory.getLogger(SupersededRows.class);

  private final JudgeStores stores;
  private final JudgeSinks sinks;
  private boolean there;

  SupersededRows(JudgeStores stores, JudgeSinks sinks) {
    this.stores = stores;
    this.sinks = sinks;
    this.there = stores.hasSuperseded();
  }

  boolean areThere() {
    return there;
  }

  /** Removes them where there are any, their generation last. */
  void removeAll() {
    if (!there) {
      return;
    }
    LOG.info("the rows of an earlier version are removed: everything is judged anew");
    stores.forEachProfile(
        (fingerprint, record) -> {
          stores.removeSupersededRow(record.getNumber());
          sinks.matrix(new MatrixKey.Superseded(fingerprint.toString()), null);
        });
    stores.removeSupersededGeneration();
    sinks.matrix(MatrixKey.Superseded.GENERATION, null);
    there = false;
  }
}
