package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Doubt;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Use;
import java.util.Optional;
import java.util.Set;

/** Members that several answers have. */
final class SharedFields {

  private static final JsonName BEHIND = JsonName.of("behind");
  private static final JsonName CAPACITY = JsonName.of("capacity");
  private static final JsonName HOST = JsonName.of("host");
  private static final JsonName LAST_SEEN = JsonName.of("lastSeen");
  private static final JsonName LIVENESS = JsonName.of("liveness");
  private static final JsonName USE = JsonName.of("use");

  private SharedFields() {}

  /** {@code capacity}: null where there is none. */
  static void writeCapacity(JsonBytes json, int capacity) {
    json.name(CAPACITY);
    if (capacity < 0) {
      json.nothing();
    } else {
      json.number(capacity);
    }
  }

  /** {@code capacity}, and {@code use} of a device that exists. */
  static void writeRoom(JsonBytes json, int capacity, Optional<Use> use) {
    writeCapacity(json, capacity);
    if (use.isPresent()) {
      json.name(USE).string(use.get().word());
    }
  }

  /** {@code certain} and {@code doubts}. */
  static void writeDoubts(JsonBytes json, Set<Doubt> doubts) {
    writeDoubts(json, doubts, Fields.ALL);
  }

  /** Those of them that are wanted. */
  static void writeDoubts(JsonBytes json, Set<Doubt> doubts, Fields fields) {
    if (fields.has(Field.CERTAIN)) {
      json.name("certain").bool(doubts.isEmpty());
    }
    if (fields.has(Field.DOUBTS)) {
      json.name("doubts").openArray();
      doubts.stream().sorted().forEach(doubt -> json.string(doubt.word()));
      json.closeArray();
    }
  }

  /** An object that says when a host was last seen. */
  static void writeHost(JsonBytes json, String host, Sighting seen) {
    json.open().name(HOST).string(host);
    writeSeen(json, seen);
    json.close();
  }

  /** {@code lastSeen}, {@code liveness}, and {@code behind}. */
  static void writeSeen(JsonBytes json, Sighting seen) {
    writeLastSeen(json, seen);
    json.name(LIVENESS).string(seen.liveness().name());
    writeBehind(json, seen);
  }

  /** Those of them that are wanted. */
  static void writeSeen(JsonBytes json, Sighting seen, Fields fields) {
    if (fields.has(Field.LAST_SEEN)) {
      writeLastSeen(json, seen);
    }
    if (fields.has(Field.LIVENESS)) {
      json.name(LIVENESS).string(seen.liveness().name());
    }
    if (fields.has(Field.BEHIND)) {
      writeBehind(json, seen);
    }
  }

  /** {@code behind}: only where the host has sent a document that is not indexed yet. */
  static void writeBehind(JsonBytes json, Sighting seen) {
    if (seen.behind() > 0) {
      json.name(BEHIND).number(seen.behind());
    }
  }

  /** {@code lastSeen}: null where nobody knows any more. */
  static void writeLastSeen(JsonBytes json, Sighting seen) {
    json.name(LAST_SEEN);
    if (seen.lastSeen() == Sightings.NOT_KNOWN) {
      json.nothing();
    } else {
      json.time(seen.lastSeen());
    }
  }
}
