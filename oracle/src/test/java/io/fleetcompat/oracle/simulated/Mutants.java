package io.fleetcompat.oracle.simulated;

import static io.fleetcompat.oracle.simulated.Mutation.always;
import static io.fleetcompat.oracle.simulated.Mutation.calling;
import static io.fleetcompat.oracle.simulated.Mutation.keeping;
import static io.fleetcompat.oracle.simulated.Mutation.offByOne;
import static io.fleetcompat.oracle.simulated.Mutation.opposite;
import static io.fleetcompat.oracle.simulated.Mutation.reading;
import static io.fleetcompat.oracle.simulated.Mutation.swapping;
import static io.fleetcompat.oracle.simulated.Mutation.without;

import java.util.List;

/** Mistakes that the simulation must find. Stateless. */
final class Mutants {

  private Mutants() {}

  static List<Mutation> all() {
    return List.of(
        // What orders documents, and tells them apart.
        offByOne("newer is not-older", "schemas.DocumentVersion", "isNewerThan", 0),
        opposite("an older document counts as newer", "schemas.DocumentVersion", "isNewerThan", 0),
        reading(
            "sequences alone are compared",
            "schemas.DocumentVersion",
            "compareTo",
            "epoch",
            "sequence"),
        reading(
            "epochs alone are compared",
            "schemas.DocumentVersion",
            "compareTo",
            "sequence",
            "epoch"),
        always("digests are not compared", "schemas.DocumentId", "differ", 0),
        // Collectors.
        keeping(
            "a refresh has the sequence of the document before",
            "collector.Announcer",
            "announce",
            "sequence"),
        keeping(
            "heartbeats name no digest but the first", "collector.Announcer", "announce", "sent"),
        opposite("what has changed is not sent", "collector.Announcer", "announce", 0),
        calling(
            "a record that failed replaces a newer one",
            "collector.publish.Outbox",
            "failed",
            "putIfAbsent",
            "put"),
        without(
            "what failed is not sent again", "collector.publish.Outbox", "failed", "putIfAbsent"),
        without(
            "what waits behind a record on its way is forgotten",
            "collector.publish.Outbox",
            "land",
            "add"),
        // Place.
        without(
            "no tombstone for a removed host",
            "indexer.place.PartitionHosts",
            "remove",
            "placement"),
        without(
            "a removed host stays in the store", "indexer.place.HostStates", "remove", "remove"),
        without("a placement is not stored", "indexer.place.PartitionHosts", "place", "put"),
        without("a placement is not told", "indexer.place.PlaceSinks", "placement", "send"),
        without(
            "a new profile is not told to the judge",
            "indexer.place.PartitionHosts",
            "place",
            "present"),
        without(
            "what was scheduled before a task was revived goes on",
            "indexer.tick.Ticks",
            "stop",
            "ifPresent"),
        without(
            "a conflict outlives the next document", "indexer.place.FoundHosts", "placed", "end"),
        without(
            "hosts that are heard again stay stale",
            "indexer.place.PartitionHosts",
            "hear",
            "become"),
        without(
            "what a topic has lost is not told again",
            "indexer.told.TopicAudit",
            "compare",
            "addAll"),
        // Judge.
        without("a row is skipped", "indexer.judge.RuleMatrix", "judge", "row"),
        without("a row is not stored", "indexer.judge.JudgeStores", "putRow", "put"),
        without("the generation is not told", "indexer.judge.RuleMatrix", "publish", "matrix"),
        without("a profile is not told", "indexer.judge.ProfileNumbers", "give", "profile"),
        swapping(
            "both directions of a pair are mixed up",
            "indexer.judge.Matrix",
            "lambda$add$0",
            "outcome"),
        keeping("a number is given twice", "indexer.judge.ProfileNumbers", "give", "next"),
        without(
            "judged rows are not taken up after a start",
            "indexer.judge.RuleMatrix",
            "lambda$restore$1",
            "restore"),
        without("other rules are not taken up", "indexer.judge.JudgeTask", "collect", "configure"),
        offByOne(
            "a minor version must be greater, not as great",
            "compatibility.judge.TypeRules",
            "softwareVersion",
            0),
        // The replica.
        without(
            "a tombstone of a placement is missed", "query.replica.FleetEdit", "unplace", "touch"),
        without("a removal of a host is not heard", "query.replica.Replica", "hear", "gone"),
        always(
            "documents that nobody has named are believed",
            "query.replica.LastSeen$Heard",
            "hasNamed",
            1),
        always(
            "the index is never behind",
            "query.replica.LastSeen$Heard",
            "missingSince",
            Long.MAX_VALUE),
        always("liveness does not expire", "query.lookup.HeardSightings", "at", Long.MAX_VALUE),
        offByOne("the row of the smaller number is asked", "query.replica.MatrixImage", "cell", 0),
        without(
            "a row that is another is not taken", "query.replica.RuleSetsEdit", "setRow", "set"),
        keeping(
            "rules stay in force for ever", "query.replica.RuleSetsEdit", "setInForce", "inForce"),
        without(
            "a host that becomes another keeps its profiles",
            "query.replica.FleetEdit",
            "place",
            "touch"),
        without("silence does not change an answer", "query.lookup.Checks", "check", "changes"),
        calling(
            "answers are as of the future", "query.replica.IndexReader", "publish", "min", "max"),
        opposite(
            "heartbeats of before the start count as new", "query.clock.FleetClock", "heard", 0),
        always("a view is ready before it has all", "query.replica.Snapshot", "ready", 1));
  }
}
