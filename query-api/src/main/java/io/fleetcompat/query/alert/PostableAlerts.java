package io.fleetcompat.query.alert;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Alerts in the form of Alertmanager's API v2 ({@code postableAlerts} of its OpenAPI document):
 * labels are the identity of an alert and never change while it lasts; all else is in annotations.
 */
final class PostableAlerts {

  /** Resolved alerts are sent for so long: whoever was away must hear of it. */
  static final Duration RESOLVED_SENT = Duration.ofMinutes(15);

  /** A firing alert ends for Alertmanager when so many sends in a row did not reach it. */
  private static final int MISSED_SENDS = 4;

  private final AlertmanagerConfig config;

  PostableAlerts(AlertmanagerConfig config) {
    this.config = config;
  }

  /** True of an alert that Alertmanager is to know of. */
  static boolean isSent(AlertRecord alert, Instant now) {
    return alert.getAnnounced()
        && switch (alert.getState()) {
          case PENDING -> false;
          case FIRING -> true;
          case RESOLVED -> alert.getEndsAt().plus(RESOLVED_SENT).isAfter(now);
        };
  }

  /** The body of one request. */
  byte[] body(Collection<AlertRecord> alerts, Instant now) {
    JsonBytes json = new JsonBytes().openArray();
    alerts.forEach(alert -> alert(json, alert, now));
    return json.closeArray().toBytes();
  }

  private void alert(JsonBytes json, AlertRecord alert, Instant now) {
    Instant end =
        alert.getState() == AlertState.RESOLVED
            ? alert.getEndsAt()
            : now.plus(config.resendEvery().multipliedBy(MISSED_SENDS));
    if (end.isBefore(alert.getStartsAt())) {
      end = alert.getStartsAt(); // clocks differ, and Alertmanager would refuse it
    }
    String link = link(alert.getPool());
    json.open().name("labels").open();
    labels(alert).forEach((name, value) -> json.name(name).string(value));
    json.close().name("annotations").open();
    json.name("description").string(alert.getDescription());
    json.name("link").string(link);
    json.name("summary").string(alert.getSummary());
    json.close();
    json.name("startsAt").time(alert.getStartsAt().toEpochMilli());
    json.name("endsAt").time(end.toEpochMilli());
    json.name("generatorURL").string(link).close();
  }

  /** The identity of an alert. */
  Map<String, String> labels(AlertRecord alert) {
    Map<String, String> labels = new TreeMap<>(config.labels());
    labels.put("alertname", alert.getRule());
    labels.put("pool", alert.getPool());
    labels.put("severity", alert.getSeverity());
    return labels;
  }

  private String link(String pool) {
    String encoded = URLEncoder.encode(pool, StandardCharsets.UTF_8).replace("+", "%20");
    return config.externalUrl().toString().replaceAll("/+$", "") + "/v1/pools/" + encoded;
  }
}
