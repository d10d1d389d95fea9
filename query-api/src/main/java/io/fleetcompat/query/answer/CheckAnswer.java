package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Checks.Pair;
import io.fleetcompat.query.lookup.Checks.Result;
import io.fleetcompat.query.lookup.Checks.Unmatched;
import java.util.List;
import java.util.Map;

/** The answers of {@code /v1/check}. */
public final class CheckAnswer {

  private static final JsonName SOURCE = JsonName.of("source");
  private static final JsonName DESTINATION = JsonName.of("destination");
  private static final JsonName SOURCE_HOST = JsonName.of("sourceHost");
  private static final JsonName DESTINATION_HOST = JsonName.of("destinationHost");

  private CheckAnswer() {}

  /**
   * One pair.
   *
   * @param source as it was asked for, in its normal spelling
   * @param destination likewise
   */
  public static JsonBytes of(
      Check<WrittenVerdict> check, String source, String destination, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    write(json, check, source, destination);
    return basis.end(json);
  }

  /** A device and a host that has no endpoint to check it against. */
  public static JsonBytes of(
      Unmatched<WrittenVerdict> unmatched, String source, String destination, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    json.name(SOURCE).string(source).name(DESTINATION).string(destination);
    unmatched.pair().form().writeMembers(json, Map.of());
    json.name("capacity").nothing();
    SharedFields.writeHost(
        json.name(SOURCE_HOST), unmatched.source().hostName(), unmatched.sourceSeen());
    SharedFields.writeHost(
        json.name(DESTINATION_HOST), unmatched.destinationHost(), unmatched.destinationSeen());
    unmatched.pair().form().writeRank(json);
    return basis.end(json);
  }

  /** Many pairs, in the order of the question. */
  public static JsonBytes of(List<Result<WrittenVerdict>> results, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("results").openArray();
    for (Result<WrittenVerdict> result : results) {
      json.open();
      write(json, result);
      json.close();
    }
    return basis.end(json.closeArray());
  }

  /** The members of a check that one pair has. */
  static void write(
      JsonBytes json, Check<WrittenVerdict> check, String source, String destination) {
    json.name(SOURCE).string(source).name(DESTINATION).string(destination);
    writeVerdict(json, check);
    SharedFields.writeCapacity(json, check.destination().capacity());
    SharedFields.writeHost(json.name(SOURCE_HOST), check.source().hostName(), check.sourceSeen());
    SharedFields.writeHost(
        json.name(DESTINATION_HOST), check.destination().hostName(), check.destinationSeen());
    check.pair().form().writeRank(json);
  }

  /** The members of its verdict. */
  public static void writeVerdict(JsonBytes json, Check<WrittenVerdict> check) {
    String source = check.source().hostName();
    String destination = check.destination().hostName();
    if (check.silent().isPresent()) {
      VerdictBytes.write(json, check.silent().get().on(source, destination));
    } else {
      check.pair().form().writeMembers(json, check.source().dynamic(), source, destination);
    }
  }

  private static void write(JsonBytes json, Result<WrittenVerdict> result) {
    Pair pair = result.pair();
    json.name(SOURCE).string(pair.source().toString());
    json.name(DESTINATION).string(pair.destination().toString());
    switch (result) {
      case Result.Checked<WrittenVerdict> checked -> {
        writeVerdict(json, checked.check());
        SharedFields.writeCapacity(json, checked.check().destination().capacity());
      }
      case Result.NotIndexed<WrittenVerdict> missing -> {
        missing.verdict().form().writeMembers(json, Map.of());
        json.name("capacity").nothing();
      }
    }
  }
}
