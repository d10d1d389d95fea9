/** What every process of ours tells Prometheus of itself. */
@NullMarked
package io.fleetcompat.cli.metrics;

import org.jspecify.annotations.NullMarked;
