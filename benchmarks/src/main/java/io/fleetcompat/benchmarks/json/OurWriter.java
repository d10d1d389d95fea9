package io.fleetcompat.benchmarks.json;

import io.fleetcompat.benchmarks.json.SampleAnswers.Burden;
import io.fleetcompat.benchmarks.json.SampleAnswers.Check;
import io.fleetcompat.benchmarks.json.SampleAnswers.Destination;
import io.fleetcompat.benchmarks.json.SampleAnswers.Pair;
import io.fleetcompat.benchmarks.json.SampleAnswers.Seen;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A writer of answers as package {@code answer} writes them. */
final class OurWriter implements AnswerWriter {

  private static final JsonName SOURCE = JsonName.of("source");
  private static final JsonName DESTINATION = JsonName.of("destination");
  private static final JsonName CAPACITY = JsonName.of("capacity");
  private static final JsonName SOURCE_HOST = JsonName.of("sourceHost");
  private static final JsonName DESTINATION_HOST = JsonName.of("destinationHost");
  private static final JsonName HOST = JsonName.of("host");
  private static final JsonName LAST_SEEN = JsonName.of("lastSeen");
  private static final JsonName LIVENESS = JsonName.of("liveness");
  private static final JsonName OBLIGATIONS = JsonName.of("obligations");
  private static final JsonName ATTRIBUTE = JsonName.of("attribute");
  private static final JsonName VALUE = JsonName.of("value");
  private static final JsonName RANK = JsonName.of("rank");
  private static final JsonName REASONS = JsonName.of("reasons");
  private static final JsonName WARNINGS = JsonName.of("warnings");
  private static final JsonName REVISION = JsonName.of("revision");
  private static final JsonName AS_OF = JsonName.of("asOf");
  private static final JsonName STALE = JsonName.of("stale");
  private static final JsonName ENDPOINT = JsonName.of("endpoint");
  private static final JsonName VERDICT = JsonName.of("verdict");
  private static final JsonName PROFILE = JsonName.of("profile");

  private JsonBytes json = new JsonBytes();

  /** The bytes that all destinations of one profile share. */
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Fragments(byte[] head, byte[] tail) {}

  @Override
  public byte[] last() {
    return json.buffer();
  }

  @Override
  public int check(Check check) {
    json = new JsonBytes();
    json.open().name(SOURCE).string(check.source()).name(DESTINATION).string(check.destination());
    json.name(VERDICT).string("COMPATIBLE").name(REASONS).written(check.pair().reasons());
    burdens(json, check.pair());
    json.name(CAPACITY).nothing();
    host(json.name(SOURCE_HOST), check.from());
    host(json.name(DESTINATION_HOST), check.to());
    json.name(RANK).written(check.pair().rank());
    return end();
  }

  @Override
  public int page(Check from, List<Destination> page) {
    json = new JsonBytes(1024 + 512 * page.size());
    json.open().name(SOURCE).string(from.source());
    host(json.name(SOURCE_HOST), from.from());
    json.name("destinations").openArray();
    Map<Pair, Fragments> common = new HashMap<>();
    for (Destination to : page) {
      Fragments fragments = common.computeIfAbsent(to.pair(), OurWriter::fragments);
      json.open().name(HOST).string(to.host().host()).name(ENDPOINT).string(to.endpoint());
      json.name(DESTINATION).string(to.host().host(), to.endpoint());
      json.name(VERDICT).string("COMPATIBLE").written(fragments.head);
      json.name(CAPACITY).number(to.capacity()).written(fragments.tail);
      json.name(LAST_SEEN).time(to.host().at()).name(LIVENESS).string("FRESH").close();
    }
    json.closeArray().name("total").number(page.size()).name("next").nothing();
    return end();
  }

  private static Fragments fragments(Pair pair) {
    JsonBytes tail = new JsonBytes().name(RANK).written(pair.rank());
    burdens(tail, pair);
    byte[] head = new JsonBytes().name(PROFILE).string(pair.fingerprint()).toBytes();
    return new Fragments(head, tail.toBytes());
  }

  private static void burdens(JsonBytes json, Pair pair) {
    json.name(OBLIGATIONS).openArray();
    for (Burden burden : pair.obligations()) {
      json.open().name(ATTRIBUTE).string(burden.attribute());
      json.name(VALUE).string(burden.value()).close();
    }
    json.closeArray().name(WARNINGS).written(pair.warnings());
  }

  private static void host(JsonBytes json, Seen seen) {
    json.open().name(HOST).string(seen.host()).name(LAST_SEEN).time(seen.at());
    json.name(LIVENESS).string("FRESH").close();
  }

  private int end() {
    json.name(REVISION).number(SampleAnswers.REVISION);
    json.name(AS_OF).time(SampleAnswers.AS_OF).name(STALE).bool(false).close();
    return json.size();
  }
}
