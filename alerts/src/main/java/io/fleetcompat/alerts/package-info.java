/**
 * Alert rules over the health of pools, and the states of alerts (docs/alerts.md). Pure: no I/O, no
 * clock.
 */
@NullMarked
package io.fleetcompat.alerts;

import org.jspecify.annotations.NullMarked;
