package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Evacuation;
import io.fleetcompat.query.lookup.Evacuation.Competition;
import io.fleetcompat.query.lookup.Evacuation.Move;
import io.fleetcompat.query.lookup.Evacuation.Nearest;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
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
    json.name("atMost").number(found.atMost()).name("certain").bool(found.certain());
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
    SharedFields.writeCapacity(json, move.to().capacity());
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
    stuck.nearest().ifPresentOrElse(nearest -> write(json, stuck, nearest), json::nothing);
    json.close();
  }

  private static void write(
      JsonBytes json, Stuck<WrittenVerdict> stuck, Nearest<WrittenVerdict> nearest) {
    json.open().name("destination").string(nearest.endpoint().reference());
    nearest
        .pair()
        .form()
        .writeMembers(
            json,
            stuck.device().dynamic(),
            stuck.device().hostName(),
            nearest.endpoint().hostName());
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
    json.closeArray().close();
  }
}
