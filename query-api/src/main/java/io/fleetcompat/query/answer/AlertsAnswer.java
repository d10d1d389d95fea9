package io.fleetcompat.query.answer;

import io.fleetcompat.query.alert.Alertmanagers.MemberStatus;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer of {@code /v1/alerts}. */
public final class AlertsAnswer {

  private AlertsAnswer() {}

  /**
   * Some alerts, and the Alertmanagers that are told of them.
   *
   * @param omitted alerts that would be listed, too
   * @param fault the reason why newer alerts may be missing
   */
  public static JsonBytes of(
      List<AlertRecord> alerts, int omitted, List<MemberStatus> members, Optional<String> fault) {
    JsonBytes json = new JsonBytes().open().name("alerts").openArray();
    alerts.forEach(alert -> alert(json, alert));
    json.closeArray().name("omitted").number(omitted);
    json.name("alertmanagers").openArray();
    for (MemberStatus member : members) {
      json.open().name("address").string(String.valueOf(member.address()));
      time(json.name("sentAt"), member.sentAt());
      json.name("fault").stringOrNull(member.fault()).close();
    }
    return json.closeArray().name("fault").stringOrNull(fault).close();
  }

  /** One alert, as it is among others. */
  public static byte[] alert(AlertRecord alert) {
    JsonBytes json = new JsonBytes();
    alert(json, alert);
    return json.toBytes();
  }

  private static void alert(JsonBytes json, AlertRecord alert) {
    json.open().name("alert").string(alert.getRule());
    json.name("pool").string(alert.getPool());
    json.name("severity").string(alert.getSeverity());
    json.name("state").string(spelling(alert.getState()));
    json.name("since").time(alert.getSince().toEpochMilli());
    time(json.name("startsAt"), Optional.ofNullable(alert.getStartsAt()));
    time(json.name("clearSince"), Optional.ofNullable(alert.getClearSince()));
    time(json.name("endsAt"), Optional.ofNullable(alert.getEndsAt()));
    json.name("announced").bool(alert.getAnnounced());
    json.name("silence").stringOrNull(Optional.ofNullable(alert.getSilence()));
    json.name("summary").string(alert.getSummary());
    json.name("description").string(alert.getDescription());
    json.name("hosts").openArray();
    alert.getHosts().forEach(json::string);
    json.closeArray().close();
  }

  /** The spelling of a state. */
  public static String spelling(AlertState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static void time(JsonBytes json, Optional<Instant> at) {
    at.ifPresentOrElse(time -> json.time(time.toEpochMilli()), json::nothing);
  }
}
