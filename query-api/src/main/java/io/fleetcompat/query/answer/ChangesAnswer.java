package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.history.ChangesPage;
import io.fleetcompat.query.history.ChangesQuestion;
import io.fleetcompat.query.history.HistoryStatus;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /v1/changes}. */
public final class ChangesAnswer {

  private ChangesAnswer() {}

  /** A cause as answers and requests spell it. */
  public static String spelling(ChangeCause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A page of changes, with the time that it is about and what is known of it.
   *
   * @param next cursor of the next page
   */
  public static JsonBytes of(
      ChangesPage page, ChangesQuestion question, HistoryStatus status, Optional<String> next) {
    JsonBytes json = new JsonBytes().open();
    json.name("changes").openArray();
    page.changes()
        .forEach(kept -> change(json, kept.position().at(), kept.subject(), kept.change()));
    json.closeArray();
    json.name("since").time(Math.max(0, question.since()));
    json.name("until").time(question.until());
    json.name("completeSince");
    timeOrNull(json, status.completeSince());
    json.name("asOf");
    timeOrNull(json, status.asOf());
    json.name("lag").number(status.lag());
    return json.name("next").stringOrNull(next).close();
  }

  /** One change, as it is among others. */
  public static byte[] change(long at, ChangeKey subject, ChangeRecord change) {
    JsonBytes json = new JsonBytes();
    change(json, at, subject, change);
    return json.toBytes();
  }

  private static void change(JsonBytes json, long at, ChangeKey subject, ChangeRecord change) {
    json.open().name("at").time(at);
    json.name("kind").string(subject.kind().toString());
    json.name("name").string(subject.name());
    json.name("causes").openArray();
    change.getCauses().forEach(cause -> json.string(spelling(cause)));
    json.closeArray();
    values(json, change.getValues());
    json.name("moves").openArray();
    change.getMoves().forEach(move -> move(json, move));
    json.closeArray();
    json.name("pools").openArray();
    change.getPools().forEach(json::string);
    json.closeArray();
    document(json, change);
    json.name("trigger").stringOrNull(Optional.ofNullable(change.getTrigger())).close();
  }

  private static void values(JsonBytes json, List<ChangedValue> values) {
    json.name("values").openArray();
    for (ChangedValue value : values) {
      json.open().name("name").string(value.getName());
      json.name("from").stringOrNull(Optional.ofNullable(value.getFrom()));
      json.name("to").stringOrNull(Optional.ofNullable(value.getTo())).close();
    }
    json.closeArray();
  }

  private static void move(JsonBytes json, EndpointMove move) {
    json.open().name("from").stringOrNull(profile(move.getFrom()));
    json.name("to").stringOrNull(profile(move.getTo()));
    json.name("devices").number(move.getDevices());
    json.name("types").number(move.getTypes());
    json.name("endpoints").openArray();
    move.getEndpoints().forEach(json::string);
    json.closeArray();
    int named = move.getEndpoints().size();
    json.name("endpointsOmitted").number(Math.max(0, move.getDevices() + move.getTypes() - named));
    values(json, move.getValues());
    json.close();
  }

  private static Optional<String> profile(@Nullable FingerprintBytes profile) {
    return Optional.ofNullable(profile).map(bytes -> Fingerprint.of(bytes.bytes()).toString());
  }

  /** The host's document that says so; null where none does. */
  private static void document(JsonBytes json, ChangeRecord change) {
    json.name("document");
    if (change.getEpoch() < 0) {
      json.nothing();
      return;
    }
    json.open().name("epoch").number(change.getEpoch());
    json.name("sequence").number(change.getSequence()).close();
  }

  private static void timeOrNull(JsonBytes json, Optional<Instant> time) {
    if (time.isPresent()) {
      json.time(time.get().toEpochMilli());
    } else {
      json.nothing();
    }
  }
}
