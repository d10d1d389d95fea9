package io.fleetcompat.oracle.simulated;

import static io.fleetcompat.oracle.simulated.Mutation.always;
import static io.fleetcompat.oracle.simulated.Mutation.calling;
import static io.fleetcompat.oracle.simulated.Mutation.reading;
import static io.fleetcompat.oracle.simulated.Mutation.readingStatic;
import static io.fleetcompat.oracle.simulated.Mutation.without;

import java.util.List;

/** Mistakes about keys and marks, which the simulation of fleets with keys must find. Stateless. */
final class MarkMutants {

  private MarkMutants() {}

  static List<Mutation> all() {
    return List.of(
        // Marks.
        always("a mark is not compared", "keys.RecordMark", "isOf", 1),
        calling("a mark does not cover the value", "keys.Secret", "mark", "value", "key"),
        without("all hosts have one secret", "keys.Secret", "derive", "getBytes"),
        always("every generation counts", "keys.Generations", "accept", 1),
        reading("a revoked key still counts", "keys.Generations", "accept", "revoked", "removed"),
        // Collectors.
        without(
            "a document is not sent again with a new key",
            "collector.publish.RecordMarks",
            "took",
            "ifPresent"),
        // The door of the indexer.
        readingStatic(
            "hosts that nobody has registered are believed",
            "indexer.place.HostMarks",
            "generations",
            "NONE",
            "ANY"),
        always(
            "a newer key does not outrank versions", "indexer.place.HostMarks", "isOfNewerKey", 0),
        without(
            "what came before its key is not read again",
            "indexer.place.PlaceProcessor",
            "registered",
            "add"),
        without(
            "a host that is out of service stays",
            "indexer.place.PlaceProcessor",
            "registered",
            "remove"),
        // Replicas.
        without(
            "a key that is taken away ends nothing",
            "query.replica.IndexReader",
            "read",
            "forEach"));
  }
}
