package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Evacuation;
import io.fleetcompat.query.lookup.Evacuation.Competition;
import io.fleetcompat.query.lookup.Evacuation.Move;
import io.fleetcompat.query.lookup.Evacuation.Nearest;
import io.fleetcompat.query.lookup.Evacuation.Onward;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
import io.fleetcompat.query.lookup.Evacuation.TypeToGrow;
import io.fleetcompat.query.lookup.Evacuation.Unblocking;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import java.util.Locale;
import java.util.Optional;

/** The answer of {@code /v1/hosts/H/evacuation}. */
public final class EvacuationAnswer {

  private EvacuationAnswer() {}

  /**
   * @param pool that the devices may go to; empty for the whole fleet
   * @param keep how many further hosts each must be able to go to
   */
  public static JsonBytes of(
      Evacuation<WrittenVerdict> found, Optional<String> pool, int keep, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("host").string(found.host());
    SharedFields.writeSeen(json, found.seen());
    json.name("pool").stringOrNull(pool).name("keep").number(keep);
    json.name("devices").number(found.moves().size() + found.stuck().size());
    json.name("movable").number(found.moves().size());
    json.name("atMost").number(found.atMost());
    found.lacking().ifPresent(lacking -> json.name("lacking").number(lacking));
    json.name("untoldCapacity").bool(found.untoldCapacity());
    SharedFields.writeDoubts(json, found.doubts());
    json.name("moves").openArray();
    found.moves().forEach(move -> write(json, move));
    json.closeArray().name("stuck").openArray();
    found.stuck().forEach(stuck -> write(json, stuck));
    json.closeArray();
    found.competition().ifPresent(competition -> write(json, competition));
    return basis.end(json);
  }

  private static void write(JsonBytes json, Move<WrittenVerdict> move) {
    IndexedEndpoint to = move.to().endpoint();
    json.open().name("device").string(move.device().reference());
    json.name("destination").string(to.reference());
    SharedFields.writeRoom(json, move.to().capacity(), move.use());
    json.name("mayBeInUse").bool(move.mayBeInUse());
    move.to()
        .pair()
        .form()
        .writeMembers(json, move.device().dynamic(), move.device().hostName(), to.hostName());
    json.close();
  }

  private static void write(JsonBytes json, Stuck<WrittenVerdict> stuck) {
    json.open().name("device").string(stuck.device().reference());
    json.name("obstacle")
        .string(stuck.obstacle().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    Exclusions.write(json, stuck.excluded());
    json.name("nearest");
    write(json, stuck.device(), stuck.nearest());
    stuck.unblocking().ifPresent(unblocking -> write(json, unblocking));
    json.close();
  }

  private static void write(JsonBytes json, Unblocking<WrittenVerdict> unblocking) {
    json.name("unblocking").open().name("onePlaceMore").openArray();
    unblocking.onePlaceMore().forEach(type -> write(json, type));
    json.closeArray().name("wouldDo").number(unblocking.wouldDo());
    json.name("onUsedCards").number(unblocking.onUsedCards());
    json.name("tooFewOnward").number(unblocking.tooFewOnward());
    json.name("notLookedAt").number(unblocking.notLookedAt());
    unblocking.furthest().ifPresent(onward -> write(json, onward));
    json.close();
  }

  private static void write(JsonBytes json, TypeToGrow type) {
    json.open().name("destination").string(type.type().reference());
    SharedFields.writeCapacity(json, type.capacity());
    json.name("devicesOfType").number(type.devices());
    type.problem()
        .ifPresent(
            problem ->
                json.name("problem")
                    .open()
                    .name("path")
                    .string(problem.path())
                    .name("code")
                    .string(problem.code())
                    .name("detail")
                    .string(problem.detail())
                    .close());
    json.close();
  }

  private static void write(JsonBytes json, Onward<WrittenVerdict> onward) {
    json.name("furthest").open().name("destination").string(onward.from().reference());
    json.name("hosts").number(onward.hosts()).name("silentHosts").number(onward.silent());
    json.name("nearest");
    write(json, onward.from(), onward.nearest());
    json.close();
  }

  private static void write(
      JsonBytes json, IndexedEndpoint device, Optional<Nearest<WrittenVerdict>> nearest) {
    nearest.ifPresentOrElse(found -> write(json, device, found), json::nothing);
  }

  private static void write(
      JsonBytes json, IndexedEndpoint device, Nearest<WrittenVerdict> nearest) {
    json.open().name("destination").string(nearest.endpoint().reference());
    nearest
        .pair()
        .form()
        .writeMembers(json, device.dynamic(), device.hostName(), nearest.endpoint().hostName());
    json.close();
  }

  private static void write(JsonBytes json, Competition competition) {
    json.name("competition").open().name("devices").openArray();
    competition.devices().forEach(device -> json.string(device.reference()));
    json.closeArray().name("places").openArray();
    competition
        .places()
        .forEach(
            (place, room) ->
                json.open()
                    .name("destination")
                    .string(place.reference())
                    .name("room")
                    .number(room)
                    .close());
    json.closeArray().name("lacking").number(competition.lacking()).close();
  }
}
