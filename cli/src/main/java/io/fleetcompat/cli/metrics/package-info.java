/** The metrics that every process of ours has, and the build that it says. */
@NullMarked
package io.fleetcompat.cli.metrics;

import org.jspecify.annotations.NullMarked;
