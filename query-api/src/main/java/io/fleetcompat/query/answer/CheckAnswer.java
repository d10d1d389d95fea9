package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Checks.Pair;
import io.fleetcompat.query.lookup.Checks.Result;
import io.fleetcompat.query.lookup.Checks.Unmatched;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import java.util.List;
import java.util.Map;

/** The answers of {@code /v1/check}. */
public final class CheckAnswer {

  private static final JsonName CAPACITY = JsonName.of("capacity");
  private static final JsonName SOURCE = JsonName.of("source");
  private static final JsonName DESTINATION = JsonName.of("destination");
  private static final JsonName SOURCE_HOST = JsonName.of("sourceHost");
  private static final JsonName DESTINATION_HOST = JsonName.of("destinationHost");

  private CheckAnswer() {}

  /**
   * One pair.
   *
   * @param source its reference
   * @param destination likewise
   */
  public static JsonBytes of(
      Check<WrittenVerdict> check, String source, String destination, Fields fields, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    write(json, check, source, destination, fields);
    return basis.end(json);
  }

  /** A device and a host that has no endpoint to check it against. */
  public static JsonBytes of(
      Unmatched<WrittenVerdict> unmatched,
      String source,
      String destination,
      Fields fields,
      Basis basis) {
    JsonBytes json = new JsonBytes().open();
    writePair(json, source, destination, fields);
    unmatched.pair().form().writeMembers(json, Map.of(), fields);
    if (fields.has(Field.CAPACITY)) {
      json.name(CAPACITY).nothing();
    }
    if (fields.has(Field.SOURCE_HOST)) {
      SharedFields.writeHost(
          json.name(SOURCE_HOST), unmatched.source().hostName(), unmatched.sourceSeen());
    }
    if (fields.has(Field.DESTINATION_HOST)) {
      SharedFields.writeHost(
          json.name(DESTINATION_HOST), unmatched.destinationHost(), unmatched.destinationSeen());
    }
    if (fields.has(Field.RANK)) {
      unmatched.pair().form().writeRank(json);
    }
    return basis.end(json);
  }

  /** Many pairs, in the order of the question. */
  public static JsonBytes of(List<Result<WrittenVerdict>> results, Fields fields, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("results").openArray();
    for (Result<WrittenVerdict> result : results) {
      json.open();
      write(json, result, fields);
      json.close();
    }
    return basis.end(json.closeArray());
  }

  /** All members of a check that one pair has. */
  static void write(
      JsonBytes json, Check<WrittenVerdict> check, String source, String destination) {
    write(json, check, source, destination, Fields.ALL);
  }

  private static void write(
      JsonBytes json,
      Check<WrittenVerdict> check,
      String source,
      String destination,
      Fields fields) {
    writePair(json, source, destination, fields);
    writeVerdict(json, check, fields);
    if (fields.has(Field.CAPACITY)) {
      writeRoom(json, check);
    }
    if (fields.has(Field.SOURCE_HOST)) {
      SharedFields.writeHost(json.name(SOURCE_HOST), check.source().hostName(), check.sourceSeen());
    }
    if (fields.has(Field.DESTINATION_HOST)) {
      SharedFields.writeHost(
          json.name(DESTINATION_HOST), check.destination().hostName(), check.destinationSeen());
    }
    if (fields.has(Field.RANK)) {
      check.pair().form().writeRank(json);
    }
  }

  private static void writePair(JsonBytes json, String source, String destination, Fields fields) {
    if (fields.has(Field.SOURCE)) {
      json.name(SOURCE).string(source);
    }
    if (fields.has(Field.DESTINATION)) {
      json.name(DESTINATION).string(destination);
    }
  }

  /** The members of its verdict. */
  public static void writeVerdict(JsonBytes json, Check<WrittenVerdict> check) {
    writeVerdict(json, check, Fields.ALL);
  }

  private static void writeVerdict(JsonBytes json, Check<WrittenVerdict> check, Fields fields) {
    String source = check.source().hostName();
    String destination = check.destination().hostName();
    if (check.silent().isPresent()) {
      VerdictBytes.write(json, check.silent().get().on(source, destination), fields);
    } else {
      check.pair().form().writeMembers(json, check.source().dynamic(), source, destination, fields);
    }
  }

  private static void writeRoom(JsonBytes json, Check<WrittenVerdict> check) {
    IndexedEndpoint to = check.destination();
    SharedFields.writeRoom(json, to.capacity(), to.use(check.destinationSeen()));
  }

  private static void write(JsonBytes json, Result<WrittenVerdict> result, Fields fields) {
    Pair pair = result.pair();
    switch (result) {
      case Result.Checked<WrittenVerdict> checked -> {
        writePair(
            json,
            checked.check().source().spelledAs(pair.source()),
            checked.check().destination().spelledAs(pair.destination()),
            fields);
        writeVerdict(json, checked.check(), fields);
        if (fields.has(Field.CAPACITY)) {
          writeRoom(json, checked.check());
        }
      }
      case Result.NotIndexed<WrittenVerdict> missing -> {
        writePair(json, pair.source().toString(), pair.destination().toString(), fields);
        missing.verdict().form().writeMembers(json, Map.of(), fields);
        if (fields.has(Field.CAPACITY)) {
          json.name(CAPACITY).nothing();
        }
      }
    }
  }
}
