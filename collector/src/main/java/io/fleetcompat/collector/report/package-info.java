/** The collector's metrics. */
@NullMarked
package io.fleetcompat.collector.report;

import org.jspecify.annotations.NullMarked;
