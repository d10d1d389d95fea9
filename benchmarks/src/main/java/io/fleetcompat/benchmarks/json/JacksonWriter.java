package io.fleetcompat.benchmarks.json;

import io.fleetcompat.benchmarks.json.SampleAnswers.Burden;
import io.fleetcompat.benchmarks.json.SampleAnswers.Check;
import io.fleetcompat.benchmarks.json.SampleAnswers.Destination;
import io.fleetcompat.benchmarks.json.SampleAnswers.Pair;
import io.fleetcompat.benchmarks.json.SampleAnswers.Seen;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** The same answers written by Jackson 3's generator, as well as it can. */
final class JacksonWriter implements AnswerWriter {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES).build();

  private static final SerializedString SOURCE = name("source");
  private static final SerializedString DESTINATION = name("destination");
  private static final SerializedString CAPACITY = name("capacity");
  private static final SerializedString SOURCE_HOST = name("sourceHost");
  private static final SerializedString DESTINATION_HOST = name("destinationHost");
  private static final SerializedString HOST = name("host");
  private static final SerializedString LAST_SEEN = name("lastSeen");
  private static final SerializedString LIVENESS = name("liveness");
  private static final SerializedString OBLIGATIONS = name("obligations");
  private static final SerializedString ATTRIBUTE = name("attribute");
  private static final SerializedString VALUE = name("value");
  private static final SerializedString RANK = name("rank");
  private static final SerializedString REASONS = name("reasons");
  private static final SerializedString WARNINGS = name("warnings");
  private static final SerializedString REVISION = name("revision");
  private static final SerializedString AS_OF = name("asOf");
  private static final SerializedString STALE = name("stale");
  private static final SerializedString ENDPOINT = name("endpoint");
  private static final SerializedString VERDICT = name("verdict");
  private static final SerializedString PROFILE = name("profile");
  private static final SerializedString DESTINATIONS = name("destinations");
  private static final SerializedString TOTAL = name("total");
  private static final SerializedString NEXT = name("next");

  private final Instants instants = new Instants();
  private Room room = new Room(0);

  /** Bytes that are handed on without a copy. */
  private static final class Room extends ByteArrayOutputStream {
    Room(int size) {
      super(size);
    }

    byte[] bytes() {
      return buf;
    }
  }

  private static SerializedString name(String name) {
    SerializedString encoded = new SerializedString(name);
    encoded.asQuotedUTF8(); // is kept
    return encoded;
  }

  @Override
  public byte[] last() {
    return room.bytes();
  }

  @Override
  public int check(Check check) {
    room = new Room(1024);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), room)) {
      json.writeStartObject();
      json.writeName(SOURCE).writeString(check.source());
      json.writeName(DESTINATION).writeString(check.destination());
      json.writeName(VERDICT).writeString("COMPATIBLE");
      json.writeName(REASONS).writeRawValue(new Fragment(check.pair().reasons()));
      burdens(json, check.pair());
      json.writeName(CAPACITY).writeNull();
      host(json.writeName(SOURCE_HOST), check.from());
      host(json.writeName(DESTINATION_HOST), check.to());
      json.writeName(RANK).writeRawValue(new Fragment(check.pair().rank()));
      end(json);
    }
    return room.size();
  }

  @Override
  public int page(Check from, List<Destination> page) {
    room = new Room(1024 + 512 * page.size());
    Map<Pair, Fragment> tails = new HashMap<>();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), room)) {
      json.writeStartObject();
      json.writeName(SOURCE).writeString(from.source());
      host(json.writeName(SOURCE_HOST), from.from());
      json.writeName(DESTINATIONS).writeStartArray();
      for (Destination to : page) {
        json.writeStartObject();
        json.writeName(HOST).writeString(to.host().host());
        json.writeName(ENDPOINT).writeString(to.endpoint());
        json.writeName(DESTINATION).writeString(to.host().host() + "/" + to.endpoint());
        json.writeName(VERDICT).writeString("COMPATIBLE");
        json.writeName(PROFILE).writeString(to.pair().fingerprint());
        json.writeName(CAPACITY).writeNumber(to.capacity());
        json.writeRaw(tails.computeIfAbsent(to.pair(), JacksonWriter::tail));
        time(json.writeName(LAST_SEEN), to.host().at());
        json.writeName(LIVENESS).writeString("FRESH");
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeName(TOTAL).writeNumber(page.size());
      json.writeName(NEXT).writeNull();
      end(json);
    }
    return room.size();
  }

  /** The members that destinations of one profile share, with the comma before them. */
  private static Fragment tail(Pair pair) {
    Room tail = new Room(256);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), tail)) {
      json.writeStartObject();
      json.writeName(RANK).writeRawValue(new Fragment(pair.rank()));
      burdens(json, pair);
      json.writeEndObject();
    }
    String object = tail.toString(StandardCharsets.UTF_8);
    String members = "," + object.substring(1, object.length() - 1);
    return new Fragment(members.getBytes(StandardCharsets.UTF_8));
  }

  private static void burdens(JsonGenerator json, Pair pair) {
    json.writeName(OBLIGATIONS).writeStartArray();
    for (Burden burden : pair.obligations()) {
      json.writeStartObject();
      json.writeName(ATTRIBUTE).writeString(burden.attribute());
      json.writeName(VALUE).writeString(burden.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeName(WARNINGS).writeRawValue(new Fragment(pair.warnings()));
  }

  private void host(JsonGenerator json, Seen seen) {
    json.writeStartObject();
    json.writeName(HOST).writeString(seen.host());
    time(json.writeName(LAST_SEEN), seen.at());
    json.writeName(LIVENESS).writeString("FRESH");
    json.writeEndObject();
  }

  private void time(JsonGenerator json, long millis) {
    byte[] text = instants.text(millis);
    json.writeRawUTF8String(text, 0, text.length);
  }

  private void end(JsonGenerator json) {
    json.writeName(REVISION).writeNumber(SampleAnswers.REVISION);
    time(json.writeName(AS_OF), SampleAnswers.AS_OF);
    json.writeName(STALE).writeBoolean(false);
    json.writeEndObject();
  }
}
