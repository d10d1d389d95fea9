package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.Machines;
import io.fleetcompat.query.lookup.Machines.Chosen;
import io.fleetcompat.query.lookup.Machines.Taker;
import io.fleetcompat.query.lookup.PeerToPeer;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import java.util.List;

/** The answer of {@code POST /v1/destinations}: hosts that take all devices. One thread. */
public final class MachineAnswer {

  private static final String LACKING =
      "its migration features lack p2p: QEMU migrates several VFIO devices only if all have it";

  private static final String UNKNOWN =
      "nobody has shown its migration features (Linux 6.18 with CONFIG_VFIO_DEBUGFS, or"
          + " collector/facts/vfio-debugfs.py): QEMU migrates several VFIO devices only if all have"
          + " p2p";

  private final Sightings sightings;
  private final Fields fields;
  private final long now;

  private MachineAnswer(Sightings sightings, Fields fields) {
    this.sightings = sightings;
    this.fields = fields;
    this.now = sightings.now();
  }

  /**
   * The whole answer.
   *
   * @param fields the members that each host has
   */
  public static JsonBytes of(
      List<IndexedEndpoint> sources,
      Machines.Result<WrittenVerdict> found,
      Sightings sightings,
      Fields fields,
      Basis basis) {
    return basis.end(new MachineAnswer(sightings, fields).write(sources, found));
  }

  /** The names of the hosts that certainly take all devices alone: an array. */
  public static JsonBytes names(Machines.Result<WrittenVerdict> found) {
    NamesAnswer names = new NamesAnswer();
    found.takers().stream()
        .filter(taker -> taker.doubts().isEmpty())
        .forEach(taker -> names.host(taker.host()));
    return names.end();
  }

  private JsonBytes write(List<IndexedEndpoint> sources, Machines.Result<WrittenVerdict> found) {
    JsonBytes json = new JsonBytes().open().name("sources").openArray();
    sources.forEach(source -> write(json, source));
    json.closeArray().name("destinations").openArray();
    found.takers().forEach(taker -> write(json, taker));
    json.closeArray().name("total").number(found.total());
    json.name("totalCertain").number(found.certain());
    Exclusions.write(json, found.excluded());
    json.name("notIndexed").openArray();
    found.notIndexed().forEach(json::string);
    json.closeArray();
    write(json, found.peerToPeer());
    return json.name("complete").bool(found.complete());
  }

  /** {@code warnings}, where there are any. */
  private static void write(JsonBytes json, PeerToPeer peerToPeer) {
    if (peerToPeer.lacking().isEmpty() && peerToPeer.unknown().isEmpty()) {
      return;
    }
    json.name("warnings").openArray();
    peerToPeer.lacking().forEach(source -> warning(json, source, LACKING));
    peerToPeer.unknown().forEach(source -> warning(json, source, UNKNOWN));
    json.closeArray();
  }

  private static void warning(JsonBytes json, String source, String detail) {
    json.open().name("rule").string("p2p").name("attribute").string("vfio/features");
    json.name("source").string(source).name("detail").string(detail).close();
  }

  private void write(JsonBytes json, IndexedEndpoint source) {
    json.open().name("source").string(source.reference());
    SharedFields.writeHost(json.name("sourceHost"), source.hostName(), sightings.of(source, now));
    json.close();
  }

  private void write(JsonBytes json, Taker<WrittenVerdict> taker) {
    Sighting seen = sightings.of(taker.chosen().getFirst().destination(), now);
    json.open();
    if (fields.has(Field.HOST)) {
      json.name("host").string(taker.host());
    }
    SharedFields.writeSeen(json, seen, fields);
    SharedFields.writeDoubts(json, taker.doubts(), fields);
    if (fields.has(Field.DEVICES)) {
      json.name("devices").openArray();
      taker.chosen().forEach(chosen -> write(json, chosen, seen));
      json.closeArray();
    }
    json.close();
  }

  private void write(JsonBytes json, Chosen<WrittenVerdict> chosen, Sighting seen) {
    boolean heard = seen.isFresh() && sightings.of(chosen.source(), now).isFresh();
    json.open().name("source").string(chosen.source().reference());
    json.name("destination").string(chosen.destination().reference());
    json.name("verdict").string(chosen.pair().outcome(heard).name());
    IndexedEndpoint to = chosen.destination();
    SharedFields.writeRoom(json, to.capacity(), to.use(seen));
    chosen.pair().form().writeRank(json);
    chosen.pair().form().writeBurdens(json, chosen.source().dynamic());
    chosen.pair().form().writeOverridden(json);
    json.close();
  }
}
