/** The alerts as the indexer told them, and their way to Alertmanager (docs/alerts.md). */
@NullMarked
package io.fleetcompat.query.alert;

import org.jspecify.annotations.NullMarked;
