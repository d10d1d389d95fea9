package io.fleetcompat.indexer;

import io.fleetcompat.indexer.judge.JudgeNodes;
import io.fleetcompat.indexer.place.PlaceNodes;
import java.util.List;

/**
 * The state of an indexer that follows from its inputs alone: where its changelogs are deleted, the
 * indexer begins again and makes it anew (ADR 0035). Not among it are the numbers of profiles,
 * which rows and replicas go by, what was told of the past, and what drivers and alerts were asked:
 * those are in no input.
 */
public final class DerivedState {

  private static final List<String> STORES =
      List.of(
          PlaceNodes.HOST_STORE,
          PlaceNodes.PROBER_STORE,
          PlaceNodes.POOL_STORE,
          PlaceNodes.CAPACITY_STORE,
          JudgeNodes.ROW_STORE);

  private DerivedState() {}

  /** The names of the changelogs of an application. */
  public static List<String> changelogs(String applicationId) {
    return STORES.stream().map(store -> changelog(applicationId, store)).toList();
  }

  /** The name of a store's changelog, as Kafka Streams makes it. */
  static String changelog(String applicationId, String store) {
    return applicationId + "-" + store + "-changelog";
  }
}
