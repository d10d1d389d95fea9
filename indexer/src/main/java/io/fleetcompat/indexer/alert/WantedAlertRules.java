package io.fleetcompat.indexer.alert;

import io.fleetcompat.alerts.AlertRules;

/**
 * The alert rules that the operator wants now. Whoever reads them anew sets them; the processor
 * looks every second. Any number of threads.
 */
public final class WantedAlertRules {

  private volatile AlertRules rules;

  public WantedAlertRules(AlertRules rules) {
    this.rules = rules;
  }

  public AlertRules now() {
    return rules;
  }

  public void set(AlertRules newest) {
    rules = newest;
  }
}
