package io.fleetcompat.indexer.alert;

/** The names, within the topology, of the stores and sinks of {@link AlertProcessor}. */
public final class AlertNodes {

  /** Store: pool → its health, as it was read. */
  public static final String HEALTH_STORE = "alert-healths";

  /** Store: rule/pool → the alert, as it was told. */
  public static final String ALERT_STORE = "alert-states";

  /** Sink of alerts. */
  public static final String ALERTS = "alerts-out";

  /** Sink of what could not be used. */
  public static final String REJECTED = "rejected-alerts";

  private AlertNodes() {}
}
