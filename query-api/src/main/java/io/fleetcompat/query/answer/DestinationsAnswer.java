package io.fleetcompat.query.answer;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.IndexView;
import java.util.HashMap;
import java.util.Map;

/** The answer of {@code GET /v1/destinations}: a page of endpoints. One thread. */
public final class DestinationsAnswer {

  /** The usual size in bytes: of one destination, and of the rest of the answer. */
  private static final int ROOM_EACH = 512;

  private static final int ROOM_AROUND = 1024;

  private static final JsonName HOST = JsonName.of("host");
  private static final JsonName ENDPOINT = JsonName.of("endpoint");
  private static final JsonName DESTINATION = JsonName.of("destination");
  private static final JsonName VERDICT = JsonName.of("verdict");

  private final IndexView view;
  private final IndexedEndpoint source;
  private final Sightings sightings;
  private final Fields fields;
  private final long now;
  private final Sighting from;
  private final Map<WrittenVerdict, Fragments> common = new HashMap<>();

  private DestinationsAnswer(
      IndexView view, IndexedEndpoint source, Sightings sightings, Fields fields) {
    this.view = view;
    this.source = source;
    this.sightings = sightings;
    this.fields = fields;
    this.now = sightings.now();
    this.from = sightings.of(source, now);
  }

  /**
   * The whole answer.
   *
   * @param fields the members that each destination has
   */
  public static JsonBytes of(
      IndexView view,
      IndexedEndpoint source,
      Page<WrittenVerdict> page,
      Sightings sightings,
      Fields fields,
      Basis basis) {
    return basis.end(new DestinationsAnswer(view, source, sightings, fields).write(page));
  }

  private JsonBytes write(Page<WrittenVerdict> page) {
    int room = ROOM_AROUND + ROOM_EACH * page.destinations().size();
    JsonBytes json = new JsonBytes(room).open().name("source").string(source.reference());
    SharedFields.writeHost(json.name("sourceHost"), source.hostName(), from);
    json.name("destinations").openArray();
    page.destinations().forEach(destination -> write(json, destination));
    json.closeArray().name("total").number(page.total());
    Exclusions.write(json, page.excluded());
    return json.name("next").stringOrNull(page.next());
  }

  private void write(JsonBytes json, Destination<WrittenVerdict> destination) {
    IndexedEndpoint endpoint = destination.endpoint();
    Sighting seen = sightings.of(endpoint, now);
    Fragments fragments =
        common.computeIfAbsent(destination.pair().form(), form -> fragments(destination));
    json.open();
    writeNames(json, endpoint);
    if (fields.has(Field.VERDICT)) {
      boolean heard = from.isFresh() && seen.isFresh();
      json.name(VERDICT).string(destination.pair().outcome(heard).name());
    }
    json.written(fragments.head);
    if (fields.has(Field.CAPACITY)) {
      SharedFields.writeRoom(json, destination.capacity(), endpoint.use(seen));
    }
    json.written(fragments.tail);
    SharedFields.writeSeen(json, seen, fields);
    json.close();
  }

  private void writeNames(JsonBytes json, IndexedEndpoint endpoint) {
    String host = endpoint.hostName();
    if (fields.has(Field.HOST)) {
      json.name(HOST).string(host);
    }
    if (fields.has(Field.ENDPOINT)) {
      json.name(ENDPOINT).string(endpoint.name());
    }
    if (fields.has(Field.DESTINATION)) {
      json.name(DESTINATION).string(EndpointName.encode(host), endpoint.name());
    }
  }

  private Fragments fragments(Destination<WrittenVerdict> destination) {
    JsonBytes head = new JsonBytes();
    if (fields.has(Field.PROFILE)) {
      head.name("profile").string(destination.endpoint().fingerprint(view).toString());
    }
    JsonBytes tail = new JsonBytes();
    if (fields.has(Field.RANK)) {
      destination.pair().form().writeRank(tail);
    }
    destination.pair().form().writeBurdens(tail, source.dynamic(), fields);
    if (fields.has(Field.OVERRIDDEN)) {
      destination.pair().form().writeOverridden(tail);
    }
    return new Fragments(head.toBytes(), tail.toBytes());
  }

  /** The bytes that all destinations with one profile have in common, in two pieces. */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
  private record Fragments(byte[] head, byte[] tail) {}
}
