package io.fleetcompat.schemas;

import static io.fleetcompat.schemas.RecordBounds.ascending;
import static io.fleetcompat.schemas.RecordBounds.index;
import static io.fleetcompat.schemas.RecordBounds.invalid;
import static io.fleetcompat.schemas.RecordBounds.length;
import static io.fleetcompat.schemas.RecordBounds.size;

import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;

/** The rules for alerts, beyond their schema. */
final class AlertRecordRules {

  private AlertRecordRules() {}

  static void alert(AlertRecord alert) throws BadRecordException {
    RecordKeys.ALERT.parse(new AlertKey(alert.getRule(), alert.getPool()).toString());
    length("severity", alert.getSeverity(), 1, Limits.WORD);
    length("summary", alert.getSummary(), 1, Limits.ALERT_WORDS);
    length("description", alert.getDescription(), 0, Limits.ALERT_WORDS);
    if (alert.getSilence() != null) {
      length("silence", alert.getSilence(), 1, Limits.ALERT_WORDS);
    }
    index("silentHosts", alert.getSilentHosts(), 0, Integer.MAX_VALUE);
    size("hosts", alert.getHosts().size(), Limits.POOL_FINDING_HOSTS);
    for (String host : alert.getHosts()) {
      HostName.require(host);
    }
    ascending("hosts", alert.getHosts());
    boolean fired = alert.getState() != AlertState.PENDING;
    if (fired != (alert.getStartsAt() != null)) {
      throw invalid("startsAt of an alert that fires or is resolved", state(alert));
    }
    if ((alert.getState() == AlertState.RESOLVED) != (alert.getEndsAt() != null)) {
      throw invalid("endsAt of an alert that is resolved", state(alert));
    }
    if (alert.getAnnounced() && !fired) {
      throw invalid("an announced alert that fires or is resolved", state(alert));
    }
  }

  private static String state(AlertRecord alert) {
    return "startsAt %s and endsAt %s of one that is %s"
        .formatted(alert.getStartsAt(), alert.getEndsAt(), alert.getState());
  }
}
